"""Rows that a bank had not booked yet, and the rows that they became: days later, often in other words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from finapp.transactions.domain.identity import ALIKE, Known, likeness

LONGEST = timedelta(days=10)
"""From the day of a payment to the day it is booked: card schemes let an authorisation stand for seven days or more."""

TOLERANCE = Decimal("0.25")
"""Share of a pending amount by which the booked one may differ: tips, fuel, extras of a hotel."""
HOLD = Decimal(1)
"""What pumps and hotels hold before they know the amount: such a payment is booked at any."""


@dataclass(frozen=True, kw_only=True)
class Printing:
    """What a statement prints of a row, where that may be another day, text or state than the row has."""

    date: date
    description: str
    bank_id: str | None
    balance_after: int | None
    status: str


@dataclass(frozen=True, kw_only=True)
class Became:
    """Keys of pending rows -> keys of the booked rows they are (`sure`), or could be (`doubtful`)."""

    sure: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)


def became(pending: Iterable[Known], booked: Iterable[Known]) -> Became:
    """Pairs pending rows with booked rows of equal amount, one to one: by the bank's own id, else by alike words within
    the days a booking takes, the nearest first. An equal amount in other words is doubtful."""
    waiting, left = {row.key: row for row in pending}, {row.key: row for row in booked}
    near = sorted(
        (
            (row.bank_id is None or row.bank_id != other.bank_id, other.date - row.date, row.key, other.key)
            for row in waiting.values()
            for other in left.values()
            if row.amount == other.amount and timedelta() <= other.date - row.date <= LONGEST
        ),
        key=lambda each: each[:2],
    )
    found = Became()
    for alike, pairs in ((True, found.sure), (False, found.doubtful)):
        for unnamed, _, mine, theirs in near:
            if mine not in waiting or theirs not in left:
                continue
            same = not unnamed or likeness(waiting[mine].description, left[theirs].description) >= ALIKE
            if same or not alike:
                pairs[mine] = theirs
                del waiting[mine], left[theirs]
    return found


def may_become(pending: Known, booked: Known) -> bool:
    """Whether a payment may have been booked at another amount: in alike words, within the days a booking takes."""
    if pending.amount * booked.amount <= 0 or not timedelta() <= booked.date - pending.date <= LONGEST:
        return False
    near = abs(booked.amount - pending.amount) <= TOLERANCE * abs(pending.amount)
    return (near or abs(pending.amount) == HOLD) and likeness(pending.description, booked.description) >= ALIKE


def nearly(pending: Iterable[Known], booked: Iterable[Known]) -> dict[str, str]:
    """Keys of booked rows -> keys of the pending rows they may be at another amount, one to one, the nearest first."""
    others = list(booked)
    near = sorted(
        ((abs(other.amount - row.amount), other.date - row.date, row.key, other.key)
         for row in pending for other in others if may_become(row, other)),
        key=lambda each: each[:2],
    )  # fmt: skip
    found: dict[str, str] = {}
    for _, _, mine, theirs in near:
        if theirs not in found and mine not in found.values():
            found[theirs] = mine
    return found
