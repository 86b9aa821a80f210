"""Year fractions between two dates under the day counts that lenders use, as exact integers.

Every convention has one denominator (`UNITS_PER_YEAR`), so that interest is a product of exact factors with a single
division at the end, and a tie at half a cent is seen as a tie. Source: ISDA 2006 Definitions, section 4.16.
"""

from calendar import isleap, monthrange
from datetime import date

from finapp.assets.public import DayCount

UNITS_PER_YEAR: dict[DayCount, int] = {
    "30/360": 360,
    "30e/360": 360,
    "act/365f": 365,
    "act/360": 360,
    "act/act": 365 * 366,
}


def units(first: date, last: date, convention: DayCount) -> int:
    """The time from `first` to `last` in units of 1/UNITS_PER_YEAR[convention] of a year.

    `30/360` is the US rule with its end-of-February clause; `30e/360` the Eurobond rule; `act/act` is ISDA: days in
    leap years over 366, the others over 365. Negative when `last` is earlier.
    """
    if convention == "30/360":
        return _thirty_us(first, last)
    if convention == "30e/360":
        return _thirty(first, min(first.day, 30), last, min(last.day, 30))
    if convention == "act/act":
        return _actual_actual(first, last)
    return (last - first).days


def _thirty(first: date, first_day: int, last: date, last_day: int) -> int:
    return 360 * (last.year - first.year) + 30 * (last.month - first.month) + last_day - first_day


def _thirty_us(first: date, last: date) -> int:
    start, end = first.day, last.day
    if _ends_february(first):
        if _ends_february(last):
            end = 30
        start = 30
    if end == 31 and start >= 30:
        end = 30
    return _thirty(first, min(start, 30), last, end)


def _ends_february(day: date) -> bool:
    return day.month == 2 and day.day == monthrange(day.year, 2)[1]


def _actual_actual(first: date, last: date) -> int:
    if last < first:
        return -_actual_actual(last, first)
    total, day = 0, first
    while day < last:
        stop = min(last, date(day.year + 1, 1, 1)) if day.year < date.max.year else last
        total += (stop - day).days * (365 if isleap(day.year) else 366)
        day = stop
    return total
