"""What cannot be meant is refused by its field, and what says nothing new changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import client

API = "/api/v1"


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


def test_a_change_that_changes_nothing_leaves_no_trace(signed_in: TestClient) -> None:
    row = _entered(signed_in)
    path = f"{API}/transactions/{row['id']}"
    for same in ({}, {"amount": row["amount"]}, {"tags": [], "note": None}):
        assert signed_in.patch(path, json=same).json()["version"] == row["version"]
    assert [entry["kind"] for entry in signed_in.get(f"{path}/history").json()["items"]] == ["created"]


@pytest.mark.parametrize(
    ("query", "field", "status"),
    [
        ("account_id=nobody", None, 404),
        ("category_id=nobody", None, 404),
        ("merchant_id=nobody", None, 200),
        ("tag=nobody", None, 200),
        ("q=%FF", "q", 422),
        ("tag=%C3%28", "tag", 422),
        ("limit=5&limit=9", "limit", 422),
        ("min_amount=%EF%BC%91", "min_amount", 422),
        ("kind=", "kind", 422),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(
    signed_in: TestClient, query: str, field: str | None, status: int
) -> None:
    answer = signed_in.get(f"{API}/transactions?{query}")
    assert answer.status_code == status
    assert field is None or answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": "INVOICE \u202egpj.exe"},
        {"description": "\u200b"},
        {"description": "a\uffffb"},
        {"tags": ["two\nlines"]},
        {"amount": "\uff11\uff12.00"},
        {"amount": "0.00"},
    ],
)
def test_texts_and_amounts_that_deceive_are_refused(signed_in: TestClient, wrong: dict[str, Any]) -> None:
    row = _entered(signed_in)
    assert signed_in.patch(f"{API}/transactions/{row['id']}", json=wrong).status_code == 422


def _entered(signed_in: TestClient) -> dict[str, Any]:
    account = signed_in.post(f"{API}/accounts", json={"name": "Bank", "kind": "savings", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-05-03", "amount": "-45.00", "description": "SWIGGY"}
    made: dict[str, Any] = signed_in.post(f"{API}/transactions", json=row).json()
    return made


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": " ", "changes": {"note": "x"}}, "query"),
        ({"query": "sort:date", "changes": {"note": "x"}}, "query"),
        ({"query": "amount>", "changes": {"note": "x"}}, "query"),
        ({"query": "swiggy", "changes": {"note": "x", "status": None}}, "changes.status"),
        ({"query": "swiggy", "changes": {"add_tags": ["a"], "remove_tags": ["a"]}}, "changes.remove_tags"),
    ],
)
def test_a_bulk_edit_that_cannot_be_meant_is_refused(signed_in: TestClient, body: dict[str, Any], field: str) -> None:
    answer = signed_in.patch(f"{API}/transactions", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_bulk_edit_marks_hides_and_takes_notes_and_tags_away(signed_in: TestClient) -> None:
    row = _entered(signed_in)
    path = f"{API}/transactions/{row['id']}"
    signed_in.patch(path, json={"note": "old", "tags": ["old"]})
    changes = {"note": None, "tags": None, "marked": True, "hidden": True}
    assert signed_in.patch(f"{API}/transactions", json={"ids": [row["id"]], "changes": changes}).json()["changed"] == 1
    now = signed_in.get(path).json()
    assert (now["note"], now["tags"], now["marked"], now["hidden"], now["flow"]) == (None, [], True, True, "transfer")


def test_a_rule_that_asks_nothing_is_refused(signed_in: TestClient) -> None:
    rule = {"name": "all", "condition": "sort:date", "actions": {"mark": True}}
    answer = signed_in.post(f"{API}/rules", json=rule)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "condition")
