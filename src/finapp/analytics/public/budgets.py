"""Budgets: what a category may cost a month, and how the month stands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.errors import Conflict, NotFound
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

BudgetState = Literal["within", "alert", "over"]


@dataclass(frozen=True, kw_only=True)
class NewBudget:
    """What a category, with everything below it, may cost a month."""

    category_id: str
    amount: Decimal
    """A month, positive, in the household's currency."""
    currency: str
    starts: Month
    """The first month it holds for."""
    rollover: bool = False
    """Whether what is left of a month, or missing, is carried into the next."""
    alert_at: tuple[Rate, ...] = (Decimal("0.8"), Decimal(1))
    """Shares of the available amount at which to be told, rising."""


@dataclass(frozen=True, kw_only=True)
class Budget(NewBudget):
    """A stored budget and how it stands in the month of `as_of`."""

    id: str
    version: int
    category: str
    """The category's name; its id when it is gone."""
    as_of: date
    month: Month
    month_first: date
    month_last: date
    carried: Decimal
    """From earlier months: positive when less was spent; 0 without rollover."""
    spent_before: Decimal
    """In the months that `carried` is made of; 0 without rollover."""
    available: Decimal
    """amount + carried: the envelope of the month."""
    spent: Decimal
    """Up to `as_of`; refunds subtracted."""
    remaining: Decimal
    used: Rate | None
    """spent/available; None, with the reason, unless something is available."""
    used_reason: str | None
    expected: Rate
    """The share of the month that is over."""
    state: BudgetState
    alerts: tuple[Rate, ...]
    """The thresholds of `alert_at` that have been reached."""
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class BudgetPage:
    """One page of budgets, oldest first."""

    items: tuple[Budget, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Envelopes:
    """The month of `as_of` by envelopes: what came in, what is assigned, and what is still to assign."""

    as_of: date
    month: Month
    first: date
    last: date
    currency: str
    income: Decimal | None
    """Of the month so far; None, with `income_reason`, when the ledger tells nothing about it."""
    income_reason: str | None
    assigned: Decimal
    """The budgets' amounts of the month, carried money left out. A budget below another one is a part of it."""
    carried: Decimal
    available: Decimal
    """assigned + carried."""
    spent: Decimal
    remaining: Decimal
    """available - spent."""
    to_assign: Decimal | None
    """income - assigned; negative when more is assigned than came in."""
    to_assign_reason: str | None
    outside: Decimal | None
    """Living cost of the month so far in categories without a budget."""
    outside_reason: str | None
    items: tuple[Budget, ...]
    basis: Basis


class BudgetNotFound(NotFound):
    """No budget of this household has this id."""

    code = "budget_not_found"
    title = "No such budget"


class BudgetExists(Conflict):
    """The category has a budget already."""

    code = "budget_exists"
    title = "The category has a budget already"
