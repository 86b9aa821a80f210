"""Budgets: envelopes by arithmetic, storage on a real database, and over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from finapp.analytics import store
from finapp.analytics.domain import budgets
from finapp.analytics.domain.budgets import Stored
from finapp.analytics.domain.categories import Branch
from finapp.analytics.domain.sums import Sum, Sums
from finapp.analytics.listeners import on_household_deleted
from finapp.analytics.public import Budget, NewBudget
from finapp.auth.public import HouseholdDeleted
from finapp.kernel.errors import Invalid
from finapp.kernel.ids import new_id
from finapp.kernel.months import Month, first_day
from tests.support import client, database, sign_up

D = Decimal
AS_OF = date(2026, 7, 15)
TREE = [
    Branch(id="g_food", code="g_food", name="Food", parent_id=None),
    Branch(id="groceries", code="groceries", name="Groceries", parent_id="g_food"),
    Branch(id="dining", code="dining", name="Dining", parent_id="g_food"),
    Branch(id="own", code="dining", name="Coffee", parent_id="dining"),
    Branch(id="travel", code="travel", name="Travel", parent_id=None),
]
FOOD = NewBudget(category_id="g_food", amount=D("100.00"), currency="INR", starts=Month("2026-05"))


def spent(month: str, amount: str, category: str = "dining", flow: str = "expense") -> Sum:
    return Sum(
        on=first_day(Month(month)),
        category_id=category,
        flow=flow,  # type: ignore[arg-type]
        need="discretionary",
        currency="INR",
        amount=-D(amount),
        count=1,
    )


def standing(new: NewBudget, *sums: Sum, as_of: date = AS_OF) -> Budget:
    whole = Sums(currency="INR", items=sums, others=(), converted=())
    return budgets.standing(Stored(id="b", version=1, stated=new), whole, TREE, as_of)


def test_a_budget_counts_its_category_with_everything_below() -> None:
    found = standing(
        FOOD,
        spent("2026-07", "30.00"),
        spent("2026-07", "20.00", "own"),
        spent("2026-07", "-5.00", "groceries", "refund"),
        spent("2026-07", "99.00", "travel"),
        spent("2026-07", "99.00", "dining", "investment"),
        spent("2026-06", "99.00"),
    )
    assert (found.spent, found.remaining, found.used, found.state) == (D("45.00"), D("55.00"), D("0.45"), "within")
    assert found.expected == D("0.483871")


@pytest.mark.parametrize(
    ("amount", "state", "alerts"),
    [
        ("79.99", "within", ()),
        ("80.00", "alert", (D("0.8"),)),
        ("100.00", "alert", (D("0.8"), D(1))),
        ("100.01", "over", (D("0.8"), D(1))),
    ],
)
def test_thresholds_tell_when_they_are_reached(amount: str, state: str, alerts: tuple[Decimal, ...]) -> None:
    found = standing(FOOD, spent("2026-07", amount))
    assert (found.state, found.alerts) == (state, alerts)


def test_what_is_left_or_missing_is_carried_over() -> None:
    rolling = replace(FOOD, rollover=True)
    found = standing(rolling, spent("2026-04", "500.00"), spent("2026-05", "40.00"), spent("2026-06", "130.00"))
    assert (found.carried, found.available) == (D("30.00"), D("130.00"))
    empty = standing(rolling, spent("2026-05", "400.00"), spent("2026-07", "1.00"))
    assert (empty.available, empty.used, empty.used_reason, empty.state) == (
        D("-100.00"),
        None,
        "nothing_available",
        "over",
    )
    assert standing(rolling, spent("2026-05", "40.00"), as_of=date(2026, 5, 31)).carried == 0


@given(amounts=st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=12), limit=st.decimals(1, 1000, places=2))
def test_envelopes_lose_nothing_over_the_months(amounts: list[Decimal], limit: Decimal) -> None:
    rolling = replace(FOOD, amount=limit, rollover=True, starts=Month("2026-01"))
    sums = [spent(f"2026-{number:02d}", str(amount)) for number, amount in enumerate(amounts, 1)]
    found = standing(rolling, *sums, as_of=date(2026, len(amounts), 28))
    assert found.remaining == limit * len(amounts) - sum(amounts)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(FOOD, amount=D(0)), "amount"),
        (replace(FOOD, currency="USD"), "currency"),
        (replace(FOOD, category_id="gone"), "category_id"),
        (replace(FOOD, alert_at=(D(1), D("0.5"))), "alert_at"),
        (replace(FOOD, alert_at=(D(0),)), "alert_at"),
        (replace(FOOD, starts=Month("1900-01")), "starts"),
    ],
)
def test_a_budget_that_makes_no_sense_is_refused_by_field(wrong: NewBudget, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        budgets.check(wrong, TREE, "INR", AS_OF)
    assert refusal.value.field == field


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product with a meal in June and one in July."""
    with client(Path(tmp_path_factory.mktemp("budgets"))) as signed_in:
        account = {"name": "Main", "kind": "checking", "currency": "INR"}
        account_id = signed_in.post("/api/v1/accounts", json=account).json()["id"]
        for day, amount in (("2026-06-10", "-40.00"), ("2026-07-10", "-85.00"), ("2026-07-20", "-500.00")):
            row = {"account_id": account_id, "date": day, "amount": amount, "description": "UPI-SWIGGY"}
            assert signed_in.post("/api/v1/transactions", json=row).status_code == 201
        yield signed_in


def dining(http: TestClient) -> str:
    """The category of the meals."""
    found: str = http.get("/api/v1/transactions").json()["items"][0]["category_id"]
    return found


def test_a_budget_is_set_read_changed_and_deleted(http: TestClient) -> None:
    body = {"category_id": dining(http), "amount": "100.00", "starts": "2026-06", "rollover": True}
    made = http.post("/api/v1/budgets", json=body)
    assert made.status_code == 201, made.text
    found = made.json()
    assert (found["carried"], found["available"], found["spent"]) == ("60.00", "160.00", "85.00")
    rows = http.get(found["basis"]["figures"]["spent"]["transactions_query"]).json()["items"]
    assert [row["amount"] for row in rows] == ["-85.00"]
    assert http.post("/api/v1/budgets", json=body).json()["code"] == "budget_exists"
    path = f"/api/v1/budgets/{found['id']}"
    changed = http.patch(path, json={"rollover": False, "alert_at": ["0.5"]}, headers={"If-Match": 'W/"v1"'})
    assert (changed.json()["available"], changed.json()["alerts"], changed.json()["version"]) == ("100.00", [0.5], 2)
    assert http.patch(path, json={"amount": "1.00"}, headers={"If-Match": '"v1"'}).status_code == 412
    assert [each["id"] for each in http.get("/api/v1/budgets").json()["items"]] == [found["id"]]
    assert http.get(path, params={"as_of": "2026-07-25"}).json()["state"] == "over"
    token = http.headers["Authorization"]
    sign_up(http, "other@example.com")
    assert http.get(path).status_code == 404
    assert http.delete(path).status_code == 404
    http.headers["Authorization"] = token
    assert http.delete(path).status_code == 204
    assert http.get(path).json()["code"] == "budget_not_found"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 100}, "amount"),
        ({"amount": "1.001"}, "amount"),
        ({"category_id": "gone"}, "category_id"),
        ({"starts": "2026-13"}, "starts"),
        ({"alert_at": ["NaN"]}, "alert_at.0"),
    ],
)
def test_a_wrong_body_is_refused_by_field(http: TestClient, change: dict[str, object], field: str) -> None:
    answer = http.post("/api/v1/budgets", json={"category_id": "dining", "amount": "100.00", **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_deleted_household_leaves_no_budget(tmp_path: Path) -> None:
    stored, gone, stays, person = database("analytics", tmp_path), new_id(), new_id(), new_id()
    for owner in (gone, stays):
        with stored.write(owner) as unit:
            store.insert_budget(unit.connection, owner, person, FOOD)
    with stored.write(gone) as unit:
        on_household_deleted(unit, HouseholdDeleted(owner=gone))
    with stored.read() as connection:
        assert store.page(connection, gone, 10, None) == []
        assert [each.stated for each in store.page(connection, stays, 10, None)] == [FOOD]
    stored.close()
