"""Where most was spent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.sums import share
from finapp.analytics.public import MerchantFigure, Merchants
from finapp.kernel.basis import Basis, Figure, Rows
from finapp.kernel.money import rounded

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What went to one merchant in one currency: signed, out negative."""

    merchant_id: str
    merchant: str
    currency: str
    amount: Decimal
    count: int
    last_on: date


def merchants(
    place: Place, spent: Sequence[Spent], *, expenses: Decimal, currency: str, limit: int, as_of: date
) -> Merchants:
    """The merchants by what was spent there, the largest first. `expenses` is the living cost of the period."""
    ordered = sorted(spent, key=lambda each: (each.currency != currency, each.amount, each.merchant_id))[:limit]
    items = tuple(_figure(place, each, expenses, currency) for each in ordered)
    return Merchants(
        as_of=as_of,
        first=place.first,
        last=place.last,
        currency=currency,
        items=items,
        basis=Basis(
            formula="analytics.merchants",
            version=VERSION,
            assumptions={"spending": "flows expense and refund", "other_currencies": "listed last, not converted"},
            rows=Rows(count=sum(item.count for item in items), first=place.first, last=place.last),
            figures={
                f"{item.merchant_id}.{item.currency}": Figure(kind="sum", transactions_query=item.transactions_query)
                for item in items
            },
        ),
    )


def _figure(place: Place, spent: Spent, expenses: Decimal, currency: str) -> MerchantFigure:
    amount = Decimal(0) - spent.amount
    is_foreign = spent.currency != currency
    part = None if is_foreign else share(amount, expenses)
    missing = "other_currency" if is_foreign else "no_expenses"
    return MerchantFigure(
        merchant_id=spent.merchant_id,
        merchant=spent.merchant,
        currency=spent.currency,
        amount=amount,
        count=spent.count,
        per_visit=rounded(amount / spent.count, spent.currency),
        share=part,
        share_reason=missing if part is None else None,
        last_on=spent.last_on,
        transactions_query=place.query(
            merchant_id=spent.merchant_id, kind="expense,refund", q=f"currency:{spent.currency}"
        ),
    )
