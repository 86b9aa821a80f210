"""Months in which a category cost unusually much or little."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.analytics.public.values import OtherCurrency
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """One category in one complete month, against its own months before."""

    category_id: str
    category: str
    """The category's name."""
    month: Month
    amount: Decimal
    """Living cost, positive; negative where refunds exceeded spending."""
    usual: Decimal
    """The median of the months before."""
    low: Decimal
    high: Decimal
    """Between `low` and `high` lies what is not unusual."""
    direction: Literal["high", "low"]
    deviation: Decimal
    """amount - usual."""
    months_before: int
    """How many months it is compared with."""
    transactions_query: str


@dataclass(frozen=True, kw_only=True)
class Anomalies:
    """What was unusual, the largest deviation first."""

    as_of: date
    first: date
    last: date
    currency: str
    false_alarm_rate: Rate
    """How often a normal month of a category is called unusual."""
    checked: int
    """How many months of categories were looked at."""
    expected_false_alarms: Rate
    """checked x false_alarm_rate."""
    items: tuple[Anomaly, ...]
    other_currencies: tuple[OtherCurrency, ...]
    basis: Basis
