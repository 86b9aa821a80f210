"""Figures about periods. Totals are positive magnitudes, negative only where refunds exceed spending."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

Step = Literal["month", "week", "day", "payday"]
"""The length of a period; `payday` from one salary to the next."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which rows a question is about. Without dates: the complete months among the last twelve with rows.

    With `last` alone the period is the twelve months that end there; with `first` alone it ends with the newest row.
    Months are the household's own, wherever they start.
    """

    first: date | None = None
    last: date | None = None
    first_month: Month | None = None
    """Instead of `first`: from the day this month starts."""
    last_month: Month | None = None
    """Instead of `last`: to the day this month ends."""
    current: bool = False
    """Instead of all of them: the month of `as_of` so far."""
    account_id: str | None = None
    tag: str | None = None
    person: str | None = None
    """A member of the household: the rows of the accounts that they opened."""
    include_transfers: bool = False


@dataclass(frozen=True, kw_only=True)
class OtherCurrency:
    """Rows in a currency other than the household's, left out of the totals because no rate is known."""

    currency: str
    income: Decimal
    expenses: Decimal
    count: int


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """The median of each figure over complete months. The parts of a median month need not sum to the whole."""

    income: Decimal
    expenses: Decimal
    essential: Decimal
    discretionary: Decimal
    debt_service: Decimal
    invested: Decimal
    saved: Decimal


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A period in a few figures: saved = income - expenses - debt_service, expenses = essential + discretionary.

    The amounts are None, with `reason`, for a period that the ledger tells nothing about.
    """

    as_of: date
    first: date
    last: date
    currency: str
    income: Decimal | None
    expenses: Decimal | None
    """Living cost: without debt service, transfers and investments; refunds subtracted."""
    essential: Decimal | None
    discretionary: Decimal | None
    debt_service: Decimal | None
    invested: Decimal | None
    saved: Decimal | None
    savings_rate: Rate | None
    savings_rate_reason: str | None
    transfers: Decimal | None
    """What moved between own accounts (one side counted), when it was asked for."""
    transfers_reason: str | None
    """`not_asked`, or `too_many_rows`."""
    count: int
    """Rows behind the figures."""
    months: tuple[Month, ...]
    """The complete months of the period."""
    monthly: Monthly | None
    monthly_reason: str | None
    reason: str | None = None
    """Why the amounts are None: `no_rows` when there is no row at all, `no_rows_yet` when all rows are older than the
    period."""
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Band:
    """The spread of a monthly figure over the months used: 10th, 50th and 90th percentile."""

    low: Decimal
    median: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class TypicalMonth:
    """What a normal month looks like: medians over complete months, at most the last twelve.

    Every amount is None, with `reason`, when there is no month to look at. When only an incomplete month exists it
    is used and `complete` is false.
    """

    as_of: date
    currency: str
    months: tuple[Month, ...]
    complete: bool
    reason: str | None
    income: Decimal | None
    expenses: Decimal | None
    essential: Decimal | None
    discretionary: Decimal | None
    debt_service: Decimal | None
    invested: Decimal | None
    saved: Decimal | None
    """Median of (income - expenses - debt_service)."""
    savings_rate: Rate | None
    """Over all months used together; None with `savings_rate_reason`."""
    savings_rate_reason: str | None
    income_band: Band | None
    expenses_band: Band | None
    essential_band: Band | None
    expenses_by_month: tuple[Decimal, ...]
    """Living cost of each month used, in order."""
    essential_by_month: tuple[Decimal, ...]
    income_by_month: tuple[Decimal, ...]
    saved_by_month: tuple[Decimal, ...]
    basis: Basis
    other_currencies: tuple[OtherCurrency, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CategoryFigure:
    """One category over the period, with everything below it."""

    id: str
    code: str
    name: str
    kind: Literal["income", "expense", "transfer", "investment", "debt"]
    """What its rows did. A category whose rows did different things stands once under each kind."""
    amount: Decimal
    """Positive magnitude of its kind; of transfers, what came in less what went out."""
    share: Rate | None
    """Of the total of its kind; None when that total is 0."""
    share_reason: str | None
    previous: Decimal | None
    """The same in the period of equal length before; None when the ledger does not reach back that far."""
    previous_reason: str | None
    median: Decimal | None
    """Of a month, over the complete months of the period; None, with the reason, when there is none."""
    median_reason: str | None
    count: int
    transactions_query: str
    children: tuple["CategoryFigure", ...]


@dataclass(frozen=True, kw_only=True)
class CategoryTree:
    """Categories with their totals: groups, leaves, the household's own."""

    as_of: date
    first: date
    last: date
    currency: str
    previous_first: date
    previous_last: date
    items: tuple[CategoryFigure, ...]
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class MerchantFigure:
    """One merchant over the period."""

    merchant_id: str
    merchant: str
    currency: str
    amount: Decimal
    """Spent there, positive; in `currency`, not converted."""
    count: int
    per_visit: Decimal
    previous_amount: Decimal | None
    """The same in the period of equal length before."""
    previous_per_visit: Decimal | None
    previous_reason: str | None
    """`ledger_starts_later` or `not_visited`."""
    drift: Rate | None
    """How much more a visit costs than in the period before: 0.1 is a tenth more."""
    drift_reason: str | None
    share: Rate | None
    """Of the living cost of the period."""
    share_reason: str | None
    """`no_expenses`, or `other_currency`."""
    last_on: date
    """The newest row there, also after the period."""
    transactions_query: str


@dataclass(frozen=True, kw_only=True)
class Merchants:
    """Where most was spent."""

    as_of: date
    first: date
    last: date
    previous_first: date
    previous_last: date
    currency: str
    items: tuple[MerchantFigure, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class CashFlowPeriod:
    """One period of the cash flow."""

    period: str
    """`YYYY-MM`, `YYYY-Www`, `YYYY-MM-DD`; of a pay period the day it starts."""
    first: date
    last: date
    complete: bool
    income: Decimal
    expenses: Decimal
    essential: Decimal
    discretionary: Decimal
    debt_service: Decimal
    invested: Decimal
    saved: Decimal
    net: Decimal
    """Everything in less everything out, without transfers: saved - invested."""
    transfers: Decimal | None
    """What came from own accounts less what went to them; None when it was not asked for."""
    transfers_reason: str | None
    count: int
    transactions_query: str | None
    """Its rows add up to `net`; None, with the reason `converted`, where rows of other currencies are part of it."""
    transactions_query_reason: str | None


@dataclass(frozen=True, kw_only=True)
class CashFlowTotal:
    """The whole time of a cash flow: the sums over its periods."""

    income: Decimal
    expenses: Decimal
    essential: Decimal
    discretionary: Decimal
    debt_service: Decimal
    invested: Decimal
    saved: Decimal
    net: Decimal
    transfers: Decimal | None
    transfers_reason: str | None
    count: int


@dataclass(frozen=True, kw_only=True)
class CashFlow:
    """The cash flow, oldest period first; calendar gaps are periods of zeros.

    A period that the ledger tells nothing about is zeros too, and `complete` is false.
    """

    as_of: date
    first: date
    last: date
    by: Step
    currency: str
    total: CashFlowTotal
    items: tuple[CashFlowPeriod, ...]
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis
