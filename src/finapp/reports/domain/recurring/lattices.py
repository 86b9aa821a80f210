"""Calendar lattices: the days on which a rule falls due. Days are proleptic ordinals (`date.toordinal`)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from finapp.reports.domain.recurring.working_days import is_working_day
from finapp.reports.public.recurring import Frequency

Shift = Literal["none", "next", "previous"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RENEWALS: dict[int, Frequency] = {
    28: "four_weekly",
    30: "monthly",
    56: "bimonthly",
    60: "bimonthly",
    84: "quarterly",
    90: "quarterly",
    180: "half_yearly",
}
"""Days that a prepaid plan lasts: the next one is counted from the day on which the last one was bought."""
WEEK_STEPS: dict[Frequency, int] = {"weekly": 7, "biweekly": 14, "four_weekly": 28}
MONTH_STEPS: dict[Frequency, int] = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "half_yearly": 6, "yearly": 12}
DAYS_PER_YEAR = 365.25
PERIODS: dict[Frequency, float] = {
    "weekly": 7,
    "biweekly": 14,
    "four_weekly": 28,
    "semi_monthly": DAYS_PER_YEAR / 24,
    "monthly": DAYS_PER_YEAR / 12,
    "bimonthly": DAYS_PER_YEAR / 6,
    "quarterly": DAYS_PER_YEAR / 4,
    "half_yearly": DAYS_PER_YEAR / 2,
    "yearly": DAYS_PER_YEAR,
}
LAST_DAY = 31
_ORDINALS = ("1st", "2nd", "3rd", "4th")


@lru_cache(maxsize=4096)
def month_start(index: int) -> tuple[int, int]:
    """(ordinal of the first day, days) of month number `index` = year * 12 + month - 1."""
    year, month = divmod(index, 12)
    return date(year, month + 1, 1).toordinal(), monthrange(year, month + 1)[1]


@lru_cache(maxsize=65_536)
def month_and_day(day: int) -> tuple[int, int]:
    """(month number, day of month) of an ordinal."""
    when = date.fromordinal(day)
    return when.year * 12 + when.month - 1, when.day


def shifted(day: int, shift: Shift, calendar: str = "") -> int:
    """The day, or the next or previous working day when it is none."""
    if shift == "none":
        return day
    step = 1 if shift == "next" else -1
    while not is_working_day(day, calendar):
        day += step
    return day


@dataclass(frozen=True)
class Anchor:
    """The place inside a month: a day (31 is the last) moved off closed days by `shift`, the nth weekday (-1 is the
    last), or the nth working day. `calendar` names the bank holidays that count as closed."""

    day: int = 0
    nth: int = 0
    weekday: int = 0
    working: int = 0
    shift: Shift = "none"
    calendar: str = ""

    def on(self, month: int) -> int:
        """The ordinal of this place in month number `month`."""
        start, length = month_start(month)
        if self.nth > 0:
            return start + (self.weekday - (start - 1)) % 7 + 7 * (self.nth - 1)
        if self.nth:
            last = start + length - 1
            return last - (last - 1 - self.weekday) % 7
        if self.working:
            return _working_day(start, self.working, self.calendar)
        return shifted(start + min(self.day, length) - 1, self.shift, self.calendar)

    @property
    def words(self) -> str:
        """The rule as a person would say it."""
        if self.nth:
            return f"{'last' if self.nth < 0 else _ORDINALS[self.nth - 1]} {WEEKDAYS[self.weekday]}"
        if self.working:
            return f"{_ORDINALS[self.working - 1]} working day"
        if self.day == LAST_DAY:
            return "last working day" if self.shift == "previous" else "last day"
        return f"day {self.day}"


@lru_cache(maxsize=4096)
def _working_day(start: int, number: int, calendar: str) -> int:
    day = shifted(start, "next", calendar)
    for _ in range(number - 1):
        day = shifted(day + 1, "next", calendar)
    return day


class _Days(dict[int, int]):
    """The ordinal of one place in each month, worked out when it is first asked for."""

    def __init__(self, anchor: Anchor) -> None:
        self._anchor = anchor

    def __missing__(self, month: int) -> int:
        day = self[month] = self._anchor.on(month)
        return day


@lru_cache(maxsize=4096)
def _days(anchor: Anchor) -> _Days:
    return _Days(anchor)


@dataclass(frozen=True)
class Lattice:
    """A rule without beginning or end; slot numbers count its days in order.

    Week rules: `phase` is the ordinal of slot 0 and `step` is in days. Month rules: `anchors` inside each `step`-th
    month, `phase` being the remainder of the month number. Renewals are counted from the last row, which is slot 0.
    """

    frequency: Frequency
    step: int
    phase: int
    anchors: tuple[Anchor, ...] = ()
    renews: bool = False

    @property
    def period(self) -> float:
        """Mean days from one slot to the next."""
        return float(self.step) if self.renews else PERIODS[self.frequency]

    def day(self, slot: int) -> int:
        """The ordinal of a slot."""
        if not self.anchors:
            return self.phase + slot * self.step
        turn, which = divmod(slot, len(self.anchors))
        return self.anchors[which].on(turn * self.step + self.phase)

    def around(self, first: int, last: int) -> tuple[int, Sequence[int]]:
        """(slot, its day and those that follow it): all from before the slot nearest to a day to after that nearest to
        a later one."""
        if not self.anchors:
            slot, end = (first - self.phase) // self.step - 1, (last - self.phase) // self.step + 3
            return slot, range(self.phase + slot * self.step, self.phase + end * self.step, self.step)
        turn = (month_and_day(first)[0] - self.phase) // self.step - 1
        end = (month_and_day(last)[0] - self.phase) // self.step + 3
        months = range(turn * self.step + self.phase, end * self.step + self.phase, self.step)
        if len(self.anchors) == 1:
            days = _days(self.anchors[0])
            return turn, [days[month] for month in months]
        each = [_days(anchor) for anchor in self.anchors]
        return turn * len(each), [days[month] for month in months for days in each]

    def nearest(self, day: int) -> tuple[int, int]:
        """(slot, residual days) of the slot nearest to a day; the earlier slot on a tie."""
        if not self.anchors:
            slot = (day - self.phase + self.step // 2) // self.step
            return slot, day - self.phase - slot * self.step
        turn = (month_and_day(day)[0] - self.phase) // self.step
        if len(self.anchors) == 1:
            return self._nearest_turn(turn, day)
        count = len(self.anchors)
        slots = range(turn * count - 1, (turn + 1) * count + 1)
        return min(((slot, day - self.day(slot)) for slot in slots), key=lambda pair: abs(pair[1]))

    def _nearest_turn(self, turn: int, day: int) -> tuple[int, int]:
        anchor, step, phase = self.anchors[0], self.step, self.phase
        residual = day - anchor.on(turn * step + phase)
        beside = turn - 1 if residual < 0 else turn + 1
        other = day - anchor.on(beside * step + phase)
        return (turn, residual) if abs(residual) <= abs(other) else (beside, other)

    def after(self, day: int) -> Iterator[int]:
        """The lattice's days after a day, without end."""
        slot = self.nearest(day)[0] - 1
        while True:
            if self.day(slot) > day:
                yield self.day(slot)
            slot += 1

    @property
    def words(self) -> str:
        """The anchor in words."""
        if self.anchors:
            return " and ".join(anchor.words for anchor in self.anchors)
        if self.renews:
            return f"every {self.step} days"
        return f"every {WEEKDAYS[(self.phase - 1) % 7]}"
