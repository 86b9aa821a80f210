"""Draws the everyday rows of a month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count as counting
from random import Random
from typing import NamedTuple

from finapp.app.demo.booking import Source
from finapp.app.demo.narrations import day_slots, draw_number, number_slots
from finapp.app.demo.outlets import Outlet, Spending

_REVERSED = 0.004
_TWINS = 0.35


class Draft(NamedTuple):
    """A row before it has a place in its account: sorted by day, then by `rank` within the day."""

    day: date
    rank: int
    source: Source
    minor: int
    text: str
    reference: str
    transfer_id: str | None = None
    refund_id: str | None = None


@dataclass(kw_only=True)
class Numbering:
    """Ids that run through the whole history of a household."""

    counters: dict[str, "counting[int]"] = field(default_factory=dict)

    def next(self, kind: str) -> str:
        """The next id of that kind, such as `refund-000017`."""
        counter = self.counters.setdefault(kind, counting(1))
        return f"{kind}-{next(counter):06d}"


@dataclass(kw_only=True)
class Printer:
    """Prints drafts, with the slots of each day made once."""

    random: Random
    days: dict[date, dict[str, str]] = field(default_factory=dict)

    def slots(self, day: date) -> dict[str, str]:
        """The slots of `day`."""
        if day not in self.days:
            self.days[day] = day_slots(day)
        return self.days[day]

    def draft(
        self,
        day: date,
        source: Source,
        minor: int,
        *,
        transfer_id: str | None = None,
        refund_id: str | None = None,
        rank: int | None = None,
    ) -> Draft:
        """One row of `source` on `day`."""
        number = draw_number(self.random)
        slots = number_slots(self.slots(day), number, rich=True)
        place = number if rank is None else rank
        return Draft(day, place, source, minor, source.text % slots, slots["rrn"], transfer_id, refund_id)


def _comes_back(
    printer: Printer, outlet: Outlet, spent: Draft, last: date, numbering: Numbering, *, failed: bool
) -> list[Draft]:
    """The purchase with what comes back of it: all or half after some days, or a `failed` payment within a day."""
    random = printer.random
    back = outlet.reversal if failed else outlet.refund
    if back is None:
        return [spent]
    after = int(random.random() * 2) if failed else 2 + int(random.random() * 12)
    day = spent.day + timedelta(days=after)
    if day > last:
        return [spent]
    refund_id = numbering.next("reversal" if failed else "refund")
    amount = spent.minor if failed or random.random() < 0.7 else spent.minor // 2
    rank = spent.rank + 1 if after == 0 else None
    returned = printer.draft(day, back, -amount, refund_id=refund_id, rank=rank)
    return [spent._replace(refund_id=refund_id), returned]


def everyday(
    printer: Printer,
    spending: Spending,
    days: Sequence[date],
    *,
    rows: int,
    shrink: float,
    last: date,
    numbering: Numbering,
) -> list[Draft]:
    """`rows` purchases or a few more, spread over `days`; refunds may fall on later days up to `last`.

    `shrink` scales amounts down when a household is asked for far more rows than people have.
    """
    random = printer.random
    draw, bits, spread = random.random, random.getrandbits, len(days)
    slots_of = [printer.slots(day) for day in days]
    drafts: list[Draft] = []
    append = drafts.append
    for outlet in random.choices(spending.outlets, cum_weights=spending.cumulative, k=rows):
        place = int(draw() * spread)
        chance = draw()
        amount = int((outlet.low + outlet.spread * chance * chance * chance) * shrink)
        amount -= amount % outlet.step
        number = 1_000_000_000_000_000 + bits(52)
        slots = number_slots(slots_of[place], number, rich=outlet.rich)
        source = outlet.source
        spent = Draft(
            days[place], number, source, -(amount or outlet.step), source.text % slots, slots["rrn"], None, None
        )
        fate = draw()
        if fate < outlet.returns + _REVERSED:
            drafts += _comes_back(printer, outlet, spent, last, numbering, failed=fate < _REVERSED)
        else:
            append(spent)
        if outlet.twins and draw() < _TWINS:
            append(printer.draft(days[place], source, spent.minor, rank=number + 1))
    return drafts
