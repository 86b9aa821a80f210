"""Own money that became money of another currency, as both sides say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from finapp.transactions.domain.movement import evidence, parties
from finapp.transactions.domain.movement.scoring import Edge, Scales
from finapp.transactions.domain.movement.values import Household, LightRow

NAMED_TOLERANCE: Final = Decimal("0.15")
"""How far what both sides call an exchange may be from the rate of its day: the mark-up of a wallet is in it."""


def is_exchanged(out: LightRow, into: LightRow, household: Household, tolerance: Decimal) -> bool:
    """Whether what arrived is what left at the rate of the day it left, within the tolerance."""
    rate = household.rate(out.currency, into.currency, out.date) if household.rate is not None else None
    if not rate:
        return False
    return abs(into.amount / (-out.amount * rate) - 1) <= tolerance


def named_exchanges(rows: Iterable[LightRow], scales: Scales) -> Iterator[Edge]:
    """Exchanges of one day that both sides name: the larger amount is what became of the larger one.

    A day on which as many amounts came as left is told; the rows of any other are paired by the rate alone.
    """
    if scales.household.rate is None:
        return
    of_day: dict[date, list[LightRow]] = defaultdict(list)
    for row in rows:
        if evidence.says_exchanged(row) and parties.could_move(row):
            of_day[row.date].append(row)
    for own in of_day.values():
        for currency in sorted({row.currency for row in own if row.amount < 0}):
            for other in sorted({row.currency for row in own if row.amount > 0} - {currency}):
                yield from _matched(own, currency, other, scales)


def _matched(own: Iterable[LightRow], currency: str, other: str, scales: Scales) -> Iterator[Edge]:
    outs = sorted((row for row in own if row.amount < 0 and row.currency == currency), key=_by_size)
    ins = sorted((row for row in own if row.amount > 0 and row.currency == other), key=_by_size)
    if len(outs) != len(ins):
        return
    for out, into in zip(outs, ins, strict=True):
        if is_exchanged(out, into, scales.household, NAMED_TOLERANCE):
            edge = scales.edge(out, into, f"rate:{round(into.amount / -out.amount, 4)}")
            if edge:
                yield edge


def _by_size(row: LightRow) -> tuple[Decimal, str, str, str]:
    return abs(row.amount), row.account_id, row.description, row.id
