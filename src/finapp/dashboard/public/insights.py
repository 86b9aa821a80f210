"""What is worth acting on, and the words it is said in."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Figure
from finapp.kernel.errors import NotFound

InsightKind = Literal[
    "buffer_short",
    "spending_high",
    "price_rise",
    "payment_overdue",
    "balance_short",
    "double_subscription",
    "unused_subscription",
    "trial_end",
    "debit_twice",
    "idle_cash",
    "sweep_gain",
    "fee_leak",
    "budget_over",
    "stale_data",
    "uncategorized",
    "savings_streak",
    "milestone",
]


InsightKey = Literal[
    "buffer_short",
    "spending_high",
    "price_rise",
    "payment_overdue",
    "balance_short",
    "double_subscription",
    "unused_subscription",
    "trial_end",
    "debit_twice",
    "idle_cash",
    "sweep_gain",
    "fee_leak",
    "budget_over",
    "stale_data",
    "uncategorized",
    "savings_streak",
    "milestone_net_worth",
    "milestone_goal",
]


@dataclass(frozen=True, kw_only=True)
class InsightValue:
    """A value that the sentences of an insight name: `money` in units of its currency, a plain `number`, or a `name`
    that is not translated."""

    name: str
    kind: Literal["money", "number", "name"]
    value: str
    currency: str | None = None


@dataclass(frozen=True, kw_only=True)
class Insight:
    """Something worth acting on."""

    id: str
    """The same thing has the same id on the next day, and in the next month."""
    kind: InsightKind
    key: InsightKey
    """Names the two sentences, so that a page can say them in its own language with `values`."""
    subject: str
    """What it is about: a merchant, a category, a fund. In English."""
    on: dt.date
    at_stake: Decimal
    """Money a year, or once for a shortfall; positive. Insights are ranked by it."""
    figure: str
    """Where the figure can be asked."""
    transactions_query: str | None = None
    """The rows it is about; None where it is about no rows."""
    action: str
    """What to do, in English."""
    values: tuple[InsightValue, ...]
    """What the sentences name, to be formatted where they are shown."""
    how: Figure
    """How `at_stake` comes about."""
    expires_on: dt.date
    """From this day on it is no longer shown, unless it is noticed anew."""


@dataclass(frozen=True, kw_only=True)
class InsightsFacts:
    """At most a handful, the most money at stake first."""

    currency: str
    items: tuple[Insight, ...]
    more: int = 0
    """How many more were noticed."""
    dismissed: int = 0
    """How many the household has dismissed that would be noticed today."""
    not_looked_at: tuple[str, ...] = ()
    """Readings that could not be asked, so that what they would show is not known."""


class InsightNotFound(NotFound):
    """Nothing of this name is noticed today."""

    code = "insight_not_found"
    title = "No such insight"
