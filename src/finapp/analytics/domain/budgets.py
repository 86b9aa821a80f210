"""How a budget stands: its envelope with what earlier months left, and what the month has cost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finapp.analytics.domain.categories import Branch
from finapp.analytics.domain.queries import SIGNS, Place
from finapp.analytics.domain.sums import SPENDING, Sum, share
from finapp.analytics.public import Budget, BudgetState, NewBudget
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.kernel.months import Month, count_months, first_day, last_day, month_of

VERSION = 1
MOST_ALERTS = 10
LONGEST = 1_200
"""Months a budget may reach back."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A budget as it is kept."""

    id: str
    version: int
    stated: NewBudget


def check(new: NewBudget, branches: Sequence[Branch], currency: str, as_of: date) -> None:
    """Raises Invalid for a budget that makes no sense or is for an unknown category."""
    if new.amount <= 0:
        raise Invalid("amount", "must be positive")
    if new.currency != currency:
        raise Invalid("currency", f"must be the household's ({currency})")
    if new.category_id not in {branch.id for branch in branches}:
        raise Invalid("category_id", "is unknown to this household")
    if abs(count_months(new.starts, month_of(as_of))) > LONGEST:
        raise Invalid("starts", "lies too far away")
    if len(new.alert_at) > MOST_ALERTS or list(new.alert_at) != sorted(set(new.alert_at)):
        raise Invalid("alert_at", f"must rise and have at most {MOST_ALERTS} values")
    if any(not 0 < each <= 10 for each in new.alert_at):
        raise Invalid("alert_at", "must lie above 0 and not above 10")


def since(budgets: Iterable[Stored], as_of: date) -> date:
    """The first day that the standing of budgets depends on."""
    this_month = month_of(as_of)
    starts = [each.stated.starts for each in budgets if each.stated.rollover]
    return first_day(min([this_month, *starts]))


def below(category_id: str, branches: Sequence[Branch]) -> frozenset[str]:
    """A category and everything below it. Parents come before children."""
    found = {category_id}
    for branch in branches:
        if branch.parent_id in found:
            found.add(branch.id)
    return frozenset(found)


def standing(budget: Stored, sums: Sequence[Sum], branches: Sequence[Branch], as_of: date) -> Budget:
    """How a budget stands in the month of `as_of`; `sums` reach from `since` to `as_of`."""
    stated, month = budget.stated, month_of(as_of)
    spent_by = _by_month(sums, below(stated.category_id, branches), stated.currency)
    zero = from_minor(0, stated.currency)
    carried = _carried(stated, spent_by, month, zero)
    available, spent = stated.amount + carried, spent_by.get(month, zero)
    used = share(spent, available)
    reached = tuple(each for each in stated.alert_at if spent > 0 and spent >= each * available)
    names = {branch.id: branch.name for branch in branches}
    return Budget(
        **vars(stated),
        id=budget.id,
        version=budget.version,
        category=names.get(stated.category_id, stated.category_id),
        as_of=as_of,
        month=month,
        carried=carried,
        available=available,
        spent=spent,
        remaining=available - spent,
        used=used,
        used_reason="nothing_available" if used is None else None,
        expected=(Decimal(as_of.day) / last_day(month).day).quantize(Decimal("1e-6")),
        state=_state(spent, available, reached),
        alerts=reached,
        basis=_basis(budget, carried, as_of),
    )


def _state(spent: Decimal, available: Decimal, reached: tuple[Decimal, ...]) -> BudgetState:
    if spent > max(available, Decimal(0)):
        return "over"
    return "alert" if reached else "within"


def _by_month(sums: Iterable[Sum], categories: Collection[str], currency: str) -> dict[Month, Decimal]:
    found: dict[Month, Decimal] = {}
    zero = from_minor(0, currency)
    for item in sums:
        if item.flow in SPENDING and item.category_id in categories and item.currency == currency:
            month = month_of(item.on)
            found[month] = found.get(month, zero) - item.amount
    return found


def _carried(stated: NewBudget, spent: Mapping[Month, Decimal], month: Month, zero: Decimal) -> Decimal:
    if not stated.rollover or stated.starts >= month:
        return zero
    past = count_months(stated.starts, month)
    before = [amount for each, amount in spent.items() if stated.starts <= each < month]
    return stated.amount * past - sum(before, zero)


def _basis(budget: Stored, carried: Decimal, as_of: date) -> Basis:
    stated = budget.stated
    place = Place(first=first_day(month_of(as_of)), last=as_of)
    query = place.query(category_id=stated.category_id, kind=",".join(SPENDING))
    earlier = Place(first=first_day(stated.starts), last=place.first - timedelta(days=1))
    amount = Input(id=f"budget.{budget.id}.amount", kind="assumption", name="amount", value=f"{stated.amount:f}")
    rows = Input(
        id=f"budget.{budget.id}.earlier",
        kind="rows",
        name="spent from the first month to the last one before",
        value=None,
        source=earlier.query(category_id=stated.category_id, kind=",".join(SPENDING)),
    )
    carried_over = Input(id=f"budget.{budget.id}.carried", kind="figure", name="carried", value=f"{carried:f}")
    figures = {
        "spent": Figure(kind="sum", transactions_query=query),
        "available": Figure(kind="formula", formula="amount + carried", inputs=(amount, carried_over)),
        "remaining": Figure(kind="formula", formula="available - spent", inputs=(amount, carried_over)),
    }
    if stated.rollover and stated.starts < month_of(as_of):
        formula = "amount x months before - spent in them"
        figures["carried"] = Figure(kind="formula", formula=formula, inputs=(amount, rows))
    return Basis(formula="analytics.budget", version=VERSION, assumptions={"signs": SIGNS}, figures=figures)
