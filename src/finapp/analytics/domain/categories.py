"""The category tree with totals and medians, compared with the period before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.analytics.domain.explained import OUTGOING, made_of
from finapp.analytics.domain.medians import median
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sum, Sums, share
from finapp.analytics.public import CategoryFigure, CategoryTree
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import from_minor
from finapp.kernel.months import Month

VERSION = 2
Kind = Literal["income", "expense", "transfer", "investment", "debt"]
KINDS: tuple[Kind, ...] = ("income", "expense", "debt", "investment", "transfer")
_FLOWS = {"expense": ",".join(SPENDING)}
Groups = Mapping[str, Mapping[str, Sequence[Sum]]]
"""Kind -> category -> its sums."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A category of the household, as it stands in the tree."""

    id: str
    code: str
    name: str
    parent_id: str | None


def below(category_id: str, branches: Sequence[Branch]) -> frozenset[str]:
    """A category and everything below it. Parents come before children."""
    found = {category_id}
    for branch in branches:
        if branch.parent_id in found:
            found.add(branch.id)
    return frozenset(found)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Sums of a period and of the one before; `previous` is None when the ledger does not reach back that far."""

    place: Place
    sums: Sums
    previous_first: date
    previous_last: date
    previous: Sums | None
    months: tuple[Month, ...] = ()
    """The complete months of the period, for medians."""


def tree(compared: Compared, branches: Sequence[Branch], include_transfers: bool, as_of: date) -> CategoryTree:
    """Every category with rows in the period, parents with everything below them, the largest first."""
    kinds = [kind for kind in KINDS if include_transfers or kind != "transfer"]
    sums, groups = compared.sums, _grouped(compared.sums)
    before = None if compared.previous is None else _grouped(compared.previous)
    items = tuple(item for kind in kinds for item in _Growing(compared, branches, kind, groups, before).items())
    return CategoryTree(
        as_of=as_of,
        first=compared.place.first,
        last=compared.place.last,
        currency=sums.currency,
        previous_first=compared.previous_first,
        previous_last=compared.previous_last,
        items=items,
        other_currencies=sums.others,
        basis=_basis(compared, items, groups),
    )


class _Growing:
    """Builds the part of the tree whose rows did one kind of thing."""

    def __init__(
        self, compared: Compared, branches: Sequence[Branch], kind: Kind, groups: Groups, before: Groups | None
    ) -> None:
        self._compared, self._kind = compared, kind
        self._zero = from_minor(0, compared.sums.currency)
        self._groups = groups.get(kind, {})
        self._now = self._by_category(self._groups)
        self._before = None if before is None else self._by_category(before.get(kind, {}))
        self._named: dict[date, Month] = {}
        self._whole = sum((amount for amount, _ in self._now.values()), self._zero)
        known = {branch.id for branch in branches}
        # A category that was deleted meanwhile still has its rows in the sums.
        lost = [Branch(id=each, code=each, name=each, parent_id=None) for each in self._now if each not in known]
        self._children: dict[str | None, list[Branch]] = {}
        for branch in (*branches, *lost):
            self._children.setdefault(branch.parent_id, []).append(branch)

    def items(self) -> list[CategoryFigure]:
        """The roots, the largest first."""
        return self._below(None)[0]

    def _below(self, parent: str | None) -> tuple[list[CategoryFigure], Mapping[Month, Decimal]]:
        found: list[CategoryFigure] = []
        months: Mapping[Month, Decimal] = {}
        for branch in self._children.get(parent, ()):
            figure, by_month = self._figure(branch)
            found += [figure] if figure else []
            months = _added(months, by_month)
        return sorted(found, key=lambda item: (-item.amount, item.id)), months

    def _figure(self, branch: Branch) -> tuple[CategoryFigure | None, Mapping[Month, Decimal]]:
        children, months = self._below(branch.id)
        months = _added(months, self._by_month(self._groups.get(branch.id, ())))
        amount, count = self._now.get(branch.id, (self._zero, 0))
        previous: Decimal | None = None
        if self._before is not None:
            before = self._before.get(branch.id, (self._zero, 0))[0]
            previous = sum((child.previous or self._zero for child in children), before)
        amount = sum((child.amount for child in children), amount)
        count += sum(child.count for child in children)
        if not count and not previous:
            return None, months
        part = share(amount, self._whole) if self._kind != "transfer" else None
        middle = self._median(months)
        place, kind = self._compared.place, self._kind
        figure = CategoryFigure(
            id=branch.id,
            code=branch.code,
            name=branch.name,
            kind=kind,
            amount=amount,
            share=part,
            share_reason="no_total" if part is None else None,
            previous=previous,
            previous_reason="ledger_starts_later" if previous is None else None,
            median=middle,
            median_reason="no_complete_month" if middle is None else None,
            count=count,
            transactions_query=place.query(category_id=branch.id, kind=_FLOWS.get(kind, kind)),
            children=tuple(children),
        )
        return figure, months

    def _median(self, months: Mapping[Month, Decimal]) -> Decimal | None:
        complete = self._compared.months
        values = [months.get(month, self._zero) for month in complete]
        return median(values, self._compared.sums.currency) if values else None

    def _by_category(self, groups: Mapping[str, Sequence[Sum]]) -> dict[str, tuple[Decimal, int]]:
        return {
            category_id: (
                self._signed(sum([item.amount for item in inside], self._zero)),
                sum([item.count for item in inside]),
            )
            for category_id, inside in groups.items()
        }

    def _by_month(self, sums: Iterable[Sum]) -> dict[Month, Decimal]:
        found: dict[Month, Decimal] = {}
        for item in sums:
            month = self._named.get(item.on)
            if month is None:
                month = self._named[item.on] = self._compared.sums.calendar.month_of(item.on)
            found[month] = found.get(month, self._zero) + self._signed(item.amount)
        return found

    def _signed(self, amount: Decimal) -> Decimal:
        return self._zero - amount if self._kind in OUTGOING else amount


def _added(months: Mapping[Month, Decimal], more: Mapping[Month, Decimal]) -> Mapping[Month, Decimal]:
    if not months or not more:
        return months or more
    both = dict(months)
    for month, amount in more.items():
        both[month] = both[month] + amount if month in both else amount
    return both


def _grouped(sums: Sums) -> Groups:
    found: dict[str, dict[str, list[Sum]]] = {}
    for item in sums.items:
        kind = item.flow if item.flow not in SPENDING else "expense"
        found.setdefault(kind, {}).setdefault(item.category_id, []).append(item)
    return found


def every(items: Iterable[CategoryFigure]) -> Iterable[CategoryFigure]:
    """The figures and everything below them."""
    for item in items:
        yield item
        yield from every(item.children)


def _basis(compared: Compared, items: tuple[CategoryFigure, ...], groups: Groups) -> Basis:
    figures: dict[str, Figure] = {}
    for item in every(items):
        name = f"{item.kind}.{item.id}"
        figures[name] = _explained(compared, item, groups)
        if item.median is not None:
            figures[f"{name}.median"] = _explained_median(compared.place, item)
    return Basis(
        formula="analytics.categories",
        version=VERSION,
        assumptions={
            **assumptions(compared.sums),
            "kind": "what the rows did, not what the category is meant for",
            "previous": "as many months before when whole months are asked for, else as many days",
        },
        rows=Rows(count=sum(item.count for item in items), first=compared.place.first, last=compared.place.last),
        figures=figures,
    )


def _explained(compared: Compared, item: CategoryFigure, groups: Groups) -> Figure:
    parts: list[Sum] = []
    # Only converted sums are named one by one.
    if compared.sums.converted:
        grouped = groups.get(item.kind, {})
        parts = [part for each in every((item,)) for part in grouped.get(each.id, ())]
    conditions = {"category_id": item.id, "kind": _FLOWS.get(item.kind, item.kind)}
    return made_of(compared.place, compared.sums, parts, conditions, outgoing=item.kind in OUTGOING)


def _explained_median(place: Place, item: CategoryFigure) -> Figure:
    source = place.figure("analytics/categories/history", category_id=item.id, kind=item.kind)
    months = Input(id=f"{item.kind}.{item.id}.months", kind="figure", name="each month", value=None, source=source)
    return Figure(kind="formula", formula="median over the complete months", inputs=(months,))
