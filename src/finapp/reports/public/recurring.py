"""Words of the recurring payments report: streams of payments and income that follow the calendar."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis

Frequency = Literal[
    "weekly", "biweekly", "four_weekly", "semi_monthly", "monthly", "bimonthly", "quarterly", "half_yearly", "yearly"
]
Status = Literal["early", "mature", "overdue", "ended"]
Decision = Literal["confirmed", "dismissed"]
AlertKind = Literal["price_rise", "duplicate_subscription", "overdue", "trial_end"]


@dataclass(frozen=True, kw_only=True)
class RecurringRow:
    """One booked row as the detector sees it; `amount` is signed from the household (out negative)."""

    id: str
    date: date
    amount: Decimal
    description: str
    merchant: str | None = None
    account_id: str | None = None
    category: str | None = None
    flow: str | None = None
    """What the ledger says it is: income, expense, transfer, investment, debt, refund; None when it is not known."""


@dataclass(frozen=True, kw_only=True)
class RecurringRows:
    """Many rows as columns of one length, each column as of `RecurringRow`."""

    ids: tuple[str, ...]
    dates: tuple[date, ...]
    amounts: tuple[Decimal, ...]
    descriptions: tuple[str, ...]
    merchants: tuple[str | None, ...]
    account_ids: tuple[str | None, ...]
    categories: tuple[str | None, ...]
    flows: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class RecurringAmount:
    """What a stream costs or pays; positive magnitudes.

    `typical` is the median of the last six; a fixed amount may differ by rounding only, a stepped one changes now and
    then and stays.
    """

    kind: Literal["fixed", "variable", "stepped"]
    last: Decimal
    typical: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class AmountChange:
    """From `on` the stream costs `after` instead of `before`; both positive."""

    on: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, kw_only=True)
class NextWindow:
    """The days between which the next row is expected, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class RecurringStream:
    """One recurring payment or income, with its evidence.

    `anchor` says the calendar rule in words: "day 5", "last working day", "2nd tuesday", "last friday", "every friday",
    or "every 28 days" for a plan that is renewed when it has run out.
    `missed` are the expected days without a row since the first; of an overdue stream also those after the last row
    whose days of grace have passed. `confidence` is in [0, 1].
    """

    id: str
    direction: Literal["in", "out"]
    merchant: str
    name: str
    """The user's name for it; the merchant until they give one."""
    decision: Decision | None = None
    category: str | None = None
    flow: str | None = None
    """What the ledger says its rows are. A transfer moves own money and is in no total."""
    account_id: str | None = None
    frequency: Frequency
    anchor: str
    shift: Literal["none", "next", "previous"]
    """What happens when the day falls on a weekend or a bank holiday."""
    bank_holidays: str | None = None
    """The calendar of bank holidays that the rule spares; None when it knows weekends only."""
    amount: RecurringAmount
    monthly_equivalent: Decimal
    yearly_cost: Decimal
    """The typical amount over a year of 365.25 days; positive for both directions."""
    past_year: Decimal
    """What its rows of the last 365 days add up to, signed from the household."""
    transactions_query: str | None
    """The path and query that lists those rows; they add up to `past_year` exactly."""
    transactions_query_reason: Literal["no_rows", "rows_not_stored"] | None = None
    first_on: date
    last_on: date
    next_on: date | None
    next_on_reason: str | None = None
    next_window: NextWindow | None
    occurrences: int
    missed: tuple[date, ...]
    status: Status
    price_changes: tuple[AmountChange, ...]
    confidence: float
    transaction_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecurringAlert:
    """Something about streams worth a look. `yearly_cost` is what it costs a year, positive."""

    kind: AlertKind
    stream_ids: tuple[str, ...]
    name: str
    on: date
    yearly_cost: Decimal


@dataclass(frozen=True, kw_only=True)
class RecurringPayments:
    """All streams, the surest first. `monthly_in` and `monthly_out` add the monthly equivalents of live mature ones
    without own transfers. `dismissed` ones are in no figure; they are listed so that they can be taken back.

    Rows in other currencies than the household's are not counted. The totals are None when there are no others
    (`other_currency`).
    """

    as_of: date
    basis: Basis
    currency: str
    streams: tuple[RecurringStream, ...]
    monthly_in: Decimal | None
    monthly_in_reason: Literal["other_currency"] | None = None
    monthly_out: Decimal | None
    monthly_out_reason: Literal["other_currency"] | None = None
    alerts: tuple[RecurringAlert, ...] = ()
    dismissed: tuple[RecurringStream, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExpectedPayment:
    """One expected row of a stream; `amount` is signed from the household."""

    date: date
    stream_id: str
    name: str
    amount: Decimal
    certain: bool
    """Whether the amount is fixed or stepped, so that the figure is more than a typical one."""


@dataclass(frozen=True, kw_only=True)
class RecurringCalendar:
    """Expected rows of live streams between two days, both included, by date."""

    as_of: date
    basis: Basis
    first: date
    last: date
    items: tuple[ExpectedPayment, ...]


@dataclass(frozen=True, kw_only=True)
class StreamChange:
    """The user's word on a stream; a field left None stays as it is."""

    decision: Decision | None = None
    name: str | None = None
    clear_decision: bool = False


@dataclass(frozen=True, kw_only=True)
class SplitStream:
    """The streams that a stream was split into, by their first row."""

    items: tuple[RecurringStream, ...]


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """A payment or an income that can be relied on: confirmed by the user, or mature and not dismissed.

    `monthly` is its monthly equivalent and `amount` that of one occurrence, both positive.
    """

    stream_id: str
    name: str
    direction: Literal["in", "out"]
    confirmed: bool
    category: str | None
    flow: str | None
    account_id: str | None
    frequency: Frequency
    amount: Decimal
    monthly: Decimal
    next_on: date


@dataclass(frozen=True, kw_only=True)
class Obligations:
    """What the household has to pay and can expect, the next due first. The totals are those of the obligations shown,
    own transfers left out; None as those of the recurring payments are."""

    as_of: date
    basis: Basis
    currency: str
    items: tuple[Obligation, ...]
    monthly_in: Decimal | None
    monthly_in_reason: Literal["other_currency"] | None = None
    monthly_out: Decimal | None
    monthly_out_reason: Literal["other_currency"] | None = None
