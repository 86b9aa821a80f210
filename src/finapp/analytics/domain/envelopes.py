"""The month by envelopes: every unit of income is assigned, or waits to be."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.categories import Branch, below
from finapp.analytics.domain.explained import figures_of
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sums, totals
from finapp.analytics.public import Budget, Envelopes
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import from_minor

VERSION = 1


def envelopes(
    place: Place, items: Sequence[Budget], sums: Sums, branches: Sequence[Branch], missing: str | None, as_of: date
) -> Envelopes:
    """The envelopes of the month of `place`; `missing` is why the ledger tells nothing about it."""
    calendar, zero = sums.calendar, from_minor(0, sums.currency)
    month = calendar.month_of(as_of)
    outer = _outermost([item for item in items if item.starts <= month], branches)
    assigned, carried, spent = (
        sum((getattr(item, name) for item in outer), zero) for name in ("amount", "carried", "spent")
    )
    found = totals(sums.items, sums.currency)
    inside = frozenset(each for item in outer for each in below(item.category_id, branches))
    beside = [item for item in sums.items if item.flow in SPENDING and item.category_id not in inside]
    outside = zero - sum((item.amount for item in beside), zero)
    return Envelopes(
        as_of=as_of,
        month=month,
        first=calendar.first_day(month),
        last=calendar.last_day(month),
        currency=sums.currency,
        income=None if missing else found.income,
        income_reason=missing,
        assigned=assigned,
        carried=carried,
        available=assigned + carried,
        spent=spent,
        remaining=assigned + carried - spent,
        to_assign=None if missing else found.income - assigned,
        to_assign_reason=missing,
        outside=None if missing else outside,
        outside_reason=missing,
        items=tuple(items),
        basis=_basis(place, sums, outer, {"income": found.income, "assigned": assigned, "carried": carried}, spent),
    )


def _outermost(items: Sequence[Budget], branches: Sequence[Branch]) -> list[Budget]:
    """The budgets that are not a part of another one."""
    inside = {item.id: below(item.category_id, branches) for item in items}
    return [
        item
        for item in items
        if not any(item.category_id in inside[other.id] for other in items if other.id != item.id)
    ]


def _basis(place: Place, sums: Sums, outer: Sequence[Budget], known: dict[str, Decimal], spent: Decimal) -> Basis:
    found = totals(sums.items, sums.currency)
    assigned, carried = known["assigned"], known["carried"]
    source = place.figure("analytics/summary")
    cost = Input(id="expenses", kind="figure", name="expenses", value=f"{found.expenses:f}", source=source)
    figures = {
        **figures_of(place, sums, ("income",)),
        **{name: _added(outer, figure) for name, figure in _ADDED.items()},
        "available": _formula("assigned + carried", assigned=assigned, carried=carried),
        "remaining": _formula("available - spent", available=assigned + carried, spent=spent),
        "to_assign": _formula("income - assigned", income=known["income"], assigned=assigned),
        "outside": Figure(kind="formula", formula="expenses - spent", inputs=(cost, *_here(spent=spent))),
    }
    return Basis(
        formula="analytics.envelopes",
        version=VERSION,
        assumptions={**assumptions(sums), "nested": "a budget below another one is a part of it, and not added twice"},
        rows=Rows(count=found.count, first=place.first, last=place.last),
        figures=figures,
    )


_ADDED = {"assigned": "amount", "carried": "carried", "spent": "spent"}
"""Figure -> that of each budget it is the sum of."""


def _added(outer: Sequence[Budget], name: str) -> Figure:
    inputs = tuple(
        Input(
            id=f"{item.id}.{name}",
            kind="figure",
            name=name,
            value=f"{getattr(item, name):f}",
            source=f"/api/v1/budgets/{item.id}",
        )
        for item in outer
    )
    return Figure(kind="formula", formula="sum of the inputs", inputs=inputs)


def _formula(formula: str, **values: Decimal) -> Figure:
    return Figure(kind="formula", formula=formula, inputs=_here(**values))


def _here(**values: Decimal) -> tuple[Input, ...]:
    return tuple(
        Input(id=name, kind="figure", name=name, value=f"{value:f}", source="this answer")
        for name, value in values.items()
    )
