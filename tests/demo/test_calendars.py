"""Calendar rules keep their anchors and move off closed days as banks do."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.app.demo.calendars import DAYS_BETWEEN, MONTHS_BETWEEN, Rule, booked_on, closed, nominal_days
from finapp.app.demo.truth import Frequency

START = date(2024, 1, 1)


def days(rule: Rule, first: date, count: int, country: str = "GB") -> list[date]:
    return list(islice(nominal_days(rule, first, country), count))


def test_the_31st_falls_on_the_last_day_of_short_months_and_returns() -> None:
    rule = Rule(frequency="monthly", start=START, days=(31,))
    assert days(rule, START, 4) == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert rule.anchor == "last day"


def test_semi_monthly_has_two_days_in_every_month() -> None:
    rule = Rule(frequency="semi_monthly", start=START, days=(15, 31))
    assert days(rule, date(2024, 2, 1), 3) == [date(2024, 2, 15), date(2024, 2, 29), date(2024, 3, 15)]
    assert rule.anchor == "day 15 and last day"


def test_quarterly_keeps_the_months_of_its_origin() -> None:
    rule = Rule(frequency="quarterly", start=date(2023, 2, 1), days=(10,))
    assert days(rule, START, 3) == [date(2024, 2, 10), date(2024, 5, 10), date(2024, 8, 10)]


def test_the_second_tuesday_is_found_in_months_that_begin_on_any_weekday() -> None:
    rule = Rule(frequency="monthly", start=START, nth=(2, 1))
    assert days(rule, START, 3) == [date(2024, 1, 9), date(2024, 2, 13), date(2024, 3, 12)]
    assert rule.anchor == "2nd tuesday"


def test_the_last_working_day_steps_back_over_weekends_and_holidays() -> None:
    rule = Rule(frequency="monthly", start=START)
    # 30 and 31 March 2024 were a weekend, 29 March was Good Friday.
    assert days(rule, date(2024, 3, 1), 1) == [date(2024, 3, 28)]


@pytest.mark.parametrize(("shift", "booked"), [("none", 6), ("next", 8), ("previous", 5)])
def test_a_saturday_is_booked_as_the_shift_says(shift: str, booked: int) -> None:
    assert booked_on(date(2024, 1, 6), shift, "GB").day == booked  # type: ignore[arg-type]  # the parametrised literals


@given(
    frequency=st.sampled_from(sorted(DAYS_BETWEEN)),
    start=st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    first=st.dates(date(2019, 1, 1), date(2026, 1, 1)),
)
def test_week_lattices_are_exact_and_begin_on_or_after_the_first_day(
    frequency: Frequency, start: date, first: date
) -> None:
    found = days(Rule(frequency=frequency, start=start), first, 5)
    step = DAYS_BETWEEN[frequency]
    assert first <= found[0] < first + timedelta(days=step)
    assert all((later - earlier).days == step for earlier, later in pairwise(found))
    assert (found[0] - start).days % step == 0


@given(
    frequency=st.sampled_from([name for name in sorted(MONTHS_BETWEEN) if name != "semi_monthly"]),
    start=st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    day=st.integers(1, 31),
)
def test_month_lattices_step_by_their_months(frequency: Frequency, start: date, day: int) -> None:
    found = days(Rule(frequency=frequency, start=start, days=(day,)), START, 6)
    months = [item.year * 12 + item.month for item in found]
    assert all(later - earlier == MONTHS_BETWEEN[frequency] for earlier, later in pairwise(months))
    assert (months[0] - start.year * 12 - start.month) % MONTHS_BETWEEN[frequency] == 0


@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.sampled_from(["IN", "US", "GB", "DE"]))
def test_a_shifted_payment_is_booked_on_an_open_day_nearby(day: date, country: str) -> None:
    before, after = booked_on(day, "previous", country), booked_on(day, "next", country)
    assert before <= day <= after
    assert not closed(before, country)
    assert not closed(after, country)
    assert (after - before).days < 12
