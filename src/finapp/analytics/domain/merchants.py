"""Where most was spent, what a visit costs, and how that drifts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.sums import RATE_PLACES, share
from finapp.analytics.public import MerchantFigure, Merchants
from finapp.kernel.basis import Basis, Figure, Input, Rows
from finapp.kernel.money import rounded

VERSION = 3


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What went to one merchant in one currency: signed, out negative."""

    merchant_id: str
    merchant: str
    currency: str
    amount: Decimal
    count: int
    last_on: date


@dataclass(frozen=True, kw_only=True)
class Visited:
    """What was spent in a period, and in the one before where that is known."""

    place: Place
    spent: Sequence[Spent]
    previous: Place
    before: Mapping[tuple[str, str], Spent] | None
    """By merchant and currency; None, with the reason, when it is not known."""
    reason: str | None


def merchants(visited: Visited, *, expenses: Decimal, currency: str, limit: int, as_of: date) -> Merchants:
    """The merchants by what was spent there, the largest first. `expenses` is the living cost of the period."""
    place = visited.place
    ordered = sorted(visited.spent, key=lambda each: (each.currency != currency, each.amount, each.merchant_id))
    items = tuple(_figure(visited, each, expenses, currency) for each in ordered[:limit])
    return Merchants(
        as_of=as_of,
        first=place.first,
        last=place.last,
        previous_first=visited.previous.first,
        previous_last=visited.previous.last,
        currency=currency,
        items=items,
        basis=Basis(
            formula="analytics.merchants",
            version=VERSION,
            assumptions={"spending": "flows expense and refund", "other_currencies": "listed last, not converted"},
            rows=Rows(count=sum(item.count for item in items), first=place.first, last=place.last),
            figures={name: figure for item in items for name, figure in _explained(visited, item, expenses).items()},
        ),
    )


def _figure(visited: Visited, spent: Spent, expenses: Decimal, currency: str) -> MerchantFigure:
    amount = Decimal(0) - spent.amount
    is_foreign = spent.currency != currency
    part = None if is_foreign else share(amount, expenses)
    missing = "other_currency" if is_foreign else "no_expenses"
    per_visit = rounded(amount / spent.count, spent.currency)
    earlier = None if visited.before is None else visited.before.get((spent.merchant_id, spent.currency))
    before = None if earlier is None else rounded(Decimal(0) - earlier.amount / earlier.count, spent.currency)
    reason = (visited.reason or "not_visited") if earlier is None else None
    drift = (per_visit / before - 1).quantize(RATE_PLACES) if before is not None and before > 0 else None
    return MerchantFigure(
        merchant_id=spent.merchant_id,
        merchant=spent.merchant,
        currency=spent.currency,
        amount=amount,
        count=spent.count,
        per_visit=per_visit,
        previous_amount=None if earlier is None else Decimal(0) - earlier.amount,
        previous_per_visit=before,
        previous_reason=reason,
        drift=drift,
        drift_reason=(reason or "no_spending_before") if drift is None else None,
        share=part,
        share_reason=missing if part is None else None,
        last_on=spent.last_on,
        transactions_query=_query(visited.place, spent.merchant_id, spent.currency),
    )


def _query(place: Place, merchant_id: str, currency: str) -> str:
    return place.query(merchant_id=merchant_id, kind="expense,refund", q=f"currency:{currency}")


def _explained(visited: Visited, item: MerchantFigure, expenses: Decimal) -> dict[str, Figure]:
    name = f"{item.merchant_id}.{item.currency}"
    amount = Input(id=name, kind="figure", name="amount", value=f"{item.amount:f}", source="this answer")
    visits = Input(id=f"{name}.count", kind="rows", name="count", value=str(item.count), source=item.transactions_query)
    figures = {
        name: Figure(kind="sum", transactions_query=item.transactions_query),
        f"{name}.per_visit": Figure(kind="formula", formula="amount / count", inputs=(amount, visits)),
    }
    if item.share is not None:
        cost = Input(
            id="expenses",
            kind="figure",
            name="expenses",
            value=f"{expenses:f}",
            source=visited.place.figure("analytics/summary"),
        )
        figures[f"{name}.share"] = Figure(kind="formula", formula="amount / expenses", inputs=(amount, cost))
    if item.previous_amount is not None:
        figures |= _explained_before(visited, name, item.previous_amount)
    if item.drift is not None and item.previous_per_visit is not None:
        inputs = (
            _input(f"{name}.per_visit", item.per_visit),
            _input(f"{name}.previous_per_visit", item.previous_per_visit),
        )
        figures[f"{name}.drift"] = Figure(kind="formula", formula="per_visit / previous_per_visit - 1", inputs=inputs)
    return figures


def _explained_before(visited: Visited, name: str, amount: Decimal) -> dict[str, Figure]:
    merchant_id, _, currency = name.rpartition(".")
    query = _query(visited.previous, merchant_id, currency)
    count = (visited.before or {})[merchant_id, currency].count
    visits = Input(id=f"{name}.previous_count", kind="rows", name="count", value=str(count), source=query)
    inputs = (_input(f"{name}.previous_amount", amount), visits)
    return {
        f"{name}.previous_amount": Figure(kind="sum", transactions_query=query),
        f"{name}.previous_per_visit": Figure(kind="formula", formula="previous_amount / count", inputs=inputs),
    }


def _input(name: str, value: Decimal) -> Input:
    return Input(id=name, kind="figure", name=name.rpartition(".")[2], value=f"{value:f}", source="this answer")
