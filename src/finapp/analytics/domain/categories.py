"""The category tree with totals, compared with the period before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.analytics.domain.explained import OUTGOING, made_of
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sum, Sums, share
from finapp.analytics.public import CategoryFigure, CategoryTree
from finapp.kernel.basis import Basis, Figure, Rows
from finapp.kernel.money import from_minor

VERSION = 1
Kind = Literal["income", "expense", "transfer", "investment", "debt"]
KINDS: tuple[Kind, ...] = ("income", "expense", "debt", "investment", "transfer")
_FLOWS = {"expense": ",".join(SPENDING)}


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A category of the household, as it stands in the tree."""

    id: str
    code: str
    name: str
    parent_id: str | None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Sums of a period and of the one before; `previous` is None when the ledger does not reach back that far."""

    place: Place
    sums: Sums
    previous_first: date
    previous_last: date
    previous: Sums | None


def tree(compared: Compared, branches: Sequence[Branch], include_transfers: bool, as_of: date) -> CategoryTree:
    """Every category with rows in the period, parents with everything below them, the largest first."""
    kinds = [kind for kind in KINDS if include_transfers or kind != "transfer"]
    sums = compared.sums
    items = tuple(item for kind in kinds for item in _of_kind(compared, branches, kind))
    count = sum(item.count for item in items)
    figures = {f"{item.kind}.{item.id}": _explained(compared, item) for item in _every(items)}
    return CategoryTree(
        as_of=as_of,
        first=compared.place.first,
        last=compared.place.last,
        currency=sums.currency,
        previous_first=compared.previous_first,
        previous_last=compared.previous_last,
        items=items,
        other_currencies=sums.others,
        basis=Basis(
            formula="analytics.categories",
            version=VERSION,
            assumptions={
                **assumptions(sums),
                "kind": "what the rows did, not what the category is meant for",
                "previous": "as many months before when whole months are asked for, else as many days",
            },
            rows=Rows(count=count, first=compared.place.first, last=compared.place.last),
            figures=figures,
        ),
    )


def _every(items: Iterable[CategoryFigure]) -> Iterable[CategoryFigure]:
    for item in items:
        yield item
        yield from _every(item.children)


def _explained(compared: Compared, item: CategoryFigure) -> Figure:
    inside = {each.id for each in _every((item,))}
    parts = [each for each in compared.sums.items if each.category_id in inside and _kind(each) == item.kind]
    conditions = {"category_id": item.id, "kind": _FLOWS.get(item.kind, item.kind)}
    return made_of(compared.place, compared.sums, parts, conditions, outgoing=item.kind in OUTGOING)


def _kind(item: Sum) -> str:
    return item.flow if item.flow not in SPENDING else "expense"


def _of_kind(compared: Compared, branches: Sequence[Branch], kind: Kind) -> list[CategoryFigure]:
    currency = compared.sums.currency
    zero = from_minor(0, currency)
    now = _by_category(compared.sums.items, kind, zero)
    earlier = _by_category(compared.previous.items, kind, zero) if compared.previous is not None else None
    whole = sum((amount for amount, _ in now.values()), zero)
    known = {branch.id for branch in branches}
    # A category that was deleted meanwhile still has its rows in the sums.
    lost = [Branch(id=each, code=each, name=each, parent_id=None) for each in now if each not in known]
    children: dict[str | None, list[Branch]] = {}
    for branch in (*branches, *lost):
        children.setdefault(branch.parent_id, []).append(branch)

    def figure(branch: Branch) -> CategoryFigure | None:
        below = _largest_first(found for child in children.get(branch.id, ()) if (found := figure(child)))
        amount, count = now.get(branch.id, (zero, 0))
        previous = None if earlier is None else earlier.get(branch.id, (zero, 0))[0]
        return _figure(compared.place, branch, kind, whole, _Own(amount, count, previous, tuple(below)))

    return _largest_first(found for branch in children.get(None, ()) if (found := figure(branch)))


def _largest_first(items: Iterable[CategoryFigure]) -> list[CategoryFigure]:
    return sorted(items, key=lambda item: (-item.amount, item.id))


def _by_category(sums: Iterable[Sum], kind: Kind, zero: Decimal) -> dict[str, tuple[Decimal, int]]:
    found: dict[str, tuple[Decimal, int]] = {}
    outgoing = kind in OUTGOING
    for item in sums:
        if _kind(item) == kind:
            amount, count = found.get(item.category_id, (zero, 0))
            found[item.category_id] = (amount - item.amount if outgoing else amount + item.amount, count + item.count)
    return found


@dataclass(frozen=True)
class _Own:
    amount: Decimal
    count: int
    previous: Decimal | None
    children: tuple[CategoryFigure, ...]


def _figure(place: Place, branch: Branch, kind: Kind, whole: Decimal, own: _Own) -> CategoryFigure | None:
    count = own.count + sum(child.count for child in own.children)
    previous = own.previous
    if previous is not None:
        previous += sum((child.previous or Decimal(0) for child in own.children), Decimal(0))
    if not count and not previous:
        return None
    amount = own.amount + sum((child.amount for child in own.children), Decimal(0))
    part = share(amount, whole) if kind != "transfer" else None
    return CategoryFigure(
        id=branch.id,
        code=branch.code,
        name=branch.name,
        kind=kind,
        amount=amount,
        share=part,
        share_reason="no_total" if part is None else None,
        previous=previous,
        previous_reason="ledger_starts_later" if previous is None else None,
        count=count,
        transactions_query=place.query(category_id=branch.id, kind=_FLOWS.get(kind, kind)),
        children=own.children,
    )
