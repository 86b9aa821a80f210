"""From when to when the ledger tells the whole story, so that complete and partial months are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from finapp.analytics.domain.calendar import PLAIN, Calendar
from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month, count_months, first_day, last_day, month_of, shift

TOLERANCE = timedelta(days=3)
"""How much later than usual a month may begin, or earlier end, and still be complete."""
WINDOW = 12
"""Months looked back on when a question names no period."""


@dataclass(frozen=True, kw_only=True)
class ActiveMonth:
    """The first and the last day with rows of one month."""

    first: date
    last: date

    @property
    def month(self) -> Month:
        """The month they lie in."""
        return month_of(self.first)


@dataclass(frozen=True, kw_only=True)
class Covered:
    """The days from `first` to `last` are known completely: a day of them without rows is a day without movement."""

    first: date
    last: date

    def contains(self, first: date, last: date) -> bool:
        """Whether a period is known completely."""
        return self.first <= first and last <= self.last

    def months(self, calendar: Calendar = PLAIN) -> tuple[Month, ...]:
        """The complete months, calendar gaps included."""
        return tuple(calendar.between(self.first, self.last))


def active_months(edges: Sequence[date], as_of: date) -> tuple[ActiveMonth, ...]:
    """The months with rows up to `as_of`, from the first and last active day of each month in order."""
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(ActiveMonth(first=first, last=min(last, as_of)) for first, last in pairs if first <= as_of)


def covered(active: Sequence[ActiveMonth], as_of: date) -> Covered | None:
    """The span that is known completely on `as_of`; None without rows.

    It begins with the first month when that month's first row lies no more than three days later than is usual for
    the household, else with the first row; it ends likewise. The usual day is the median over the other months, or
    the calendar's own when there is no other. The month of `as_of` is still going on and never complete.
    """
    if not active:
        return None
    first, last = active[0], active[-1]
    usual_first = _usual([each.first.day for each in active[1:]], 1)
    begins_in_time = first.first <= _day(first.month, usual_first) + TOLERANCE
    since = first_day(first.month) if begins_in_time else first.first
    if last.month == month_of(as_of):
        return Covered(first=since, last=min(last.last, as_of - timedelta(days=1)))
    usual_last = _usual([each.last.day for each in active[:-1]], 31)
    ends_in_time = last.last >= _day(last.month, usual_last) - TOLERANCE
    return Covered(first=since, last=last_day(last.month) if ends_in_time else last.last)


def _usual(days: Sequence[int], otherwise: int) -> int:
    return median_low(days) if days else otherwise


def _day(month: Month, day: int) -> date:
    return min(last_day(month), first_day(month) + timedelta(days=day - 1))


def window(active: Sequence[ActiveMonth], span: Covered | None, calendar: Calendar = PLAIN) -> tuple[Month, ...]:
    """The complete months among the last twelve, ending with the last complete one that has rows; may be empty."""
    if span is None:
        return ()

    def is_complete(month: Month) -> bool:
        return span.contains(calendar.first_day(month), calendar.last_day(month))

    # From the end, so that a long history is not walked through.
    with_rows = (calendar.month_of(day) for each in reversed(active) for day in (each.last, each.first))
    newest = next(filter(is_complete, with_rows), None)
    if newest is None:
        return ()
    return tuple(filter(is_complete, (shift(newest, step) for step in range(1 - WINDOW, 1))))


def period(
    first: date | None,
    last: date | None,
    active: Sequence[ActiveMonth],
    span: Covered | None,
    as_of: date,
    calendar: Calendar = PLAIN,
) -> tuple[date, date]:
    """The first and last day a question is about; nothing after `as_of` exists.

    Without days: the window of complete months, else the newest month with rows, else the month of `as_of`.
    Raises Invalid when the period begins after `as_of` or after its own end.
    """
    if first is None and last is None:
        return _default_period(active, span, as_of, calendar)
    until = min(last or as_of, as_of)
    since = first or calendar.first_day(shift(calendar.month_of(until), 1 - WINDOW))
    if last is not None and since > last:
        raise Invalid("from", "lies after `to`")
    if since > as_of:
        raise Invalid("from", "lies after the day of the question")
    return since, until


def _default_period(
    active: Sequence[ActiveMonth], span: Covered | None, as_of: date, calendar: Calendar
) -> tuple[date, date]:
    months = window(active, span, calendar)
    if months:
        return calendar.first_day(months[0]), calendar.last_day(months[-1])
    newest = calendar.month_of(active[-1].last if active else as_of)
    return calendar.first_day(newest), min(calendar.last_day(newest), as_of)


def before(first: date, last: date, calendar: Calendar = PLAIN) -> tuple[date, date]:
    """The period of equal length before: as many months when both ends are those of months, else as many days."""
    until = first - timedelta(days=1)
    begin, end = calendar.month_of(first), calendar.month_of(last)
    if calendar.first_day(begin) != first or calendar.last_day(end) != last:
        return first - (last - first) - timedelta(days=1), until
    return calendar.first_day(shift(begin, -count_months(begin, end) - 1)), until
