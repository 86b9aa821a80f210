"""The ledger's operations over HTTP: they refuse bad input by its field, and know only their own household."""

import errno
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from starlette.testclient import TestClient

from tests.support import client, sign_in, sign_up

API = "/api/v1"
UNKNOWN = "0000000000000"


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


@pytest.fixture(scope="module")
def account(signed_in: TestClient) -> str:
    body = {"name": "Salary account", "kind": "checking", "currency": "INR"}
    return str(signed_in.post(f"{API}/accounts", json=body).json()["id"])


def entered(signed_in: TestClient, account: str, **said: Any) -> Any:
    body = {"account_id": account, "date": "2026-05-03", "amount": "-700.00", "description": "DMART", **said}
    return signed_in.post(f"{API}/transactions", json=body).json()


def test_a_row_goes_through_all_its_operations(signed_in: TestClient, account: str) -> None:
    row = entered(signed_in, account, category_id="groceries")
    path = f"{API}/transactions/{row['id']}"
    assert signed_in.patch(path, json={"note": "weekly", "tags": ["trip"]}).json()["note"] == "weekly"
    parts = {"parts": [{"amount": "-500.00"}, {"amount": "-200.00", "category_id": "pets", "tags": [], "note": ""}]}
    split = signed_in.put(f"{path}/splits", json=parts)
    assert [(p["tags"], p["note"]) for p in split.json()["parts"]] == [(["trip"], "weekly"), ([], None)]
    assert split.json()["transaction"]["splits"] == [part["id"] for part in split.json()["parts"]]
    part = split.json()["parts"][0]["id"]
    assert signed_in.delete(f"{API}/transactions/{part}").json()["code"] == "already_split"
    assert signed_in.delete(f"{path}/splits").json()["parts"] == []
    assert signed_in.delete(path).status_code == 204
    assert [item["transaction"]["id"] for item in signed_in.get(f"{API}/transactions/bin").json()["items"]] == [
        row["id"]
    ]
    assert signed_in.post(f"{path}/restore").status_code == 200
    kinds = [entry["kind"] for entry in signed_in.get(f"{path}/history").json()["items"]]
    assert kinds == ["restored", "deleted", "merged", "split", "changed", "created"]
    newest = signed_in.get(f"{API}/transactions/changes").json()["items"][0]
    undone = signed_in.post(f"{API}/transactions/undo/{newest['id']}")
    assert (undone.status_code, undone.json()["undoes"]) == (200, newest["id"])
    assert signed_in.post(f"{API}/transactions/undo/{newest['id']}").json()["code"] == "already_undone"


def test_rules_merchants_similar_rows_and_bulk_edits_answer(signed_in: TestClient, account: str) -> None:
    row = entered(signed_in, account, description="UPI-QWERTY STORES-q@ybl-1")
    bulk = {"query": "qwerty", "changes": {"add_tags": ["shop"]}, "dry_run": True}
    assert signed_in.patch(f"{API}/transactions", json=bulk).json()["changed"] == 1
    assert signed_in.patch(f"{API}/transactions", json={**bulk, "dry_run": False}).json()["change_id"]
    rule = {"name": "Shops", "condition": "tag:shop", "actions": {"note": "by rule"}}
    made = signed_in.post(f"{API}/rules", json=rule)
    assert made.status_code == 201
    path = f"{API}/rules/{made.json()['id']}"
    assert signed_in.post(f"{path}/preview").json()["rows"][0]["after"] == {"note": "by rule"}
    assert signed_in.post(f"{path}/apply").json()["changed"] == 1
    assert signed_in.patch(path, json={"active": False}).headers["etag"] == '"v2"'
    assert signed_in.delete(path).status_code == 204
    renamed = signed_in.patch(f"{API}/merchants/{row['merchant_id']}", json={"name": "Corner shop"})
    assert renamed.json()["changed"] == 1
    assert signed_in.post(f"{API}/transactions/{row['id']}/similar", json={}).json()["dry_run"]
    assert signed_in.get(f"{API}/categorization/model").json()["applies"] == 0.95


def test_transfers_are_confirmed_and_rejected(signed_in: TestClient, account: str) -> None:
    body = {"name": "Other", "kind": "savings", "currency": "INR"}
    other = str(signed_in.post(f"{API}/accounts", json=body).json()["id"])
    out = entered(signed_in, account, amount="-77.00", description="CHQ 1")["id"]
    into = entered(signed_in, other, amount="77.00", description="CLEARING")["id"]
    made = signed_in.post(f"{API}/transfers", json={"transaction_ids": [out, into]})
    assert (made.status_code, made.json()["confirmed"]) == (201, True)
    assert [pair["id"] for pair in signed_in.get(f"{API}/transfers").json()["items"]] == [made.json()["id"]]
    assert signed_in.delete(f"{API}/transfers/{made.json()['id']}").status_code == 204
    assert signed_in.get(f"{API}/transfers").json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        ("PATCH", "/transactions", {"ids": [], "changes": {"note": "x"}}, 422, "ids"),
        ("PATCH", "/transactions", {"query": "(a", "changes": {"note": "x"}}, 422, "query"),
        ("PATCH", "/transactions", {"query": "a", "changes": {}}, 422, "changes"),
        ("PATCH", "/transactions", {"query": "a", "changes": {"amount": "1.00"}}, 422, None),
        ("PATCH", "/transactions", {"ids": [UNKNOWN], "changes": {"note": "x"}}, 404, None),
        ("PUT", f"/transactions/{UNKNOWN}/splits", {"parts": [{"amount": "1"}, {"amount": "2"}]}, 404, None),
        ("PUT", f"/transactions/{UNKNOWN}/splits", {"parts": [{"amount": 1}, {"amount": "2"}]}, 422, None),
        ("PUT", f"/transactions/{UNKNOWN}/splits", {"parts": []}, 422, None),
        ("POST", f"/transactions/undo/{UNKNOWN}", None, 404, None),
        ("POST", f"/transactions/{UNKNOWN}/restore", None, 404, None),
        ("POST", f"/transactions/{UNKNOWN}/similar", {}, 404, None),
        ("GET", f"/transactions/{UNKNOWN}/history", None, 404, None),
        ("GET", "/transactions/bin?cursor=nonsense", None, 422, "cursor"),
        ("GET", "/transactions/changes?cursor=nonsense", None, 422, "cursor"),
        ("GET", "/transactions?q=colour:red", None, 422, "q"),
        ("GET", "/transactions?q=%2F(a%2B)%2B%2F", None, 422, "q"),
        ("GET", "/transactions?sort=colour", None, 422, None),
        ("GET", "/imports/review?cursor=nonsense", None, 422, "cursor"),
        ("POST", f"/imports/review/{UNKNOWN}", {"decision": "new"}, 404, None),
        ("POST", f"/imports/review/{UNKNOWN}", {"decision": "maybe"}, 422, None),
        ("PATCH", f"/imports/{UNKNOWN}", {"account_id": UNKNOWN}, 404, None),
        ("POST", "/transfers", {"transaction_ids": [UNKNOWN]}, 422, None),
        ("POST", "/transfers", {"transaction_ids": [UNKNOWN, UNKNOWN]}, 404, None),
        ("GET", "/transfers?cursor=nonsense", None, 422, "cursor"),
        ("DELETE", f"/transfers/{UNKNOWN}", None, 404, None),
        ("POST", "/rules", {"name": "x", "condition": "a", "actions": {}}, 422, "actions"),
        ("POST", "/rules", {"name": "x", "condition": "a", "actions": {"category_id": "no"}}, 404, None),
        ("POST", "/rules", {"name": "x", "condition": '"', "actions": {"note": "n"}}, 422, "condition"),
        ("GET", f"/rules/{UNKNOWN}", None, 404, None),
        ("PATCH", f"/rules/{UNKNOWN}", {"name": "x"}, 404, None),
        ("POST", f"/rules/{UNKNOWN}/apply", None, 404, None),
        ("DELETE", f"/rules/{UNKNOWN}", None, 404, None),
        ("PATCH", "/merchants/nobody", {"name": "x"}, 404, None),
        ("PATCH", "/merchants/nobody", {}, 422, "name"),
    ],
)
def test_bad_input_is_refused_with_its_field(
    signed_in: TestClient, method: str, path: str, body: Any, status: int, field: str | None
) -> None:
    answer = signed_in.request(method, f"{API}{path}", json=body)
    assert answer.status_code == status, answer.text
    if field is not None:
        assert answer.json()["errors"][0]["field"] == field


def test_another_household_finds_nothing_of_it(signed_in: TestClient, account: str) -> None:
    row = entered(signed_in, account)["id"]
    change = signed_in.get(f"{API}/transactions/changes").json()["items"][0]["id"]
    invited = signed_in.headers["Authorization"]
    try:
        sign_up(signed_in, "stranger@example.com")
        for method, path in (
            ("GET", f"/transactions/{row}/history"),
            ("GET", f"/transactions/{row}/splits"),
            ("POST", f"/transactions/undo/{change}"),
            ("POST", f"/transactions/{row}/restore"),
        ):
            assert signed_in.request(method, f"{API}{path}").status_code == 404
        assert signed_in.get(f"{API}/transactions/changes").json()["items"] == []
    finally:
        signed_in.headers["Authorization"] = invited
        sign_in(signed_in, "household@example.com")


def test_what_cannot_be_meant_is_refused_by_its_name(signed_in: TestClient) -> None:
    for query, field in (
        ("from=2026-06-02&to=2026-06-01", "from"),
        ("min_amount=5&max_amount=4", "min_amount"),
        ("colour=red", "colour"),
        ("q=a%00b", "q"),
    ):
        answer = signed_in.get(f"/api/v1/transactions?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["errors"][0]["field"] == field
    for path in ("accounts", "categories", "merchants", "rules", "imports", "transfers", "transactions/bin"):
        assert signed_in.get(f"/api/v1/{path}?colour=red").status_code == 422, path
    rule = {"name": "x", "condition": "swiggy\x00", "actions": {"stop": True}}
    answer = signed_in.post("/api/v1/rules", json=rule)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "condition"


def test_a_decision_of_null_is_taken_back_and_the_product_decides_again(signed_in: TestClient) -> None:
    account = signed_in.post("/api/v1/accounts", json={"name": "Null", "kind": "checking", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-06-01", "amount": "-450.00", "description": "UPI-SWIGGY-x@ybl"}
    made = signed_in.post("/api/v1/transactions", json=row).json()
    path = f"/api/v1/transactions/{made['id']}"
    corrected = signed_in.patch(path, json={"category_id": "groceries", "note": "n", "tags": ["t"]}).json()
    assert (corrected["category_id"], corrected["why"]) == ("groceries", "you decided")
    again = signed_in.patch(path, json={"category_id": None, "note": None, "tags": None}).json()
    assert (again["category_id"], again["category"], again["note"], again["tags"]) == ("dining", "dining", None, [])
    assert again["confidence"] is not None
    said = signed_in.patch(path, json={"flow": "transfer"}).json()
    assert (said["flow"], signed_in.patch(path, json={"flow": None}).json()["flow"]) == ("transfer", "expense")
    refused = signed_in.patch(path, json={"date": None})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "date")
    # What was taken back is not remembered for the next row either.
    assert signed_in.post("/api/v1/transactions", json=row).json()["category_id"] == "dining"


def test_a_hidden_row_counts_in_the_balance_alone(signed_in: TestClient) -> None:
    account = signed_in.post("/api/v1/accounts", json={"name": "Null", "kind": "checking", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-06-01", "amount": "-450.00", "description": "UPI-SWIGGY-x@ybl"}
    made = signed_in.post("/api/v1/transactions", json=row).json()
    path = f"/api/v1/transactions/{made['id']}"
    hidden = signed_in.patch(path, json={"hidden": True, "marked": True}).json()
    assert (hidden["hidden"], hidden["marked"], hidden["flow"], hidden["category"]) == (
        True,
        True,
        "transfer",
        "dining",
    )
    assert signed_in.get(f"/api/v1/accounts/{account['id']}").json()["balance"] == "-450.00"
    assert signed_in.patch(path, json={"hidden": False}).json()["flow"] == "expense"


def test_a_row_entered_by_hand_keeps_what_it_was_abroad(signed_in: TestClient) -> None:
    account = signed_in.post(f"{API}/accounts", json={"name": "Card", "kind": "credit_card", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-05-03", "amount": "-4512.00", "description": "HOTEL"}
    abroad = {"original_amount": "-50.00", "original_currency": "USD"}
    made = signed_in.post(f"{API}/transactions", json={**row, **abroad})
    assert made.status_code == 201
    assert (made.json()["original_amount"], made.json()["original_currency"]) == ("-50.00", "USD")
    assert made.json()["rate"] == 90.24
    for wrong, field in (
        ({"original_amount": "-50.00"}, "original_currency"),
        ({"original_currency": "USD"}, "original_amount"),
        ({**abroad, "original_amount": "50.00"}, "original_amount"),
        ({**abroad, "original_currency": "INR"}, "original_currency"),
        ({**abroad, "rate": "0"}, "rate"),
    ):
        refused = signed_in.post(f"{API}/transactions", json={**row, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


def test_an_accent_written_apart_from_its_letter_is_the_same_letter(signed_in: TestClient, account: str) -> None:
    apart = unicodedata.normalize("NFD", "Brûlée")
    row = entered(signed_in, account, description=apart, tags=[apart], note=apart)
    assert (row["description"], row["tags"], row["note"]) == ("Brûlée", ["Brûlée"], "Brûlée")
    files = {"file": (f"{apart}.txt", b"paid")}
    made = signed_in.post(f"{API}/transactions/{row['id']}/attachments", files=files).json()
    assert made["filename"] == "Brûlée.txt"
    asked = ({"q": "brûlée"}, {"q": apart}, {"tag": apart}, {"q": "tag:Brûlée"}, {"q": "attachment:brûlée"})
    for question in asked:
        assert [one["id"] for one in signed_in.get(f"{API}/transactions", params=question).json()["items"]] == [
            row["id"]
        ]


def test_an_exchange_rate_is_said_once_by_its_key(signed_in: TestClient) -> None:
    body = {"base": "EUR", "quote": "INR", "date": "2026-05-01", "rate": "95"}

    def say(rate: str) -> int:
        headers = {"Idempotency-Key": "rate"}
        return signed_in.post(f"{API}/exchange-rates", json={**body, "rate": rate}, headers=headers).status_code

    assert [say("95"), say("95"), say("96")] == [201, 201, 409]
    assert signed_in.get(f"{API}/exchange-rates").json()["items"][0]["rate"] == 95


def test_a_refused_upload_leaves_no_file(tmp_path: Path) -> None:
    with client(tmp_path) as signed_in:
        file = {"file": ("march.csv", b"Date,Description,Amount\n2026-03-02,POS BAKERY,-3.50\n")}
        for form, status in (({"mapping": "{no"}, 422), ({"format": "none"}, 422), ({"account_id": UNKNOWN}, 404)):
            assert signed_in.post(f"{API}/imports", files=file, data=form).status_code == status
        with patch("finapp.transactions.router.spooling.shutil.copyfileobj", side_effect=OSError(errno.ENOSPC, "full")):
            for path in ("imports", f"transactions/{UNKNOWN}/attachments"):
                assert signed_in.post(f"{API}/{path}", files=file).status_code == 503
        assert list((tmp_path / "transactions" / "spool").iterdir()) == []
