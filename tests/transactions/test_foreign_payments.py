"""What a row was in the currency of its purchase: corrected, taken back, and shared by its parts."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.support import client

API = "/api/v1"


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


def test_what_a_row_was_abroad_can_be_corrected_and_taken_back(signed_in: TestClient) -> None:
    account = signed_in.post(f"{API}/accounts", json={"name": "Card", "kind": "credit_card", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-05-03", "amount": "-4512.00", "description": "HOTEL"}
    path = f"{API}/transactions/{signed_in.post(f'{API}/transactions', json=row).json()['id']}"
    steps = (
        ({"original_amount": "-50", "original_currency": "USD"}, ("-4512.00", "-50.00", "USD", 90.24)),
        ({"rate": "88.5"}, ("-4512.00", "-50.00", "USD", 88.5)),
        ({"original_amount": "-48.00"}, ("-4512.00", "-48.00", "USD", 94.0)),
        ({"amount": "4800.00"}, ("4800.00", "48.00", "USD", 100.0)),
        ({"original_currency": "JPY", "amount": "-4800.00"}, ("-4800.00", "-48", "JPY", 100.0)),
        ({"original_amount": None}, ("-4800.00", None, None, None)),
    )
    for changes, expected in steps:
        changed = signed_in.patch(path, json=changes).json()
        assert tuple(changed[each] for each in ("amount", "original_amount", "original_currency", "rate")) == expected
    for wrong, field in (
        ({"original_amount": "-50.00"}, "original_currency"),
        ({"rate": "90"}, "original_amount"),
        ({"original_amount": "50.00", "original_currency": "USD"}, "original_amount"),
        ({"original_amount": "-0.001", "original_currency": "USD"}, "original_amount"),
        ({"original_amount": "-1.00", "original_currency": "INR"}, "original_currency"),
        ({"amount": "0.00"}, "amount"),
    ):
        refused = signed_in.patch(path, json=wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    history = signed_in.get(f"{path}/history").json()["items"]
    assert history[0]["before"] == {"original_amount": "-48", "original_currency": "JPY", "rate": "100.00000000"}
    for entry in history[: len(steps)]:
        assert signed_in.post(f"{API}/transactions/undo/{entry['change_id']}").status_code == 200
    assert signed_in.get(path).json()["original_currency"] is None


def test_a_foreign_payment_is_shared_by_its_parts(signed_in: TestClient) -> None:
    account = signed_in.post(f"{API}/accounts", json={"name": "Card", "kind": "credit_card", "currency": "INR"}).json()
    row = {"account_id": account["id"], "date": "2026-05-03", "amount": "-100.00", "description": "HOTEL"}
    abroad = {"original_amount": "-1.00", "original_currency": "EUR", "rate": "99.5"}
    path = f"{API}/transactions/{signed_in.post(f'{API}/transactions', json={**row, **abroad}).json()['id']}/splits"
    parts = [{"amount": "-33.33"}, {"amount": "-33.33"}, {"amount": "-33.34"}]
    made = signed_in.put(path, json={"parts": parts}).json()["parts"]
    assert [(part["original_amount"], part["rate"]) for part in made] == [
        ("-0.33", 99.5),
        ("-0.33", 99.5),
        ("-0.34", 99.5),
    ]
    part = f"{API}/transactions/{made[0]['id']}"
    assert signed_in.patch(part, json={"original_amount": "-0.40"}).status_code == 409
    merged = signed_in.delete(path).json()["transaction"]
    assert (merged["original_amount"], merged["original_currency"], merged["rate"]) == ("-1.00", "EUR", 99.5)
