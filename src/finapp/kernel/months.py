"""Calendar months as sortable `YYYY-MM` strings, and date arithmetic that keeps its anchor day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NewType

Month = NewType("Month", str)
"""A calendar month, `YYYY-MM`. Text order is time order."""


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(f"{day.year:04d}-{day.month:02d}")


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:7]), 1)


def last_day(month: Month) -> date:
    """The last day of a month."""
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def shift(month: Month, by: int) -> Month:
    """The month `by` months later (earlier when negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return Month(f"{index // 12:04d}-{index % 12 + 1:02d}")


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included; nothing when `last` is earlier."""
    month = first
    while month <= last:
        yield month
        month = shift(month, 1)


def count_months(first: Month, last: Month) -> int:
    """How many steps of one month lead from `first` to `last` (negative when it is earlier)."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def after_months(day: date, months: Decimal) -> date:
    """The last day that a count of months >= 0, with a part of one, has reached: of the part, whole days of that month
    are counted."""
    whole = int(months)
    reached = add_months(day, whole)
    length = (add_months(day, whole + 1) - reached).days
    return reached + timedelta(days=int((months - whole) * length))


def add_months(day: date, by: int, anchor: int | None = None) -> date:
    """`day` moved by `by` months, on day-of-month `anchor` (default: its own), clamped to the month's end.

    Keep the anchor of the first date when stepping through a series: 31 Jan, 28 Feb, 31 Mar, never drifting to 28.
    """
    target = shift(month_of(day), by)
    return first_day(target) + timedelta(days=min(anchor or day.day, last_day(target).day) - 1)
