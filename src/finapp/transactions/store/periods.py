"""A period in the whole months that sums are kept of, and the days before and after them."""

from dataclasses import dataclass
from datetime import date, timedelta

from finapp.kernel.months import Month, first_day, last_day, month_of


@dataclass(frozen=True)
class Parts:
    """`months` is (first, last), None when the period has no whole month; `days` are (first, last) of the rest."""

    months: tuple[Month, Month] | None
    days: tuple[tuple[date, date], ...]


def whole_years(first: Month, last: Month) -> tuple[tuple[str, str] | None, tuple[tuple[Month, Month], ...]]:
    """The (first, last) whole years of months, None without one, and the (first, last) months of the rest."""
    begin = int(first[:4]) + (first[5:] != "01")
    end = int(last[:4]) - (last[5:] != "12")
    if end < begin:
        return None, ((first, last),)
    before, after = Month(f"{begin - 1:04d}-12"), Month(f"{end + 1:04d}-01")
    rest = [(first, before)] if first <= before else []
    if after <= last:
        rest.append((after, last))
    return (f"{begin:04d}", f"{end:04d}"), tuple(rest)


def parted(first: date, last: date) -> Parts:
    """The parts of a period, both ends included."""
    if month_of(first) >= month_of(last) and (first.day != 1 or last != last_day(month_of(first))):
        return Parts(None, ((first, last),))
    begin = first if first.day == 1 else last_day(month_of(first)) + timedelta(days=1)
    end = last if last == last_day(month_of(last)) else first_day(month_of(last)) - timedelta(days=1)
    if end < begin:
        return Parts(None, ((first, last),))
    days = [(first, begin - timedelta(days=1))] if first < begin else []
    if end < last:
        days.append((end + timedelta(days=1), last))
    return Parts((month_of(begin), month_of(end)), tuple(days))
