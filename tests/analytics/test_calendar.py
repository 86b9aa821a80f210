"""Months that start anywhere leave no gap and no overlap; the figures keep their definitions in them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from finapp.analytics.domain.calendar import Calendar, of_paydays
from finapp.analytics.public import MonthStart
from finapp.kernel.months import Month, first_day, last_day, month_of, shift
from tests.analytics.household_rows import MONTH
from tests.support import client

API = "/api/v1"
_days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
_starts = st.builds(MonthStart, kind=st.sampled_from(["day", "last_working_day"]), day=st.integers(1, 31))
_salaries = st.lists(_days, max_size=30).map(lambda days: _paid_on(*days))


def _paid_on(*days: date) -> Calendar:
    return of_paydays(MonthStart(kind="payday"), dict.fromkeys(days, Decimal(1000)))


@given(calendar=_starts.map(lambda starts: Calendar(starts=starts)) | _salaries, day=_days)
def test_every_day_lies_in_one_month(calendar: Calendar, day: date) -> None:
    month = calendar.month_of(day)
    assert calendar.first_day(month) <= day <= calendar.last_day(month)
    assert calendar.first_day(shift(month, 1)) == calendar.last_day(month) + timedelta(days=1)
    assert abs((calendar.first_day(month) - first_day(month)).days) <= 24


@given(starts=_starts, first=_days, days=st.integers(0, 400))
def test_the_pieces_of_a_period_are_the_period(starts: MonthStart, first: date, days: int) -> None:
    calendar, last = Calendar(starts=starts), first + timedelta(days=days)
    pieces = list(calendar.pieces(first, last))
    assert (pieces[0][0], pieces[-1][1]) == (first, last)
    assert all(after[0] == before[1] + timedelta(days=1) for before, after in pairwise(pieces))
    whole = list(calendar.between(first, last))
    assert all(first <= calendar.first_day(month) and calendar.last_day(month) <= last for month in whole)


def test_a_month_that_starts_late_is_named_after_the_next() -> None:
    late, early = (Calendar(starts=MonthStart(kind="day", day=day)) for day in (25, 5))
    assert (late.month_of(date(2026, 10, 25)), early.month_of(date(2026, 11, 5))) == ("2026-11", "2026-11")
    assert late.first_day(Month("2026-03")) == date(2026, 2, 25)
    ends = Calendar(starts=MonthStart(kind="day", day=31))
    assert [ends.first_day(Month(name)) for name in ("2026-03", "2026-05")] == [date(2026, 2, 28), date(2026, 4, 30)]


def test_the_last_working_day_is_no_weekend() -> None:
    calendar = Calendar(starts=MonthStart(kind="last_working_day"))
    # 31 October 2026 is a Saturday, 31 May 2026 a Sunday.
    assert calendar.first_day(Month("2026-11")) == date(2026, 10, 30)
    assert calendar.first_day(Month("2026-06")) == date(2026, 5, 29)


def test_a_late_salary_starts_its_month_late_and_a_bonus_starts_none() -> None:
    days = [date(2026, 1, 28), date(2026, 2, 27), date(2026, 3, 30), date(2026, 4, 12), date(2026, 4, 28)]
    calendar = _paid_on(*days)
    starts = [calendar.first_day(Month(name)) for name in ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06")]
    assert starts[:4] == [days[0], days[1], days[2], days[4]]
    assert starts[4] == date(2026, 5, 28)


@pytest.mark.parametrize("number", range(1, 32))
@pytest.mark.parametrize("moved", [-1, 0, 1])
def test_every_salary_starts_a_month_on_whatever_day_it_is_due(number: int, moved: int) -> None:
    firsts = [first_day(shift(Month("2023-01"), each)) for each in range(48)]
    due = [min(first + timedelta(days=number - 1), last_day(month_of(first))) for first in firsts]
    paid = [_off_the_weekend(day, moved) for day in due]
    calendar = _paid_on(*paid)
    months = [shift(calendar.month_of(paid[0]), each) for each in range(48)]
    assert [calendar.first_day(month) for month in months] == paid


def _off_the_weekend(day: date, moved: int) -> date:
    while moved and day.weekday() > 4:
        day += timedelta(days=moved)
    return day


def test_of_the_salaries_of_a_month_the_largest_starts_it() -> None:
    paid = {date(2026, month, day): Decimal(amount) for month in range(1, 7) for day, amount in ((10, 500), (26, 4000))}
    calendar = of_paydays(MonthStart(kind="payday"), paid)
    assert calendar.first_day(Month("2026-04")) == date(2026, 3, 26)


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The household of six equal months, paid on the 28th of the month before."""
    with client(Path(tmp_path_factory.mktemp("months"))) as signed_in:
        account = {"name": "Main", "kind": "checking", "currency": "INR"}
        account_id = signed_in.post(f"{API}/accounts", json=account).json()["id"]
        for month in range(1, 7):
            for day, amount, category, flow, _ in MONTH:
                paid = f"2026-{month:02d}-{28 if flow == 'income' else day:02d}"
                row = {"account_id": account_id, "date": paid, "amount": amount, "description": category}
                answer = signed_in.post(f"{API}/transactions", json={**row, "category_id": category})
                assert answer.status_code == 201, answer.text
        yield signed_in


@pytest.mark.parametrize("start", [{"kind": "day", "day": 25}, {"kind": "last_working_day"}, {"kind": "payday"}])
def test_the_parts_sum_to_the_whole_in_any_months(http: TestClient, start: dict[str, object]) -> None:
    answer = http.put(f"{API}/analytics/settings", json={"month_start": start})
    assert answer.status_code == 200, answer.text
    asked = {"from": "2026-01-01", "to": "2026-06-30"}
    whole = http.get(f"{API}/analytics/summary", params=asked).json()
    flow = http.get(f"{API}/analytics/cashflow", params=asked).json()
    assert whole["income"] == "720000.00"
    for name in ("income", "expenses", "debt_service", "invested", "saved", "essential", "discretionary"):
        assert sum(float(item[name]) for item in flow["items"]) == float(whole[name])
    for item in flow["items"]:
        rows = http.get(item["transactions_query"]).json()["items"]
        assert sum(float(row["amount"]) for row in rows) == float(item["net"])
    assert flow["items"][0]["complete"] is False


def test_by_pay_day_every_complete_period_has_one_salary(http: TestClient) -> None:
    flow = http.get(f"{API}/analytics/cashflow", params={"by": "payday", "from": "2026-01-01", "to": "2026-06-30"})
    items = flow.json()["items"]
    assert {item["income"] for item in items if item["complete"]} == {"120000.00"}
    assert next(item["period"] for item in items if item["complete"]) == "2026-01-28"


def test_the_typical_month_and_the_budget_follow_the_setting(http: TestClient) -> None:
    http.put(f"{API}/analytics/settings", json={"month_start": {"kind": "payday"}})
    typical = http.get(f"{API}/analytics/typical-month").json()
    assert (typical["income"], typical["expenses"]) == ("120000.00", "50000.00")
    assert typical["months"] == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    made = http.post(f"{API}/budgets", json={"category_id": "dining", "amount": "2000.00"}).json()
    assert (made["month_first"], made["month_last"]) == ("2026-06-28", "2026-07-27")
    first = http.get(f"{API}/analytics/summary", params={"from": "2026-03", "to": "2026-03"}).json()
    assert (first["first"], first["last"], first["months"]) == ("2026-02-28", "2026-03-27", ["2026-03"])


def test_a_setting_that_makes_no_sense_is_refused_by_its_field(http: TestClient) -> None:
    for body, field in (
        ({"month_start": {"kind": "day", "day": 32}}, "month_start.day"),
        ({"month_start": {"kind": "moon"}}, "month_start.kind"),
        ({"prices": {}}, "prices"),
        ({"prices": {"rate": "-1"}}, "prices.rate"),
        (
            {"prices": {"points": [{"month": "2026-02", "level": "1"}, {"month": "2026-01", "level": "1"}]}},
            "prices.points",
        ),
    ):
        answer = http.put(f"{API}/analytics/settings", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    version = http.get(f"{API}/analytics/settings").json()["version"]
    stale = http.put(f"{API}/analytics/settings", json={}, headers={"If-Match": f'"v{version - 1}"'})
    assert stale.status_code == 412
