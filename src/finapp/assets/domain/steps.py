"""The days of a timeline."""

from datetime import date

from finapp.assets.public import Step
from finapp.kernel.errors import Invalid
from finapp.kernel.months import last_day, month_of, months_between

MOST_POINTS = 1200
_EVERY: dict[Step, int] = {"month": 1, "quarter": 3, "year": 12}


def step_ends(first: date, last: date, by: Step) -> tuple[date, ...]:
    """The last day of each month, quarter or year that touches `first` to `last`; the final one is `last` itself."""
    if first > last:
        raise Invalid("from", "lies after the end of the period")
    every = _EVERY[by]
    ends = [
        last_day(month)
        for month in months_between(month_of(first), month_of(last))
        if int(month[5:7]) % every == 0 and last_day(month) < last
    ]
    days = (*ends, last)
    if len(days) > MOST_POINTS:
        raise Invalid("from", f"asks for {len(days)} points; {MOST_POINTS} are the most")
    return days
