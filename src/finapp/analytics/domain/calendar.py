"""The household's months: they may start on any day, on the last working day, or on pay day.

A month is named `YYYY-MM` after the calendar month its fifteenth day lies in: one that starts on 25 October is
`2026-11`, one that starts on 5 November is `2026-11` too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from finapp.analytics.public import MonthStart
from finapp.kernel.months import Month, first_day, last_day, month_of, shift

NAMED_AFTER = timedelta(days=14)
LATEST_IN_MONTH = 17
"""Months that start on a later day are named after the next calendar month."""
_LONGEST = 31
STRAY = 7
"""Days that a pay day may differ from the usual one and still start a month."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When each month starts. Consecutive months leave no gap."""

    starts: MonthStart = field(default_factory=MonthStart)
    offset: int | None = None
    """For pay day: the usual day of the calendar month of its name; 0 and below stand for the 31st of the month before
    and the days before that. None when unknown."""
    paydays: Mapping[Month, date] = field(default_factory=dict)
    """Month -> the day the salary came."""

    @property
    def is_plain(self) -> bool:
        """Whether months are those of the calendar."""
        if self.starts.kind == "payday":
            return self.offset is None
        return self.starts.kind == "day" and self.starts.day == 1

    def first_day(self, month: Month) -> date:
        """The day a month starts."""
        if self.is_plain:
            return first_day(month)
        if self.starts.kind == "payday":
            return self.paydays.get(month) or _usual(month, self.offset or 0)
        if self.starts.kind == "last_working_day":
            return _last_working_day(shift(month, -1))
        inside = month if self.starts.day <= LATEST_IN_MONTH else shift(month, -1)
        return min(first_day(inside) + timedelta(days=self.starts.day - 1), last_day(inside))

    def last_day(self, month: Month) -> date:
        """The day a month ends."""
        return self.first_day(shift(month, 1)) - timedelta(days=1)

    def month_of(self, day: date) -> Month:
        """The month a day lies in."""
        if self.is_plain:
            return month_of(day)
        near = month_of(day)
        return next(each for each in (shift(near, 1), near, shift(near, -1)) if self.first_day(each) <= day)

    def between(self, first: date, last: date) -> Iterator[Month]:
        """The months that lie in a period as a whole."""
        month = self.month_of(first)
        if self.first_day(month) < first:
            month = shift(month, 1)
        while self.last_day(month) <= last:
            yield month
            month = shift(month, 1)

    def pieces(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """A period cut at the months' borders: (first, last) days in order."""
        while first <= last:
            until = min(self.last_day(self.month_of(first)), last)
            yield first, until
            first = until + timedelta(days=1)


PLAIN = Calendar()
"""The months of the calendar."""


def of_paydays(starts: MonthStart, days: Sequence[date]) -> Calendar:
    """The calendar of pay days: a month starts on the day its salary came, else on the usual day.

    The usual day is the median. A salary more than a week off it (a bonus, a correction) starts no month.
    """
    named = [(month_of(day + NAMED_AFTER), day) for day in sorted(days)]
    if not named:
        return Calendar(starts=starts)
    numbers = sorted(day.day if month_of(day) == month else day.day - _LONGEST for month, day in named)
    usual = numbers[(len(numbers) - 1) // 2]
    found: dict[Month, date] = {}
    for month, day in named:
        away, known = abs((day - _usual(month, usual)).days), found.get(month)
        if away <= STRAY and (known is None or away < abs((known - _usual(month, usual)).days)):
            found[month] = day
    return Calendar(starts=starts, offset=usual, paydays=found)


def _usual(month: Month, number: int) -> date:
    inside, day = (month, number) if number > 0 else (shift(month, -1), number + _LONGEST)
    return min(first_day(inside) + timedelta(days=day - 1), last_day(inside))


def _last_working_day(month: Month) -> date:
    day = last_day(month)
    return day - timedelta(days=max(day.weekday() - 4, 0))
