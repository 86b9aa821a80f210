"""Net worth: on a day, over time, and what the neighbours ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.assets.public.holdings import Liquidity
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

Step = Literal["month", "quarter", "year"]


@dataclass(frozen=True, kw_only=True)
class Position:
    """One asset, liability or account inside net worth, counted once."""

    id: str
    kind: Literal["asset", "liability", "account"]
    name: str
    group: str
    """Its class: the asset's or liability's kind, or the account's."""
    liquidity: Liquidity | None
    """None for debts."""
    held_by: str
    currency: str
    amount: Decimal | None
    """The household's share in `currency`: assets positive, debts negative. None when it is not known."""
    converted: Decimal | None
    """In the currency of the answer."""
    reason: str | None
    """Why `amount` or `converted` is None: `no_valuation`, `no_exchange_rate`."""
    valued_on: date | None
    source: str
    """valuation, price, accrued, cost, account, schedule, stated."""
    ledger_difference: Decimal | None
    """Of a linked account: its balance less the amount counted; None where it is the balance itself."""


@dataclass(frozen=True, kw_only=True)
class StaleValue:
    """A value older than its kind allows."""

    asset_id: str
    name: str
    valued_on: date
    age_days: int
    limit_days: int
    share: Rate | None
    """Of all assets; None when they cannot be totalled."""


@dataclass(frozen=True, kw_only=True)
class NetWorth:
    """What is owned less what is owed at the end of `as_of`, in `currency`.

    `assets` and `liabilities` are positive magnitudes. The three totals are None, with `net_worth_reason`, when a
    position cannot be converted (`no_exchange_rate`), before the first day of which anything is known (`no_rows`), and
    while nothing that is owned has a value (`no_valuation`). The groups add up to net worth, with negative debts.
    """

    as_of: date
    currency: str
    assets: Decimal | None
    liabilities: Decimal | None
    net_worth: Decimal | None
    net_worth_reason: str | None
    by_class: Mapping[str, Decimal]
    by_liquidity: Mapping[str, Decimal]
    """Tiers of assets; debts stand under `debt`."""
    by_owner: Mapping[str, Decimal]
    by_currency: Mapping[str, Decimal]
    """In each own currency, not converted."""
    stale: tuple[StaleValue, ...]
    unvalued: tuple[str, ...]
    """Ids of assets without any value on the day; they count nothing."""
    positions: tuple[Position, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class NetWorthPoint:
    """Net worth at the end of a day; None with a reason as for `NetWorth`."""

    date: date
    assets: Decimal | None
    liabilities: Decimal | None
    net_worth: Decimal | None
    net_worth_reason: str | None


@dataclass(frozen=True, kw_only=True)
class NetWorthTimeline:
    """Net worth at the end of every step; the last point is no later than `as_of`."""

    as_of: date
    currency: str
    by: Step
    points: tuple[NetWorthPoint, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class LiquidTiers:
    """Assets by how soon they are money, in `currency`. Debts are not subtracted, cards neither."""

    as_of: date
    currency: str
    today: Decimal | None
    days: Decimal | None
    months: Decimal | None
    locked: Decimal | None
    reason: str | None
    """`no_exchange_rate` when the tiers cannot be totalled, and then all are None."""
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Invested:
    """What works for the household in the long run: deposits, retirement, stocks, funds, bonds, gold, crypto,
    and investment accounts; without cash, homes and vehicles."""

    as_of: date
    currency: str
    total: Decimal | None
    total_reason: str | None
    by_class: Mapping[str, Decimal]
    basis: Basis
