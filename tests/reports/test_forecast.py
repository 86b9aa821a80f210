"""Forecasts add up row by row, say which debit bounces, and their band is held against what came."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from pathlib import Path
from statistics import NormalDist, mean

import pytest

from finapp.app.demo.household import Household, simulate
from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.reports.domain.forecast.habits import expected_items, habits, kept, scored
from finapp.reports.domain.forecast.project import forecast
from finapp.reports.domain.recurring.book import Book
from finapp.reports.domain.recurring.report import report
from finapp.reports.facade.households import recurring_columns
from finapp.reports.public.forecast import ForecastAccount, ForecastItem, ForecastQuestion, Habit
from finapp.reports.public.recurring import RecurringRow
from tests.reports.scoring import PROFILES, rows_of
from tests.reports.support import CLOCK, HOME, TODAY, Neighbours, client, columns, facade, household_rows, movement
from tests.support import database

AS_OF = date(2026, 7, 15)
ASKED = ForecastQuestion(
    currency="INR",
    accounts=(ForecastAccount(id="salary", name="Salary", balance=Decimal("40000.00")),),
    items=(
        ForecastItem(date=date(2026, 8, 1), amount=Decimal("100000.00"), account_id="salary", name="Salary"),
        ForecastItem(date=date(2026, 8, 5), amount=Decimal("-30000.00"), account_id="salary", name="Home loan"),
    ),
    habits=(Habit(account_id="salary", per_day=Decimal("-1000.00"), deviation=Decimal("500.00")),),
)


def test_the_expected_balance_is_the_sum_of_its_parts() -> None:
    daily = forecast(ASKED, AS_OF).accounts[0].daily
    assert len(daily) == 90
    by_day = {day.date: day for day in daily}
    assert by_day[date(2026, 7, 31)].balance == Decimal("24000.00")
    assert by_day[date(2026, 8, 5)].balance == Decimal("89000.00")


def test_the_band_grows_with_the_square_root_of_days() -> None:
    daily = forecast(ASKED, AS_OF).accounts[0].daily
    factor = NormalDist().inv_cdf(0.9)
    for number in (1, 9, 64):
        width = float(daily[number - 1].high - daily[number - 1].balance)
        assert abs(width - factor * 500 * sqrt(number)) < 0.01


def test_a_debit_that_cannot_be_paid_is_named_with_what_is_missing() -> None:
    poorer = replace(ASKED, items=(replace(ASKED.items[1], date=date(2026, 7, 25)),))
    short = replace(poorer, accounts=(replace(ASKED.accounts[0], balance=Decimal("35000.00")),))
    bounce = forecast(short, AS_OF).accounts[0].bounces[0]
    assert (bounce.date, bounce.missing) == (date(2026, 7, 25), Decimal("5000.00"))
    assert bounce.probability > 0.99
    assert forecast(ASKED, AS_OF).accounts[0].bounces == ()


def test_months_add_up_to_the_daily_balances() -> None:
    found = forecast(ASKED, AS_OF)
    august = next(month for month in found.monthly if month.month == "2026-08")
    assert (august.coming, august.going) == (Decimal("100000.00"), Decimal("61000.00"))
    last = next(day for day in found.accounts[0].daily if day.date == date(2026, 8, 31))
    assert (august.balance, august.low) == (last.balance, last.low)
    assert found.monthly[-1].month == "2028-07"


def test_a_forecast_of_the_past_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        forecast(replace(ASKED, items=(replace(ASKED.items[0], date=AS_OF),)), AS_OF)
    assert refused.value.field == "items.0.date"


def moved(rows: Iterable[RecurringRow], without: Collection[str] = ()) -> dict[tuple[str, date], Decimal]:
    sums: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.account_id is not None and row.id not in without:
            sums[row.account_id, row.date] += row.amount
    return sums


def _first(rows: Iterable[RecurringRow]) -> dict[str, date]:
    """Rows stand by day."""
    first: dict[str, date] = {}
    for row in rows:
        first.setdefault(row.account_id or "", row.date)
    return first


def coverage(household: Household, made_on: date) -> Decimal:
    """Share of account days inside the band, of a forecast made from the rows up to a day."""
    rows = rows_of(household)
    known = [row for row in rows if row.date <= made_on]
    held = {account.id for account in household.accounts if account.kind in ("checking", "savings")}
    then, now = {}, {}
    for row in household.rows():
        if row.account_id in held:
            now[row.account_id] = row.balance
            if row.date <= made_on:
                then[row.account_id] = row.balance
    found = report(known, made_on, household.currency)
    live = [s for s in found.streams if s.status in ("mature", "overdue") and s.account_id in then]
    used = frozenset(row for stream in live for row in stream.transaction_ids)
    question = ForecastQuestion(
        currency=household.currency,
        accounts=tuple(ForecastAccount(id=name, name=name, balance=amount) for name, amount in then.items()),
        items=expected_items(live, {row.id: row.amount for row in known}, made_on, household.last + timedelta(days=60)),
        habits=habits(moved(known, used), _first(known), sorted(then), made_on),
        months=3,
    )
    later = [row for row in rows if row.date > made_on]
    score = scored(kept(forecast(question, made_on)), {name: now[name] for name in then}, moved(later), household.last)
    assert score is not None
    return score.coverage


def test_the_band_holds_about_what_it_says_in_simulated_households() -> None:
    """The 80 % band, over 90 days and 12 households: neither much too narrow nor meaninglessly wide."""
    until = date(2026, 6, 30)
    found = [
        coverage(simulate(seed=seed, profile=PROFILES[seed % 4], until=until), date(2026, 4, 1)) for seed in range(12)
    ]
    assert Decimal("0.7") <= mean(found) <= Decimal("0.97")


def test_a_forecast_is_kept_and_scored_a_fortnight_later(tmp_path: Path) -> None:
    store = database("reports", tmp_path, CLOCK)
    neighbours = Neighbours(rows=tuple(row for row in household_rows() if row.date <= date(2026, 6, 10)))
    reports, owner = facade(store, neighbours), ids.new_id()
    first = reports.cash_forecast(owner=owner, as_of=date(2026, 6, 10))
    assert first.previous_reason == "no_earlier_forecast"
    before = reports.version(owner=owner)
    neighbours.rows = (*household_rows(), movement(98, date(2026, 7, 10), "-90.00", "POS TEA STALL"))
    later = reports.cash_forecast(owner=owner, as_of=TODAY)
    assert later.previous is not None
    assert (later.previous.made_on, later.previous.days) == (date(2026, 6, 10), 35)
    assert 0 <= later.previous.coverage <= 1
    assert reports.version(owner=owner).split(".")[0] == before.split(".")[0]
    store.close()


def test_the_forecast_answers_in_one_shape_over_http(tmp_path: Path) -> None:
    body = {
        "accounts": [{"id": "a", "balance": "5000.00"}],
        "items": [{"day": 5, "amount": "-8000.00", "name": "Rent"}],
        "habits": [{"per_day": "-10.00", "deviation": "5.00"}],
    }
    with client(tmp_path, Neighbours()) as http:
        own, given = http.get("/reports/cash-forecast").json(), http.post("/reports/cash-forecast", json=body).json()
        assert own.keys() == given.keys()
        assert given["accounts"][0]["bounces"][0]["date"] == "2026-08-05"
        body["items"][0]["day"] = 45
        assert http.post("/reports/cash-forecast", json=body).status_code == 422


def test_an_instalment_that_no_row_shows_yet_is_expected_and_one_that_is_paid_ends(tmp_path: Path) -> None:
    """A new home loan beside a car loan of 30,000 on the 5th, which has three instalments left."""
    new = replace(HOME, next_due_on=date(2026, 8, 20), instalment=Decimal("21000.00"))
    car = replace(
        HOME, id="car", instalment=Decimal("30000.00"), next_due_on=date(2026, 8, 5), ends_on=date(2026, 10, 5)
    )
    neighbours = Neighbours(loan_items=(new, car))
    store, owner = database("reports", tmp_path, CLOCK), ids.new_id()
    found = facade(store, neighbours).cash_forecast(owner=owner, as_of=TODAY)
    plain = facade(store, Neighbours()).cash_forecast(owner=owner, as_of=TODAY)
    store.close()
    going = {month.month: month.going for month in found.monthly}
    before = {month.month: month.going for month in plain.monthly}
    assert going["2026-10"] - before["2026-10"] == Decimal("21000.00")
    assert going["2026-12"] - before["2026-12"] == Decimal("-9000.00")


def test_what_fell_due_after_the_last_statement_is_counted_once() -> None:
    """Statements end on 20 June; on 15 July salary, instalment and rent of July have come but are not imported yet."""
    day, first = date(2026, 7, 15), date(2026, 6, 20)
    book = Book(recurring_columns(columns([row for row in household_rows() if row.date <= first]), "INR"))
    known = {row.id: row.amount for row in book.rows(day)}
    streams = report(book, day, "INR", seen={"salary": first}).streams
    items = expected_items(streams, known, day, date(2026, 8, 31), {"salary": first})
    assert sorted((item.date, item.amount) for item in items) == [
        (date(2026, 7, 16), Decimal("-30000.00")),
        (date(2026, 7, 16), Decimal("-25000.00")),
        (date(2026, 7, 16), Decimal("120000.00")),
        (date(2026, 8, 1), Decimal("120000.00")),
        (date(2026, 8, 5), Decimal("-30000.00")),
        (date(2026, 8, 7), Decimal("-25000.00")),
    ]
