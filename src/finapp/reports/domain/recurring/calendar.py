"""The days on which live streams are expected."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.reports.domain.recurring.lattices import (
    LAST_DAY,
    MONTH_STEPS,
    WEEK_STEPS,
    WEEKDAYS,
    Anchor,
    Lattice,
    Shift,
)
from finapp.reports.public.recurring import ExpectedPayment, Frequency, RecurringCalendar, RecurringStream

LONGEST = 800
_ORDINALS = ("1st", "2nd", "3rd", "4th")
_RENEWAL = re.compile(r"every (\d+) days")


def calendar(streams: Sequence[RecurringStream], first: date, last: date, as_of: date) -> RecurringCalendar:
    """Expected rows between two days, both included. Raises Invalid for a period that is reversed or too long."""
    if last < first:
        raise Invalid("to", "lies before from")
    if (last - first).days > LONGEST:
        raise Invalid("to", f"must lie at most {LONGEST} days after from")
    items = [item for stream in streams for item in expected(stream, first, last)]
    basis = Basis(
        formula="reports.recurring_calendar",
        version=1,
        assumptions={
            "amount": "the last one of fixed and stepped streams, the median of the last six of variable ones"
        },
    )
    ordered = tuple(sorted(items, key=lambda item: (item.date, item.name, item.stream_id)))
    return RecurringCalendar(as_of=as_of, basis=basis, first=first, last=last, items=ordered)


def expected(stream: RecurringStream, first: date, last: date) -> Iterator[ExpectedPayment]:
    """The expected rows of one stream; none once it has ended, none of a stream still unproven."""
    if stream.next_on is None or (stream.status == "early" and stream.decision != "confirmed"):
        return
    sign = 1 if stream.direction == "in" else -1
    for day in _days(_Rule.of(stream), first, last):
        yield ExpectedPayment(
            date=day,
            stream_id=stream.id,
            name=stream.name,
            amount=sign * stream.amount.typical,
            certain=stream.amount.kind != "variable",
        )


def due_between(stream: RecurringStream, after: date, until: date) -> list[date]:
    """The days of a live stream's rule after one day and up to another, whether or not they lie before its next one."""
    found: list[date] = []
    if stream.next_on is None:
        return found
    for day in _lattice(_Rule.of(stream)).after(after.toordinal()):
        if day > until.toordinal():
            break
        found.append(date.fromordinal(day))
    return found


class _Rule(NamedTuple):
    """What says on which days a live stream is expected."""

    frequency: Frequency
    anchor: str
    shift: Shift
    holidays: str
    next_on: date

    @classmethod
    def of(cls, stream: RecurringStream) -> "_Rule":
        if stream.next_on is None:
            raise ValueError("a stream that has ended has no next day")
        return cls(stream.frequency, stream.anchor, stream.shift, stream.bank_holidays or "", stream.next_on)


# A write leaves the rules of nearly all streams as they were.
@lru_cache(4_096)
def _days(rule: _Rule, first: date, last: date) -> tuple[date, ...]:
    """The days of a rule from its next one on, between two days, both included."""
    days = [rule.next_on] if first <= rule.next_on <= last else []
    until = last.toordinal()
    later = _lattice(rule).after(max(rule.next_on.toordinal(), first.toordinal() - 1))
    days += [date.fromordinal(day) for day in takewhile(lambda day: day <= until, later)]
    return tuple(days)


@lru_cache(4_096)
def _lattice(rule: _Rule) -> Lattice:
    """The lattice that a rule's frequency, anchor and next day name."""
    anchor_day = rule.next_on.toordinal()
    renewal = _RENEWAL.fullmatch(rule.anchor)
    if renewal:
        return Lattice(rule.frequency, int(renewal[1]), anchor_day, renews=True)
    if rule.frequency in WEEK_STEPS:
        return Lattice(rule.frequency, WEEK_STEPS[rule.frequency], anchor_day)
    anchors = tuple(_anchor(words, rule.shift, rule.holidays) for words in rule.anchor.split(" and "))
    step = MONTH_STEPS.get(rule.frequency, 1)
    month = rule.next_on.year * 12 + rule.next_on.month - 1
    # A shift off a weekend may have carried the next day over a month's edge: take the month whose slot it is.
    phases = (month % step, (month - 1) % step, (month + 1) % step)
    lattices = [Lattice(rule.frequency, step, phase, anchors) for phase in dict.fromkeys(phases)]
    return min(lattices, key=lambda lattice: abs(lattice.nearest(anchor_day)[1]))


def _anchor(words: str, shift: Shift, calendar: str) -> Anchor:
    if words == "last working day":
        return Anchor(day=LAST_DAY, shift="previous", calendar=calendar)
    if words == "last day":
        return Anchor(day=LAST_DAY, shift=shift, calendar=calendar)
    kind, _, what = words.partition(" ")
    if kind == "last":
        return Anchor(nth=-1, weekday=WEEKDAYS.index(what))
    if kind in _ORDINALS and what == "working day":
        return Anchor(working=_ORDINALS.index(kind) + 1, calendar=calendar)
    if kind in _ORDINALS:
        return Anchor(nth=_ORDINALS.index(kind) + 1, weekday=WEEKDAYS.index(what))
    return Anchor(day=int(what), shift=shift, calendar=calendar)
