"""How a budget stands: its envelope with what earlier months left, and what the month has cost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finapp.analytics.domain.calendar import Calendar
from finapp.analytics.domain.categories import Branch, below
from finapp.analytics.domain.explained import made_of
from finapp.analytics.domain.queries import SIGNS, Place
from finapp.analytics.domain.sums import SPENDING, Sum, Sums, share
from finapp.analytics.public import Budget, BudgetState, NewBudget
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import from_minor
from finapp.kernel.months import Month, count_months, month_of

VERSION = 2
MOST_ALERTS = 10
LONGEST = 1_200
"""Months a budget may reach back."""
_HERE = "this answer"


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


def since(budgets: Iterable[Stored], calendar: Calendar, as_of: date) -> date:
    """The first day that the standing of budgets depends on."""
    this_month = calendar.month_of(as_of)
    starts = [each.stated.starts for each in budgets if each.stated.rollover]
    return calendar.first_day(min([this_month, *starts]))


def standing(budget: Stored, sums: Sums, branches: Sequence[Branch], as_of: date) -> Budget:
    """How a budget stands in the month of `as_of`; `sums` reach from `since` to `as_of`."""
    stated, calendar = budget.stated, sums.calendar
    month = calendar.month_of(as_of)
    items = list(_of_categories(sums.items, below(stated.category_id, branches)))
    spent_by = _by_month(items, calendar, stated.currency)
    zero = from_minor(0, stated.currency)
    carried = _carried(stated, spent_by, month, zero)
    available, spent = stated.amount + carried, spent_by.get(month, zero)
    used = share(spent, available)
    reached = tuple(each for each in stated.alert_at if spent > 0 and spent >= each * available)
    names = {branch.id: branch.name for branch in branches}
    first, last = calendar.first_day(month), calendar.last_day(month)
    return Budget(
        **vars(stated),
        id=budget.id,
        version=budget.version,
        category=names.get(stated.category_id, stated.category_id),
        as_of=as_of,
        month=month,
        month_first=first,
        month_last=last,
        carried=carried,
        spent_before=_before(stated, spent_by, month, zero),
        available=available,
        spent=spent,
        remaining=available - spent,
        used=used,
        used_reason="nothing_available" if used is None else None,
        expected=(Decimal((as_of - first).days + 1) / ((last - first).days + 1)).quantize(Decimal("1e-6")),
        state=_state(spent, available, reached),
        alerts=reached,
        basis=_basis(budget, sums, items, carried, spent, as_of),
    )


def _state(spent: Decimal, available: Decimal, reached: tuple[Decimal, ...]) -> BudgetState:
    if spent > max(available, Decimal(0)):
        return "over"
    return "alert" if reached else "within"


def _of_categories(sums: Iterable[Sum], categories: Collection[str]) -> Iterable[Sum]:
    return (item for item in sums if item.flow in SPENDING and item.category_id in categories)


def _by_month(items: Iterable[Sum], calendar: Calendar, currency: str) -> dict[Month, Decimal]:
    found: dict[Month, Decimal] = {}
    zero = from_minor(0, currency)
    for item in items:
        month = calendar.month_of(item.on)
        found[month] = found.get(month, zero) - item.amount
    return found


def _carried(stated: NewBudget, spent: Mapping[Month, Decimal], month: Month, zero: Decimal) -> Decimal:
    if not stated.rollover or stated.starts >= month:
        return zero
    past = count_months(stated.starts, month)
    return stated.amount * past - _before(stated, spent, month, zero)


def _before(stated: NewBudget, spent: Mapping[Month, Decimal], month: Month, zero: Decimal) -> Decimal:
    inside = (amount for each, amount in spent.items() if stated.rollover and stated.starts <= each < month)
    return sum(inside, zero)


def _basis(budget: Stored, sums: Sums, items: Sequence[Sum], carried: Decimal, spent: Decimal, as_of: date) -> Basis:
    stated, calendar = budget.stated, sums.calendar
    month = calendar.month_of(as_of)
    conditions = {"category_id": stated.category_id, "kind": ",".join(SPENDING)}
    place = Place(first=calendar.first_day(month), last=as_of)
    now = [item for item in items if item.on >= place.first]
    amount = Input(id=f"budget.{budget.id}.amount", kind="assumption", name="amount", value=f"{stated.amount:f}")
    figures = {
        "spent": made_of(place, sums, now, conditions, outgoing=True),
        "available": Figure(kind="formula", formula="amount + carried", inputs=(amount, _figure("carried", carried))),
        "remaining": Figure(
            kind="formula",
            formula="available - spent",
            inputs=(_figure("available", stated.amount + carried), _figure("spent", spent)),
        ),
    }
    if stated.rollover and stated.starts < month:
        earlier = Place(first=calendar.first_day(stated.starts), last=place.first - timedelta(days=1))
        past = [item for item in items if earlier.first <= item.on < place.first]
        before = from_minor(0, stated.currency) - sum((item.amount for item in past), from_minor(0, stated.currency))
        months = count_months(stated.starts, month)
        inputs = (
            amount,
            Input(id="months", kind="assumption", name="months", value=str(months), source="months before this one"),
            _figure("spent_before", before),
        )
        figures["spent_before"] = made_of(earlier, sums, past, conditions, outgoing=True)
        figures["carried"] = Figure(kind="formula", formula="amount x months - spent_before", inputs=inputs)
    return Basis(formula="analytics.budget", version=VERSION, assumptions={"signs": SIGNS}, figures=figures)


def _figure(name: str, value: Decimal) -> Input:
    return Input(id=name, kind="figure", name=name, value=f"{value:f}", source=_HERE)
