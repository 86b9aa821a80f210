"""Goals: progress by arithmetic, storage on a real database, and over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from finapp.auth.public import HouseholdDeleted
from finapp.dashboard import store
from finapp.dashboard.domain import goals
from finapp.dashboard.domain.goals import Holding, Holdings, Stored
from finapp.dashboard.listeners import on_household_deleted
from finapp.dashboard.public import NewGoal
from finapp.kernel.errors import Invalid
from finapp.kernel.ids import new_id
from tests.support import client, database, sign_up

D = Decimal
AS_OF = date(2026, 7, 15)
CAR = NewGoal(name="Car", target_amount=D("1000.00"), currency="INR", target_date=date(2026, 12, 31))
NOTHING = Holdings(accounts={}, assets={})
HELD = Holdings(
    accounts={"a": Holding(currency="INR", amount=D("250.00")), "d": Holding(currency="INR", amount=D("-5.00"))},
    assets={
        "x": Holding(currency="INR", amount=None, reason="no_valuation"),
        "u": Holding(currency="USD", amount=D(1)),
    },
)


def progress(new: NewGoal, holdings: Holdings = NOTHING, as_of: date = AS_OF) -> goals.Goal:
    return goals.progress(Stored(id="g", version=1, stated=new), holdings, as_of)


def test_what_is_missing_is_spread_over_the_months_to_the_target_date() -> None:
    found = progress(replace(CAR, saved_amount=D("100.00")))
    assert (found.remaining, found.progress, found.status) == (D("900.00"), D("0.1"), "open")
    assert found.monthly_needed == D("150.00")


@given(target=st.decimals("0.01", 10**6, places=2), saved=st.decimals(0, 10**6, places=2), months=st.integers(0, 400))
def test_paying_what_is_asked_each_month_reaches_the_goal(target: Decimal, saved: Decimal, months: int) -> None:
    due = date(2026 + (6 + months) // 12, (6 + months) % 12 + 1, 28)
    found = progress(replace(CAR, target_amount=target, saved_amount=saved, target_date=due))
    assert found.remaining is not None
    if found.status == "reached":
        assert found.remaining == 0
        return
    assert found.monthly_needed is not None
    assert saved + found.monthly_needed * (months + 1) >= target
    assert saved + (found.monthly_needed - D("0.01")) * (months + 1) < target


def test_a_goal_past_its_date_is_overdue_and_a_full_one_reached() -> None:
    late = progress(CAR, as_of=date(2027, 1, 1))
    assert (late.status, late.monthly_needed, late.monthly_needed_reason) == ("overdue", None, "overdue")
    full = progress(replace(CAR, saved_amount=D("1500.00")), as_of=date(2027, 1, 1))
    assert (full.status, full.progress, full.remaining) == ("reached", D("1.5"), D("0.00"))
    assert progress(replace(CAR, target_date=None)).monthly_needed_reason == "no_target_date"


@pytest.mark.parametrize(
    ("link", "saved", "reason"),
    [
        ({"account_id": "a"}, D("250.00"), None),
        ({"account_id": "d"}, D("0.00"), None),
        ({"account_id": "gone"}, None, "account_gone"),
        ({"asset_id": "x"}, None, "no_valuation"),
        ({"asset_id": "gone"}, None, "asset_gone"),
    ],
)
def test_a_linked_goal_has_what_its_link_is_worth(
    link: dict[str, str], saved: Decimal | None, reason: str | None
) -> None:
    found = progress(replace(CAR, account_id=link.get("account_id"), asset_id=link.get("asset_id")), HELD)
    assert (found.saved, found.saved_reason) == (saved, reason)
    assert (found.progress is None) == (saved is None)


def test_a_neighbour_that_cannot_be_asked_leaves_the_progress_unknown() -> None:
    found = progress(replace(CAR, account_id="a"), Holdings(accounts=None, assets={}))
    assert (found.saved, found.saved_reason, found.status, found.monthly_needed_reason) == (
        None,
        "unavailable",
        None,
        "unavailable",
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(CAR, target_amount=D(0)), "target_amount"),
        (replace(CAR, saved_amount=D(-1)), "saved_amount"),
        (replace(CAR, saved_amount=D(1), account_id="a"), "saved_amount"),
        (replace(CAR, account_id="b"), "account_id"),
        (replace(CAR, asset_id="u"), "currency"),
    ],
)
def test_a_goal_that_makes_no_sense_is_refused_by_field(wrong: NewGoal, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        goals.check(wrong, HELD)
    assert refusal.value.field == field


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(Path(tmp_path_factory.mktemp("goals"))) as signed_in:
        yield signed_in


BODY = {"name": "Car", "target_amount": "1000.00", "target_date": "2026-12-31"}


def test_a_goal_is_set_read_changed_and_deleted(http: TestClient) -> None:
    made = http.post("/api/v1/goals", json=BODY)
    assert made.status_code == 201
    path = f"/api/v1/goals/{made.json()['id']}"
    assert made.json()["currency"] == "INR"
    assert http.get(path).headers["etag"] == 'W/"v1"'
    changed = http.patch(path, json={"saved_amount": "400.00", "target_date": None}, headers={"If-Match": 'W/"v1"'})
    assert (changed.json()["progress"], changed.json()["target_date"], changed.json()["version"]) == (0.4, None, 2)
    assert http.patch(path, json={"name": "Bus"}, headers={"If-Match": '"v1"'}).status_code == 412
    assert http.delete(path).status_code == 204
    assert http.get(path).json()["code"] == "goal_not_found"


def test_the_same_key_sets_one_goal(http: TestClient) -> None:
    headers = {"Idempotency-Key": "one"}
    first, again = (http.post("/api/v1/goals", json=BODY, headers=headers).json() for _ in range(2))
    assert first == again
    other = http.post("/api/v1/goals", json={**BODY, "name": "Bus"}, headers=headers)
    assert other.status_code == 409


def test_a_goal_follows_its_account(http: TestClient) -> None:
    account = {"name": "Pot", "kind": "savings", "currency": "INR", "opening_balance": "250.00"}
    account_id = http.post("/api/v1/accounts", json=account).json()["id"]
    made = http.post("/api/v1/goals", json={**BODY, "account_id": account_id}).json()
    assert (made["saved"], made["remaining"], made["monthly_needed"]) == ("250.00", "750.00", "125.00")
    assert made["basis"]["figures"]["progress"]["inputs"][0]["id"] == account_id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target_amount": 1000}, "target_amount"),
        ({"target_amount": "1000.001"}, "target_amount"),
        ({"target_date": "2026-02-30"}, "target_date"),
        ({"account_id": "0000000000000"}, "account_id"),
        ({"owner": "x"}, "owner"),
    ],
)
def test_a_wrong_body_is_refused_by_field(http: TestClient, change: dict[str, object], field: str) -> None:
    answer = http.post("/api/v1/goals", json={**BODY, **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_goals_come_in_pages_and_belong_to_one_household(http: TestClient) -> None:
    for number in range(3):
        http.post("/api/v1/goals", json={**BODY, "name": f"Goal {number}"})
    names, cursor = [], None
    while True:
        page = http.get("/api/v1/goals", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        names += [goal["name"] for goal in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert names[-3:] == ["Goal 0", "Goal 1", "Goal 2"]
    foreign = page["items"][0]["id"]
    token = http.headers["Authorization"]
    sign_up(http, "other@example.com")
    assert http.get("/api/v1/goals").json()["items"] == []
    assert http.get(f"/api/v1/goals/{foreign}").status_code == 404
    assert http.delete(f"/api/v1/goals/{foreign}").status_code == 404
    http.headers["Authorization"] = token


def test_a_deleted_household_leaves_no_goal(tmp_path: Path) -> None:
    stored, gone, stays, person = database("dashboard", tmp_path), new_id(), new_id(), new_id()
    for owner in (gone, stays):
        with stored.write(owner) as unit:
            store.insert_goal(unit.connection, owner, person, CAR)
    with stored.write(gone) as unit:
        on_household_deleted(unit, HouseholdDeleted(owner=gone))
    with stored.read() as connection:
        assert store.page(connection, gone, 10, None) == []
        assert [each.stated for each in store.page(connection, stays, 10, None)] == [CAR]
    stored.close()
