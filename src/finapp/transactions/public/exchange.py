"""Exchange rates of the household, and what it has in every currency."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.errors import NotFound
from finapp.kernel.money import Rate

RateSource = Literal["own", "ecb", "same"]
"""`own`: the household's; `ecb`: a reference rate of the European Central Bank; `same`: one currency."""


@dataclass(frozen=True, kw_only=True)
class ExchangeRate:
    """One unit of `base` is `rate` of `quote`, from `date` until the household says another."""

    date: dt.date
    base: str
    quote: str
    rate: Rate


@dataclass(frozen=True, kw_only=True)
class ExchangeRatePage:
    """One page of the household's own rates, newest first."""

    items: tuple[ExchangeRate, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class DatedRate:
    """The rate that holds on a day, and where it comes from."""

    base: str
    quote: str
    on: dt.date
    """The day it was asked for."""
    rate: Rate | None
    rate_reason: str | None
    """`no_rate` when neither the household nor the central bank has one."""
    rate_on: dt.date | None
    """The day the rate is of."""
    source: RateSource | None
    days_old: int | None = None
    """How many days before the day asked the rate is of."""
    stale: bool = False
    """Older than a long weekend of the central bank, or than a month for an own rate: a newer one is not known here."""


@dataclass(frozen=True, kw_only=True)
class CurrencyTotal:
    """What the accounts of one currency hold together, and what that is in the household's."""

    currency: str
    balance: Decimal
    accounts: int
    rate: DatedRate
    value: Decimal | None
    """In the household's currency, rounded half-even; None without a rate."""
    value_reason: str | None


@dataclass(frozen=True, kw_only=True)
class AccountTotals:
    """What every account held at the end of a day, by currency and in the household's currency."""

    as_of: dt.date
    currency: str
    total: Decimal | None
    """None when a currency has no rate."""
    total_reason: str | None
    by_currency: tuple[CurrencyTotal, ...]


class ExchangeRateNotFound(NotFound):
    """The household has no such rate of its own."""

    code = "exchange_rate_not_found"
    title = "No such exchange rate"
