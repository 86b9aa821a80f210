"""A household moves in one zip: everything of it, once, and nobody else's."""

import hashlib
import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.app.archive import MANIFEST
from finapp.app.demo.fill import fill_demo
from tests.support import application, sign_in, sign_up

EXPORT, RESTORE = "/api/v1/household/export", "/api/v1/household/restore"
ASKED = (
    "/api/v1/accounts",
    "/api/v1/transactions?limit=500",
    "/api/v1/categories",
    "/api/v1/rules",
    "/api/v1/analytics/summary",
    "/api/v1/analytics/cashflow",
    "/api/v1/net-worth",
    "/api/v1/liabilities",
    "/api/v1/goals",
    "/api/v1/budgets",
    "/api/v1/fire/plan",
    "/api/v1/reports/recurring-payments",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("data")) as client:
        filled = fill_demo(client, until=date(2026, 6, 30), months=6)
        sign_in(client, filled.email, filled.password)
        _enter_the_rest(client)
        client.headers["X-First"] = client.headers["Authorization"]
        yield client


def _enter_the_rest(client: TestClient) -> None:
    rows = client.get("/api/v1/transactions?limit=3").json()["items"]
    odd = "Shared \ue000 odd \ue003 note 0000000000001"
    for path, body in (
        (f"/api/v1/transactions/{rows[0]['id']}", {"note": odd, "tags": ["holiday"]}),
        (f"/api/v1/transactions/{rows[1]['id']}", {"category_id": rows[0]["category_id"]}),
    ):
        assert client.patch(path, json=body).status_code == 200
    entered = {
        "/api/v1/rules": {"name": "Coffee", "condition": "coffee", "actions": {"tags": ["coffee"]}},
        "/api/v1/goals": {"name": "Boat", "target_amount": "1000.00", "saved_amount": "10.00"},
        "/api/v1/budgets": {"category_id": rows[0]["category_id"], "amount": "100.00"},
    }
    for path, body in entered.items():
        answer = client.post(path, json=body)
        assert answer.status_code == 201, answer.text


def _newcomer(client: TestClient, email: str, currency: str = "USD") -> None:
    sign_up(client, email, currency)


def _restore(client: TestClient, content: bytes) -> Any:
    return client.post(RESTORE, files={"file": ("household.zip", content, "application/zip")})


def _first(client: TestClient) -> None:
    client.headers["Authorization"] = client.headers["X-First"]


def test_a_restored_household_exports_the_same_bytes_and_says_the_same(server: TestClient) -> None:
    _first(server)
    exported = server.get(EXPORT).content
    said = {path: _bare(server.get(path).json()) for path in ASKED}
    _newcomer(server, "restored@example.com")
    answer = _restore(server, exported)
    assert answer.status_code == 201, answer.text
    assert answer.json()["rows"]["transactions"] > 100
    assert server.get(EXPORT).content == exported
    for path in ASKED:
        assert _bare(server.get(path).json()) == said[path], path


@pytest.fixture(scope="module")
def moved(server: TestClient) -> TestClient:
    """The server, signed in to a household that came in a zip with what a person has set in it."""
    _newcomer(server, "mover@example.com")
    account = server.post("/api/v1/accounts", json={"name": "Giro", "currency": "EUR", "kind": "checking"}).json()
    table = b"Date,Description,Amount\n2026-05-04,REWE MARKT,-12.40\n2026-05-06,SALARY,2100.00\n"
    made = server.post(
        "/api/v1/imports", files={"file": ("may.csv", table, "text/csv")}, data={"account_id": account["id"]}
    ).json()
    _await_import(server, made["id"])
    gone = server.post("/api/v1/rules", json={"name": "Old", "condition": "rewe", "actions": {"tags": ["old"]}}).json()
    assert server.delete(f"/api/v1/rules/{gone['id']}").status_code == 204
    for path, body in (
        ("rules", {"name": "Food \ue000 odd", "condition": "rewe", "actions": {"tags": ["food"]}}),
        ("exchange-rates", {"date": "2026-05-01", "base": "EUR", "quote": "USD", "rate": "1.25"}),
        (f"accounts/{account['id']}/balances", {"date": "2026-05-31", "balance": "2087.60"}),
    ):
        answer = server.post(f"/api/v1/{path}", json=body)
        assert answer.status_code == 201, answer.text
    exported = server.get(EXPORT).content
    with zipfile.ZipFile(io.BytesIO(exported)) as packed:
        assert gone["id"].encode() not in packed.read("transactions.jsonl")
    _newcomer(server, "moved@example.com")
    assert _restore(server, exported).status_code == 201
    assert server.get(EXPORT).content == exported
    server.headers["X-Moved"] = server.headers["Authorization"]
    return server


def _await_import(client: TestClient, import_id: str) -> None:
    for _ in range(200):
        status = client.get(f"/api/v1/imports/{import_id}").json()["status"]
        if status not in ("queued", "running"):
            break
        time.sleep(0.05)
    assert status == "done"


def test_what_a_person_set_can_be_taken_back_in_the_restored_household(moved: TestClient) -> None:
    moved.headers["Authorization"] = moved.headers["X-Moved"]
    *changes, opened = moved.get("/api/v1/transactions/changes").json()["items"]
    assert (len(changes), opened["kind"]) == (5, "account")
    for change in changes:
        answer = moved.post(f"/api/v1/transactions/undo/{change['id']}")
        assert answer.status_code == 200, (change["kind"], answer.text)
    account = moved.get("/api/v1/accounts").json()["items"][0]
    assert moved.get("/api/v1/rules").json()["items"] == []
    assert moved.get(f"/api/v1/accounts/{account['id']}/balances").json()["items"] == []


def test_an_import_of_a_restored_household_is_taken_back_though_its_file_stayed_behind(moved: TestClient) -> None:
    moved.headers["Authorization"] = moved.headers["X-Moved"]
    (taken,) = moved.get("/api/v1/imports").json()["items"]
    assert len(moved.get("/api/v1/transactions").json()["items"]) == 2
    answer = moved.delete(f"/api/v1/imports/{taken['id']}")
    assert answer.status_code == 204, answer.text
    assert moved.get("/api/v1/transactions").json()["items"] == []


def test_a_zip_restored_twice_is_refused_and_changes_nothing(server: TestClient) -> None:
    _first(server)
    exported = server.get(EXPORT).content
    again = _restore(server, exported)
    assert (again.status_code, again.json()["code"]) == (409, "household_not_empty")
    assert server.get(EXPORT).content == exported


def _lines_changed(content: bytes, name: str, old: str, new: str, seal: bool = True) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as out:
        files = {entry: source.read(entry) for entry in source.namelist()}
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
        manifest = json.loads(files[MANIFEST])
        if seal and name != MANIFEST:
            manifest["files"][name]["sha256"] = hashlib.sha256(files[name]).hexdigest()
            files[MANIFEST] = json.dumps(manifest).encode()
        for entry, data in files.items():
            out.writestr(entry, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "seal"),
    [
        ("transactions.jsonl", '"currency":"INR"', '"currency":"EUR"', False),
        ("transactions.jsonl", '["transactions",', '["people",', True),
        ("transactions.jsonl", '"amount":', '"owner":1,"amount":', True),
        ("transactions.jsonl", '"amount":', '"amount":1.5,"cents":', True),
        ("transactions.jsonl", '"account_id":"\ue000', '"account_id":"', True),
        ("transactions.jsonl", '"account_id":"\ue0000000000000', '"account_id":"\ue0007zzzzzzzz', True),
        ("goals.jsonl", "", "", True),
        ("manifest.json", '"ids":', '"ids": 4000000000, "was":', True),
        ("manifest.json", "finapp household 1", "another format", True),
    ],
)
def test_a_zip_that_was_tampered_with_is_refused_and_leaves_nothing(
    server: TestClient, name: str, old: str, new: str, seal: bool
) -> None:
    _first(server)
    exported = server.get(EXPORT).content
    _newcomer(server, f"{abs(hash((name, old, new)))}@example.com")
    if name == "goals.jsonl":
        tampered = exported[: len(exported) // 2]
    else:
        tampered = _lines_changed(exported, name, old, new, seal)
    answer = _restore(server, tampered)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == "file"
    for path in ("accounts", "transactions", "goals", "liabilities", "rules"):
        assert server.get(f"/api/v1/{path}").json()["items"] == []


def test_a_token_of_a_program_moves_no_household(server: TestClient) -> None:
    _first(server)
    made = server.post("/api/v1/auth/api-tokens", json={"name": "all", "scopes": ["transactions:write"]}).json()
    token = {"Authorization": f"Bearer {made['secret']}"}
    assert server.get(EXPORT, headers=token).status_code == 403


def _bare(value: Any) -> Any:
    """An answer without what is numbered anew: ids, versions, instants."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if not _named_anew(key)}
    # What stands in the order of ids alone may change places.
    return sorted((_bare(item) for item in value), key=json.dumps) if isinstance(value, list) else value


def _named_anew(key: str) -> bool:
    return key in ("id", "version", "basis", "inputs", "transactions_query") or key.endswith(("_id", "_ids", "_at"))
