"""The household's months: they may start on any day, on the last working day, or on pay day.

A month is named `YYYY-MM` after the calendar month in which most of it lies: one that usually starts on the 17th or
before is named after the calendar month it starts in, a later one after the next. One that starts on 25 October is
`2026-11`, one that starts on 5 November is `2026-11` too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, median_low

from finapp.analytics.public import MonthStart
from finapp.kernel.months import Month, first_day, last_day, month_of, shift

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


def of_paydays(starts: MonthStart, salaries: Mapping[date, Decimal]) -> Calendar:
    """The calendar of pay days: a month starts on the day its salary came, else on the usual day.

    Of the salaries of a month the largest counts. The usual day is the median. A salary belongs to the month whose
    usual day is nearest; one more than a week off it (a bonus, a correction) starts no month.
    """
    if not salaries:
        return Calendar(starts=starts)
    # Days around the end of a month are near each other, and so are those in its middle: one border parts them, and
    # leaves one of two neighbours out.
    _, _, usual, days = min(_counted(salaries, border) for border in (LATEST_IN_MONTH, _LONGEST))
    if usual > LATEST_IN_MONTH:
        usual -= _LONGEST
    found: dict[Month, date] = {}
    for day in days:
        near = month_of(day)
        away, month = min((_away(day, each, usual), each) for each in (shift(near, -1), near, shift(near, 1)))
        if away <= STRAY and (month not in found or away < _away(found[month], month, usual)):
            found[month] = day
    return Calendar(starts=starts, offset=usual, paydays=found)


def _counted(salaries: Mapping[date, Decimal], border: int) -> tuple[Decimal, float, int, list[date]]:
    """The days of each month's largest salary, where days of the month after `border` count as before the next one.

    Before them how much salary they leave out, how far apart they lie, and their median.
    """
    most: dict[Month, date] = {}
    for day in sorted(salaries):
        month = month_of(day) if day.day <= border else shift(month_of(day), 1)
        if month not in most or salaries[day] > salaries[most[month]]:
            most[month] = day
    days = list(most.values())
    numbers = [day.day if day.day <= border else day.day - _LONGEST for day in days]
    usual = median_low(numbers)
    left_out = sum(salaries.values(), Decimal(0)) - sum(salaries[day] for day in days)
    return left_out, mean(abs(number - usual) for number in numbers), usual, days


def _away(day: date, month: Month, usual: int) -> int:
    return abs((day - _usual(month, usual)).days)


def _usual(month: Month, number: int) -> date:
    inside, day = (month, number) if number > 0 else (shift(month, -1), number + _LONGEST)
    return min(first_day(inside) + timedelta(days=day - 1), last_day(inside))


def _last_working_day(month: Month) -> date:
    day = last_day(month)
    return day - timedelta(days=max(day.weekday() - 4, 0))
