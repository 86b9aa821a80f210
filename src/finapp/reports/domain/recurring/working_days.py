"""Days on which banks are closed, by the currency that they settle. Days are proleptic ordinals."""

from datetime import date
from functools import cache, lru_cache
from pathlib import Path

CALENDARS = {"INR": "IN", "USD": "US", "GBP": "GB-ENG", "EUR": "XECB"}
"""Currency -> calendar of the `holidays` package; XECB is the euro's settlement calendar (TARGET)."""
YEARS = range(1990, 2051)
"""Years that the product's own table has; of others the package is asked, which takes half a second to import."""


def looked_up(calendar: str, year: int) -> frozenset[date]:
    """The bank holidays of a year by the `holidays` package."""
    import holidays

    if calendar == "XECB":
        return frozenset(holidays.financial_holidays(calendar, years=year))
    country, _, part = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


@cache
def _table() -> dict[tuple[str, int], list[str]]:
    text = (Path(__file__).parents[2] / "data" / "bank_holidays.txt").read_text()
    lines = [line.split() for line in text.splitlines()]
    return {(calendar, int(year)): days for calendar, year, *days in lines}


@lru_cache(maxsize=256)
def _closed(calendar: str, year: int) -> frozenset[int]:
    known = _table().get((calendar, year))
    days = looked_up(calendar, year) if known is None else [date(year, int(d[:2]), int(d[2:])) for d in known]
    return frozenset(day.toordinal() for day in days)


@lru_cache(maxsize=65_536)
def is_working_day(day: int, calendar: str) -> bool:
    """Whether banks work: no weekend, and no holiday of a calendar ("" knows weekends only)."""
    if (day - 1) % 7 >= 5:
        return False
    return not calendar or day not in _closed(calendar, date.fromordinal(day).year)
