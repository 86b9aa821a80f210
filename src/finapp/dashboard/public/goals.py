"""Goals: what a household saves for, and how far it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.errors import NotFound
from finapp.kernel.money import Rate

GoalStatus = Literal["reached", "open", "overdue"]


@dataclass(frozen=True, kw_only=True)
class NewGoal:
    """A goal as stated. Saved for it is an account's balance, an asset's value, or `saved_amount`: one of them."""

    name: str
    target_amount: Decimal
    currency: str
    target_date: date | None = None
    account_id: str | None = None
    asset_id: str | None = None
    saved_amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Goal(NewGoal):
    """A stored goal and its progress on `as_of`."""

    id: str
    version: int
    as_of: date
    saved: Decimal | None
    """Set aside so far, never negative."""
    saved_reason: str | None
    """`account_gone`, `asset_gone`, `no_valuation`, or `unavailable` when the other side could not be asked."""
    remaining: Decimal | None
    """What is missing to the target; 0 when it is reached."""
    progress: Rate | None
    """saved/target_amount; above 1 when more is saved."""
    status: GoalStatus | None
    monthly_needed: Decimal | None
    """To be put aside in each month up to the target date, that of `as_of` included, rounded up."""
    monthly_needed_reason: str | None
    """`no_target_date`, `reached`, `overdue`, or why `saved` is not known."""
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class GoalPage:
    """One page of goals, oldest first."""

    items: tuple[Goal, ...]
    next_cursor: str | None


class GoalNotFound(NotFound):
    """No goal of this household has this id."""

    code = "goal_not_found"
    title = "No such goal"
