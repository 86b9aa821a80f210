"""The table of bank holidays is what the package it was made from says."""

from datetime import date

import pytest

from finapp.reports.domain.recurring.working_days import CALENDARS, YEARS, is_working_day, looked_up


@pytest.mark.parametrize("calendar", CALENDARS.values())
@pytest.mark.parametrize("year", [2016, 2024, 2026])
def test_every_bank_holiday_is_in_the_table(calendar: str, year: int) -> None:
    closed = looked_up(calendar, year)
    days = [date.fromordinal(day) for day in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    for day in days:
        assert is_working_day(day.toordinal(), calendar) == (day.weekday() < 5 and day not in closed)


def test_a_year_beyond_the_table_is_known_too() -> None:
    new_year = date(YEARS[-1] + 10, 1, 1)
    assert not is_working_day(new_year.toordinal(), "GB-ENG")


@pytest.mark.parametrize(
    ("calendar", "day"),
    [("IN", date(2026, 1, 26)), ("US", date(2026, 11, 26)), ("GB-ENG", date(2026, 12, 28)), ("XECB", date(2026, 4, 3))],
)
def test_a_well_known_holiday_is_one(calendar: str, day: date) -> None:
    """Republic Day, Thanksgiving, the substitute for Boxing Day, Good Friday."""
    assert not is_working_day(day.toordinal(), calendar)
