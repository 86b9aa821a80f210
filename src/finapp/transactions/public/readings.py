"""What the other contexts ask of the ledger: sums, balances and light rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.months import Month
from finapp.transactions.public.ledger import Flow, Need

Some = tuple[str, ...] | None
"""Ids of those that are asked about; None for all."""


@dataclass(frozen=True, kw_only=True)
class MonthlyTotal:
    """The kept sum of one month, category, flow and need in one currency. `amount` is signed, out negative."""

    month: Month
    category: str
    """The taxonomy leaf."""
    category_id: str
    flow: Flow
    need: Need | None
    currency: str
    amount: Decimal
    count: int


@dataclass(frozen=True, kw_only=True)
class DailyTotal:
    """The kept sum of one day, as `MonthlyTotal`."""

    day: date
    category: str
    category_id: str
    flow: Flow
    need: Need | None
    currency: str
    amount: Decimal
    count: int


@dataclass(frozen=True, kw_only=True)
class MerchantTotal:
    """What one merchant got over a period: signed, out negative."""

    merchant_id: str
    merchant: str
    currency: str
    amount: Decimal
    count: int
    last_on: date


@dataclass(frozen=True, kw_only=True)
class RepeatedDebit:
    """Exactly two debits of one account, counterparty and amount in a period. `amount` is that of one, negative."""

    account_id: str
    merchant: str
    currency: str
    amount: Decimal
    first_on: date
    last_on: date
    transaction_ids: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """From when to when the ledger has rows, and how many; None and 0 for an empty one."""

    first: date | None
    last: date | None
    rows: int
    active_days: tuple[date, ...]
    """First and last day with rows of each month that has any, in order."""


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A light row."""

    id: str
    account_id: str
    date: date
    amount: Decimal
    currency: str
    description: str
    merchant: str | None
    category: str
    flow: Flow
    need: Need | None
    transfer_id: str | None


@dataclass(frozen=True, kw_only=True)
class Movements:
    """Light rows, oldest first. `truncated` when there were more than could be shipped in one answer."""

    rows: tuple[Movement, ...]
    truncated: bool


@dataclass(frozen=True, kw_only=True)
class MovementKind:
    """What many rows have in common."""

    account_id: str
    currency: str
    merchant: str | None
    category: str
    flow: Flow


@dataclass(frozen=True, kw_only=True)
class MovementColumns:
    """Light rows, oldest first, as columns of one length: less than half the cost of `Movements` for a whole history.

    `amounts` are signed minor units; `kinds` are places in `of_kind`. `truncated` as of `Movements`.
    """

    ids: tuple[str, ...]
    dates: tuple[date, ...]
    amounts: tuple[int, ...]
    descriptions: tuple[str, ...]
    kinds: tuple[int, ...]
    of_kind: tuple[MovementKind, ...]
    truncated: bool
