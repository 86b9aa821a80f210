"""Patterns, money flow and trends: what the sums of many periods show together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.analytics.public.values import OtherCurrency
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

TrendFigure = Literal["income", "expenses", "essential", "discretionary", "debt_service", "invested", "saved"]


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """The living cost of all days of one kind: of a weekday, a day of the month, a month of the year."""

    name: str
    """`monday` ... `sunday`, `1` ... `31`, `january` ... `december`."""
    amount: Decimal
    days: int
    """How many such days the period has; days without rows count."""
    per_day: Decimal | None
    """None when the period has no such day."""
    per_day_reason: str | None
    index: Rate | None
    """per_day over that of all days: 2 is twice as much as usual."""
    index_reason: str | None
    count: int


@dataclass(frozen=True, kw_only=True)
class HeatDay:
    """One day with spending, for a calendar."""

    date: date
    amount: Decimal
    count: int
    level: int
    """0 to 4: the quarter of the spending days that it belongs to, 4 for the top tenth."""
    transactions_query: str


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """When living cost arises."""

    as_of: date
    first: date
    last: date
    currency: str
    per_day: Decimal
    weekdays: tuple[Bucket, ...]
    days_of_month: tuple[Bucket, ...]
    months_of_year: tuple[Bucket, ...]
    calendar: tuple[HeatDay, ...]
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class FlowNode:
    """A place money comes from, passes or goes to. What comes in equals what goes out at every node between."""

    id: str
    name: str
    kind: Literal["source", "middle", "use"]
    amount: Decimal
    """Positive."""
    transactions_query: str | None
    """None for the middle and for balances."""


@dataclass(frozen=True, kw_only=True)
class FlowLink:
    """Money from one node to another; positive."""

    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class MoneyFlow:
    """Where the money of a period came from and went to, as the nodes and links of a Sankey diagram."""

    as_of: date
    first: date
    last: date
    currency: str
    nodes: tuple[FlowNode, ...]
    links: tuple[FlowLink, ...]
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Where a monthly figure is heading."""

    figure: TrendFigure
    amounts: tuple[Decimal, ...]
    """By month, in the order of `months`."""
    per_month: Decimal | None
    """The slope of Theil and Sen: the median change from one month to a later one, by the months between them."""
    per_month_reason: str | None
    """`too_few_months`: less than six."""
    per_year: Rate | None
    """Twelve slopes over the median of the figure."""
    per_year_reason: str | None
    """`too_few_months`, or `not_positive` when the median is not above 0."""
    p_value: float | None
    """Of Mann and Kendall's test: how often months without any trend would look like this or more so."""
    direction: Literal["rising", "falling", "flat"] | None
    """Flat when the p-value is above 0.05."""


@dataclass(frozen=True, kw_only=True)
class Trends:
    """Where the household is heading, over complete months."""

    as_of: date
    currency: str
    months: tuple[Month, ...]
    items: tuple[Trend, ...]
    lifestyle_creep: Rate | None
    """Of each further unit of income, the part that goes to discretionary spending: the ratio of both slopes."""
    lifestyle_creep_reason: str | None
    """`too_few_months`, or `income_not_rising`."""
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis
