"""Liabilities: terms, schedules, and what the neighbours ask about loans."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

DayCount = Literal["30/360", "30e/360", "act/365f", "act/360", "act/act"]
Rounding = Literal["none", "unit", "hundredth", "thousandth"]
"""`hundredth` means the smallest amount of the currency: a whole yen, a thousandth of a dinar."""
RoundingMode = Literal["half_up", "half_even", "up", "down"]
Frequency = Literal["monthly", "semi_monthly", "weekly", "biweekly", "quarterly", "half_yearly", "yearly"]
"""`semi_monthly`: on two days of each month, 15 days apart (the 1st and 16th, the 15th and the last)."""
RateCompounding = Literal["instalment", "daily", "monthly", "quarterly", "half_yearly", "yearly"]
LiabilityEntryKind = Literal["rate_change", "part_payment"]
RowKind = Literal["instalment", "moratorium", "broken_period", "part_payment"]
OutstandingSource = Literal["schedule", "account", "stated", "closed"]
LiabilityKind = Literal[
    "home_loan",
    "vehicle_loan",
    "education_loan",
    "personal_loan",
    "gold_loan",
    "credit_card",
    "overdraft",
    "other",
]


@dataclass(frozen=True, kw_only=True)
class RateChange:
    """From `date` on, interest accrues at `annual_rate`. A month that it splits is charged by the days of each part."""

    date: date
    annual_rate: Rate
    keep: Literal["instalment", "end_date"] = "end_date"
    """What stays as it was: the instalment (the term moves) or the last date (the instalment is solved anew)."""


@dataclass(frozen=True, kw_only=True)
class PartPayment:
    """A repayment of principal besides the instalments. On a due date it comes after that day's instalment."""

    date: date
    amount: Decimal
    """Positive."""
    keep: Literal["instalment", "end_date"] = "instalment"
    """`instalment`: the loan ends earlier. `end_date`: the instalment falls."""
    fee: Decimal = Decimal(0)
    """What the lender charges for it; not part of the principal."""


@dataclass(frozen=True, kw_only=True)
class LoanTerms:
    """A loan as its contract states it. Of principal, annual_rate, months and instalment, three determine the fourth.

    With all four given, the last instalment absorbs the difference. With `months` left out, the instalment decides
    how long it takes, and the last one is smaller.
    """

    principal: Decimal | None = None
    annual_rate: Rate | None = None
    months: int | None = None
    """The term after the moratorium; with monthly instalments their number."""
    instalments: int | None = None
    """Their number, in place of `months`."""
    instalment: Decimal | None = None
    start: date
    """Day of disbursement; interest runs from it."""
    first_payment: date | None = None
    """Default: one period after `start` (after the moratorium). Any other day makes the first period a broken one."""
    frequency: Frequency = "monthly"
    """How often an instalment falls due."""
    rate_compounding: RateCompounding = "instalment"
    """How often the yearly rate compounds. `instalment`: a period bears its part of the rate. Otherwise the rate r
    compounds c times a year, and a period of 1/m year bears (1 + r / c)^(c / m) - 1 (Canada: `half_yearly`, Interest
    Act, section 6)."""
    rounding: Rounding = "hundredth"
    """Of the instalment, and of each row's interest unless `interest_rounding` is given. `none` carries every figure
    to six decimals."""
    rounding_mode: RoundingMode = "half_up"
    """How a solved instalment is rounded."""
    interest_rounding: Rounding | None = None
    """Of each row's interest where it differs from `rounding`."""
    interest_rounding_mode: RoundingMode = "half_up"
    day_count: DayCount = "30/360"
    instalment_by: Literal["day_count", "twelfths"] = "day_count"
    """Whether a solved instalment is level over the true lengths of the months, or over twelfths of a year while
    interest still runs by `day_count` (Fannie Mae Multifamily Guide 1103)."""
    rate_changes: tuple[RateChange, ...] = ()
    prepayments: tuple[PartPayment, ...] = ()
    moratorium_months: int = 0
    moratorium: Literal["capitalise", "accrue", "interest_only"] = "capitalise"
    """In the moratorium, which monthly loans can have: nothing is paid and interest joins the principal monthly
    (`capitalise`) or once at its end (`accrue`, simple interest), or the interest alone is paid."""
    broken_period: Literal["level", "separate"] = "level"
    """A first period of other than a month: all instalments equal over the true days, or the instalment of a regular
    loan with the odd days' interest paid apart, one month before the first instalment."""
    fees: Decimal = Decimal(0)
    """Paid at disbursement; lowers the net amount in the APR."""
    insurance: Decimal = Decimal(0)
    """Paid with each instalment, outside principal and interest; counted in the APR."""


@dataclass(frozen=True, kw_only=True)
class ScheduleRow:
    """One payment of a schedule. payment = interest + principal; balance is what is owed after it."""

    number: int | None
    """Counts instalments from 1; None for rows that are not instalments."""
    kind: RowKind
    date: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    """Negative where unpaid interest joins the principal."""
    balance: Decimal
    charges: Decimal
    """Insurance and fees paid beside it, not in `payment`."""
    annual_rate: Rate
    """In force on the row's date."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A loan from disbursement to 0.00. Totals are positive magnitudes; the rows' principal sums to `principal`."""

    as_of: date
    currency: str | None
    principal: Decimal
    annual_rate: Rate
    months: int
    """The term after the moratorium, rounded up to whole months; with monthly instalments their number."""
    instalments: int
    """How many there are."""
    frequency: Frequency
    instalment: Decimal
    """The first regular one."""
    instalment_unrounded: Decimal
    """Before rounding, to six decimals; as given when the instalment was given."""
    solved: Literal["principal", "annual_rate", "months", "instalment", "none"]
    """Which of the four followed from the other three."""
    start: date
    ends_on: date
    rows: tuple[ScheduleRow, ...]
    total_interest: Decimal
    total_payment: Decimal
    """Everything paid: interest, principal, and charges."""
    total_charges: Decimal
    apr: Rate | None
    """Nominal: the internal rate of net disbursement and payments for one period between instalments, times the
    periods in a year; odd days as simple interest of their part of a month or week (US Regulation Z, appendix J)."""
    apr_reason: str | None
    effective_apr: Rate | None
    """Effective yearly (EU directive 2008/48/EC, annex I: whole months as twelfths, further days over 365)."""
    effective_apr_reason: str | None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Loan:
    """One liability as it stands on a day, for the neighbours. Amounts are positive magnitudes in `currency`."""

    id: str
    name: str
    kind: LiabilityKind
    currency: str
    account_id: str | None
    outstanding: Decimal
    outstanding_source: OutstandingSource
    annual_rate: Rate | None
    """In force on the day; None when it is not known."""
    rate_kind: Literal["fixed", "floating"]
    instalment: Decimal | None
    """A month: the next one due, times the instalments of a year over twelve; None without a schedule or after it."""
    next_due_on: date | None
    months_remaining: int | None
    interest_remaining: Decimal | None
    """From the next instalment to the end, by today's rate."""
    ends_on: date | None
    rate_changes: tuple[RateChange, ...] = ()
    """Resets of the rate that are agreed for later days, by date."""


@dataclass(frozen=True, kw_only=True)
class Loans:
    """The household's liabilities on a day, largest first."""

    as_of: date
    items: tuple[Loan, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class StoredRateChange(RateChange):
    """A reset of a stored liability's rate."""

    id: str


@dataclass(frozen=True, kw_only=True)
class NewPartPayment(PartPayment):
    """A part payment of a stored liability."""

    account_id: str | None = None
    """The ledger account it was paid from; None: any."""


@dataclass(frozen=True, kw_only=True)
class StoredPartPayment(NewPartPayment):
    """A part payment with its id."""

    id: str


@dataclass(frozen=True, kw_only=True)
class LiabilityDetails:
    """What a person states about a liability. It has no schedule unless `months`, `instalments` or `instalment` is
    given."""

    name: str
    kind: LiabilityKind
    currency: str
    account_id: str | None = None
    principal: Decimal = Decimal(0)
    """Disbursed; for a liability without a schedule, what was owed from `start`."""
    annual_rate: Rate | None = None
    months: int | None = None
    instalments: int | None = None
    instalment: Decimal | None = None
    start: date
    first_payment: date | None = None
    frequency: Frequency = "monthly"
    rate_compounding: RateCompounding = "instalment"
    rounding: Rounding = "hundredth"
    rounding_mode: RoundingMode = "half_up"
    interest_rounding: Rounding | None = None
    interest_rounding_mode: RoundingMode = "half_up"
    day_count: DayCount = "30/360"
    instalment_by: Literal["day_count", "twelfths"] = "day_count"
    rate_kind: Literal["fixed", "floating"] = "fixed"
    moratorium_months: int = 0
    moratorium: Literal["capitalise", "accrue", "interest_only"] = "capitalise"
    broken_period: Literal["level", "separate"] = "level"
    fees: Decimal = Decimal(0)
    insurance: Decimal = Decimal(0)
    owner_share: Rate = Decimal(1)
    """The part of it that the household owes, above 0 to 1."""
    held_by: str = ""
    """Who of the household; empty for all."""
    closed_on: date | None = None
    """From this day on nothing is owed."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StatedLiability:
    """What a person stated of a stored liability, nothing filled in."""

    version: int
    details: LiabilityDetails


@dataclass(frozen=True, kw_only=True)
class Liability(LiabilityDetails):
    """A stored liability and what is owed on `as_of`. `instalment` and `months` are filled in where they follow."""

    id: str
    version: int
    as_of: date
    outstanding: Decimal
    """The whole debt, not only the household's share. Positive."""
    outstanding_source: OutstandingSource
    ledger_difference: Decimal | None
    """What the linked account owes less the outstanding shown; None without both."""


@dataclass(frozen=True, kw_only=True)
class LiabilityPage:
    """One page of liabilities, oldest first."""

    items: tuple[Liability, ...]
    next_cursor: str | None
