"""Complete and partial months, and the period that a question without dates is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.analytics.domain import coverage
from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month, last_day, month_of, months_between

AS_OF = date(2026, 7, 15)


def months(*edges: str, as_of: date = AS_OF) -> tuple[Month, ...]:
    """The complete months of a ledger whose months begin and end with these days."""
    days = [date.fromisoformat(edge) for edge in edges]
    span = coverage.covered(coverage.active_months(days, as_of), as_of)
    return span.months() if span else ()


APRIL, MAY, JUNE = ("2026-04-01", "2026-04-28"), ("2026-05-01", "2026-05-28"), ("2026-06-02", "2026-06-27")


def test_months_that_begin_and_end_as_usual_are_complete() -> None:
    assert months(*APRIL, *MAY, *JUNE) == ("2026-04", "2026-05", "2026-06")


def test_the_month_of_the_question_is_never_complete() -> None:
    assert months(*APRIL, *MAY, *JUNE, as_of=date(2026, 6, 30)) == ("2026-04", "2026-05")


def test_a_month_without_rows_between_others_is_a_complete_month_of_zeros() -> None:
    assert months(*APRIL, *JUNE) == ("2026-04", "2026-05", "2026-06")


def test_a_first_month_that_begins_much_later_than_usual_is_partial() -> None:
    assert months("2026-04-09", "2026-04-28", *MAY, *JUNE) == ("2026-05", "2026-06")


def test_a_first_month_that_begins_three_days_later_than_usual_is_complete() -> None:
    assert months("2026-04-04", "2026-04-28", *MAY, *JUNE)[0] == "2026-04"


def test_a_household_whose_rows_always_begin_late_in_the_month_has_complete_months() -> None:
    late = ("2026-04-24", "2026-04-29", "2026-05-25", "2026-05-29", "2026-06-24", "2026-06-30")
    assert months(*late) == ("2026-04", "2026-05", "2026-06")


def test_a_last_month_that_ends_much_earlier_than_usual_is_partial() -> None:
    assert months(*APRIL, *MAY, "2026-06-01", "2026-06-11") == ("2026-04", "2026-05")


def test_a_month_with_rows_in_a_later_one_is_complete_however_early_its_own_end() -> None:
    assert months(*APRIL, *MAY, "2026-06-01", "2026-06-11", "2026-07-01", "2026-07-02")[-1] == "2026-06"


def test_a_usual_day_that_a_short_month_does_not_have_is_its_last_one() -> None:
    edges = ("2025-12-01", "2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-02-25")
    assert months(*edges) == ("2025-12", "2026-01", "2026-02")


def test_a_lone_month_is_compared_with_the_calendar() -> None:
    assert months("2026-05-02", "2026-05-29") == ("2026-05",)
    assert months("2026-05-12", "2026-05-29") == ()


def test_rows_after_the_day_of_the_question_do_not_exist() -> None:
    assert months(*APRIL, *MAY, *JUNE, as_of=date(2026, 6, 10)) == ("2026-04", "2026-05")
    assert months(*JUNE, as_of=AS_OF.replace(month=5)) == ()


def test_an_empty_ledger_has_no_complete_month() -> None:
    assert months() == ()


@given(
    first=st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    days=st.integers(1, 500),
    later=st.integers(0, 400),
    gap=st.integers(1, 40),
)
def test_complete_months_follow_each_other_and_lie_before_the_question(
    first: date, days: int, later: int, gap: int
) -> None:
    active = sorted({first + timedelta(days=each) for each in range(0, days, gap)})
    edges = []
    for month in sorted({month_of(day) for day in active}):
        inside = [day for day in active if month_of(day) == month]
        edges += [inside[0], inside[-1]]
    as_of = active[-1] + timedelta(days=later)
    found = coverage.covered(coverage.active_months(edges, as_of), as_of)
    assert found is not None
    assert all(last_day(month) < as_of for month in found.months())
    if found.months():
        assert found.months() == tuple(months_between(found.months()[0], found.months()[-1]))


def period(first: str | None, last: str | None, *edges: str) -> tuple[str, str]:
    """The period of a question, as text."""
    active = coverage.active_months([date.fromisoformat(edge) for edge in edges], AS_OF)
    since, until = (None if text is None else date.fromisoformat(text) for text in (first, last))
    found = coverage.period(since, until, active, coverage.covered(active, AS_OF), AS_OF)
    return found[0].isoformat(), found[1].isoformat()


def test_without_dates_the_period_is_the_complete_months() -> None:
    assert period(None, None, *APRIL, *MAY, *JUNE, "2026-07-01", "2026-07-10") == ("2026-04-01", "2026-06-30")


def test_old_rows_still_give_a_period() -> None:
    assert period(None, None, "2021-03-01", "2021-03-31", "2021-04-01", "2021-04-30") == ("2021-03-01", "2021-04-30")


def test_at_most_twelve_months_are_looked_at() -> None:
    edges = [f"{year}-{month:02d}-{day}" for year in (2024, 2025) for month in range(1, 13) for day in ("01", "28")]
    assert period(None, None, *edges) == ("2025-01-01", "2025-12-31")


def test_without_a_complete_month_the_newest_one_is_looked_at() -> None:
    assert period(None, None, "2026-07-09", "2026-07-12") == ("2026-07-01", "2026-07-15")


def test_a_period_ends_with_the_day_of_the_question() -> None:
    assert period("2026-01-01", "2026-12-31", *APRIL) == ("2026-01-01", "2026-07-15")
    assert period(None, "2026-06-30", *APRIL) == ("2025-07-01", "2026-06-30")
    assert period("2026-06-30", None, *APRIL) == ("2026-06-30", "2026-07-15")


@pytest.mark.parametrize(("first", "last"), [("2026-05-02", "2026-05-01"), ("2026-07-16", None)])
def test_a_period_that_cannot_be_is_refused(first: str, last: str | None) -> None:
    with pytest.raises(Invalid) as refusal:
        period(first, last, *APRIL)
    assert refusal.value.field == "from"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-04-01", "2026-06-30", ("2026-01-01", "2026-03-31")),
        ("2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("2026-04-10", "2026-04-19", ("2026-03-31", "2026-04-09")),
        ("2026-04-10", "2026-04-10", ("2026-04-09", "2026-04-09")),
    ],
)
def test_the_period_before_is_as_long(first: str, last: str, expected: tuple[str, str]) -> None:
    found = coverage.before(date.fromisoformat(first), date.fromisoformat(last))
    assert tuple(day.isoformat() for day in found) == expected
