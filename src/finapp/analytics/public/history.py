"""One part of the money month by month, and figures in the prices of one month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.analytics.public.values import OtherCurrency
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

HistorySubject = Literal["category", "bank_charges", "passive_income"]
HistoryKind = Literal["income", "expense", "investment", "debt", "transfer"]


@dataclass(frozen=True, kw_only=True)
class HistoryMonth:
    """One month of it; the first and the last one may be cut."""

    month: Month
    first: date
    last: date
    complete: bool
    amount: Decimal
    """Positive magnitude; months without rows are 0."""
    count: int
    transactions_query: str


@dataclass(frozen=True, kw_only=True)
class History:
    """A category with everything below it, what the bank takes, or what comes in without work, month by month."""

    as_of: date
    subject: HistorySubject
    category_id: str
    first: date
    last: date
    currency: str
    amount: Decimal | None
    """Over the whole time; None, with `reason`, when the ledger tells nothing about it."""
    share: Rate | None
    share_of: Literal["income", "expenses"]
    """What `share` is a part of: the income, or the living cost, of the same time."""
    share_reason: str | None
    median: Decimal | None
    """Of a complete month."""
    median_reason: str | None
    per_year: Decimal | None
    """Twelve times the mean of the complete months."""
    per_year_reason: str | None
    count: int
    months: tuple[HistoryMonth, ...]
    other_currencies: tuple[OtherCurrency, ...]
    reason: str | None = None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class RealMonth:
    """A month in the prices of another one: each amount times `factor`, rounded."""

    month: Month
    factor: Rate
    """The price level of the base month over that of this one."""
    income: Decimal
    expenses: Decimal
    debt_service: Decimal
    saved: Decimal


@dataclass(frozen=True, kw_only=True)
class InPrices:
    """Complete months, inflation taken out: how each would look in the prices of `base`.

    `months` is empty, with `reason`, until the household has said how prices rose.
    """

    as_of: date
    currency: str
    base: Month | None
    source: str | None
    """Who says how prices rose."""
    reason: str | None
    """`no_prices`, `no_complete_month`, or `prices_end` when no complete month has a price level."""
    months: tuple[RealMonth, ...]
    left_out: tuple[Month, ...]
    """Complete months without a price level."""
    expenses_growth: Rate | None
    """Of living cost a year, after inflation: twelve months against the twelve before."""
    expenses_growth_reason: str | None
    basis: Basis
