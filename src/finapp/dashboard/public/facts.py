"""What stands on the tiles. Amounts are in `currency`; totals of one kind are positive magnitudes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """Net worth at the end of a day; None when a position could not be converted."""

    date: dt.date
    net_worth: Decimal | None


@dataclass(frozen=True, kw_only=True)
class NetWorthFacts:
    """What is owned less what is owed, and the last twelve month ends."""

    currency: str
    assets: Decimal | None
    liabilities: Decimal | None
    net_worth: Decimal | None
    net_worth_reason: str | None
    by_class: Mapping[str, Decimal]
    by_liquidity: Mapping[str, Decimal]
    stale: int
    """How many values are older than their kind allows."""
    counts: Mapping[str, int]
    """What is counted: how many of each kind, `account`, `asset` and `liability`."""
    trend: tuple[TrendPoint, ...]
    change: Decimal | None
    """From the first point of the trend to the last."""


@dataclass(frozen=True, kw_only=True)
class MonthFigures:
    """A month in a few figures."""

    income: Decimal
    expenses: Decimal
    essential: Decimal
    discretionary: Decimal
    debt_service: Decimal
    invested: Decimal
    saved: Decimal


@dataclass(frozen=True, kw_only=True)
class CashFlowFacts:
    """The month of `as_of` so far against a normal one."""

    currency: str
    first: dt.date
    last: dt.date
    this_month: MonthFigures | None
    this_month_reason: str | None = None
    """`no_rows`, or `no_rows_yet` when the newest row is older than the month."""
    normal: MonthFigures | None
    """Medians over complete months."""
    normal_reason: str | None
    """`no_months`, or `no_complete_month`."""
    months: tuple[Month, ...]
    """The complete months behind `normal`."""
    left_to_spend: Decimal | None
    """Normal living cost less what was spent this month; negative when more was spent. None while either is unknown."""
    newest_row_on: dt.date | None
    """How fresh the ledger is; None without rows."""


@dataclass(frozen=True, kw_only=True)
class SavingsFacts:
    """How much of a typical month is kept."""

    currency: str
    savings_rate: Rate | None
    savings_rate_reason: str | None
    income: Decimal | None
    expenses: Decimal | None
    debt_service: Decimal | None
    saved: Decimal | None
    invested: Decimal | None
    months: tuple[Month, ...]
    complete: bool
    """Whether the months are complete ones."""


@dataclass(frozen=True, kw_only=True)
class RunwayFacts:
    """How long liquid money lasts without income."""

    currency: str
    monthly_need: Decimal | None
    liquid: Decimal | None
    months: Rate | None
    months_reason: str | None
    runs_out_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class EmergencyFacts:
    """Liquid money against what an emergency may ask."""

    currency: str
    monthly_need: Decimal | None
    liquid: Decimal | None
    months: Rate | None
    months_reason: str | None
    target_months: Rate
    target: Decimal | None
    shortfall: Decimal | None
    surplus: Decimal | None
    probability_lasts: float | None


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """An expected row of a recurring payment; `amount` is signed: out negative."""

    date: dt.date
    stream_id: str
    name: str
    amount: Decimal
    certain: bool


@dataclass(frozen=True, kw_only=True)
class ObligationsFacts:
    """What is due in the next days, and how low the money of today falls on the way."""

    currency: str
    first: dt.date
    last: dt.date
    items: tuple[Obligation, ...]
    """What goes out, by date."""
    total_out: Decimal | None
    total_out_reason: str | None = None
    """`no_rows`, or `other_currency` when no row is in this one."""
    total_in: Decimal | None
    total_in_reason: str | None = None
    balance: Decimal | None
    """On checking, savings, cash and overdraft accounts of the currency today."""
    balance_reason: str | None = None
    """`no_accounts`, or `other_currency` when none of them is in this one."""
    lowest_balance: Decimal | None
    """Of them, when everything expected comes on its day and nothing else happens."""
    lowest_balance_reason: str | None = None
    lowest_on: dt.date | None
    payday: dt.date | None = None
    """The next day on which the largest regular income is expected."""
    payday_reason: str | None = None
    """`no_regular_income`, `later` than `last`, or why nothing is expected."""
    due_until_payday: Decimal | None = None
    """What is expected to go out before that day."""
    left_until_payday: Decimal | None = None
    """balance - due_until_payday: what may be spent until then."""
    left_until_payday_reason: str | None = None
    left_per_day: Decimal | None = None
    """left_until_payday over the days until then, today included; rounded down, never below 0."""


@dataclass(frozen=True, kw_only=True)
class DebtFacts:
    """What is owed, and until when."""

    currency: str
    outstanding: Decimal | None
    """Of the loans in `currency`."""
    outstanding_reason: str | None
    """`loan_not_entered` when one is being repaid that nobody has entered."""
    other_currencies: tuple[str, ...]
    """Currencies of loans that are left out of the totals."""
    loans: int
    instalments: Decimal
    """A month, of the loans with a schedule."""
    interest_remaining: Decimal
    debt_free_on: dt.date | None
    debt_free_on_reason: str | None
    """`no_debt`, `no_schedule` when a loan has none, `loan_not_entered` when an unknown one is being repaid."""
    highest_rate: Rate | None
    debt_service_to_income: Rate | None
    """Of a typical month."""


@dataclass(frozen=True, kw_only=True)
class IndependenceFacts:
    """How far the household is from living on its capital."""

    currency: str
    fire_number: Decimal | None
    fire_number_reason: str | None
    invested: Decimal | None
    progress: Rate | None
    status: Literal["reached", "on_course", "never"] | None
    months: int | None
    date: dt.date | None
    date_reason: str | None
    early: dt.date | None
    """By then one simulated future in ten has arrived."""
    late: dt.date | None
    """By then nine in ten have."""


@dataclass(frozen=True, kw_only=True)
class BudgetsFacts:
    """The month by envelopes, in short."""

    currency: str
    month: Month
    first: dt.date
    last: dt.date
    budgets: int
    assigned: Decimal
    available: Decimal
    spent: Decimal
    remaining: Decimal
    to_assign: Decimal | None
    to_assign_reason: str | None
    over: tuple[str, ...]
    """Categories that have cost more than is available."""
    alerts: tuple[str, ...]
    """Categories that have reached a threshold of their own, and are not over."""
