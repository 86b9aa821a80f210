"""Streams that can be relied on, for whoever plans with them."""

from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import from_minor
from finapp.reports.public.recurring import Obligation, Obligations, RecurringPayments, RecurringStream


def obligations(found: RecurringPayments) -> Obligations:
    """Confirmed streams that have not ended, and live mature ones nobody has said anything against."""
    items = tuple(
        sorted(map(_obligation, filter(_is_relied_on, found.streams)), key=lambda one: (one.next_on, one.name))
    )
    totals = {
        direction: sum(
            (one.monthly for one in items if one.direction == direction and one.flow != "transfer"),
            from_minor(0, found.currency),
        )
        for direction in ("in", "out")
    }
    return Obligations(
        as_of=found.as_of,
        basis=_basis(items),
        currency=found.currency,
        items=items,
        monthly_in=None if found.monthly_in is None else totals["in"],
        monthly_in_reason=found.monthly_in_reason,
        monthly_out=None if found.monthly_out is None else totals["out"],
        monthly_out_reason=found.monthly_out_reason,
    )


def _is_relied_on(stream: RecurringStream) -> bool:
    if stream.next_on is None:
        return False
    return stream.decision == "confirmed" or stream.status in ("mature", "overdue")


def _obligation(stream: RecurringStream) -> Obligation:
    if stream.next_on is None:
        raise ValueError("a stream that has ended is no obligation")
    return Obligation(
        stream_id=stream.id,
        name=stream.name,
        direction=stream.direction,
        confirmed=stream.decision == "confirmed",
        category=stream.category,
        flow=stream.flow,
        account_id=stream.account_id,
        frequency=stream.frequency,
        amount=stream.amount.typical,
        monthly=stream.monthly_equivalent,
        next_on=stream.next_on,
    )


def _basis(items: tuple[Obligation, ...]) -> Basis:
    return Basis(
        formula="reports.obligations",
        version=1,
        assumptions={"relied_on": "confirmed and not ended, or mature and not dismissed"},
        figures={
            f"monthly_{direction}": Figure(
                kind="formula",
                formula="sum of the monthly equivalents, own transfers left out",
                inputs=tuple(
                    Input(id=one.stream_id, kind="figure", name=one.name, value=str(one.monthly), source="derived")
                    for one in items
                    if one.direction == direction and one.flow != "transfer"
                ),
            )
            for direction in ("in", "out")
        },
    )
