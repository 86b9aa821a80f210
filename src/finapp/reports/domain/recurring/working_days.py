"""Days on which banks are closed, by the currency that they settle. Days are proleptic ordinals."""

from datetime import date
from functools import lru_cache

CALENDARS = {"INR": "IN", "USD": "US", "GBP": "GB-ENG", "EUR": "XECB"}
"""Currency -> calendar of the `holidays` package; XECB is the euro's settlement calendar (TARGET)."""


@lru_cache(maxsize=256)
def _closed(calendar: str, year: int) -> frozenset[int]:
    import holidays

    if calendar == "XECB":
        found = holidays.financial_holidays(calendar, years=year)
    else:
        country, _, part = calendar.partition("-")
        found = holidays.country_holidays(country, subdiv=part or None, years=year)
    return frozenset(day.toordinal() for day in found)


@lru_cache(maxsize=65_536)
def is_working_day(day: int, calendar: str) -> bool:
    """Whether banks work: no weekend, and no holiday of a calendar ("" knows weekends only)."""
    if (day - 1) % 7 >= 5:
        return False
    return not calendar or day not in _closed(calendar, date.fromordinal(day).year)
