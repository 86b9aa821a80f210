"""Assets over HTTP, on the whole product."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import client

API = "/api/v1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(Path(tmp_path_factory.mktemp("home"))) as signed_in:
        yield signed_in


def post(home: TestClient, path: str, body: dict[str, Any], status: int = 201) -> Any:
    answer = home.post(API + path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def get(home: TestClient, path: str, **query: str) -> Any:
    answer = home.get(API + path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_household_without_accounts_and_possessions_has_no_trend_of_zeros(tmp_path: Path) -> None:
    with client(tmp_path) as nobody:
        (point,) = get(nobody, "/net-worth/timeline", **{"from": "2026-07", "to": "2026-07"})["points"]
    assert (point["net_worth"], point["assets"], point["net_worth_reason"]) == (None, None, "no_rows")


def test_a_household_enters_what_it_owns_and_owes(home: TestClient) -> None:
    before = get(home, "/net-worth")["net_worth"]
    house = post(
        home, "/assets", {"name": "House", "kind": "property", "value": "8000000.00", "valued_on": "2026-01-01"}
    )
    assert (house["currency"], house["liquidity"], house["value"]) == ("INR", "locked", "8000000.00")
    loan = {
        "name": "Home loan",
        "kind": "home_loan",
        "principal": "2500000.00",
        "annual_rate": 0.085,
        "months": 240,
        "start": "2024-07-01",
    }
    made = post(home, "/liabilities", loan)
    assert made["instalment"] == "21695.58"
    worth = get(home, "/net-worth", as_of="2026-07-15")
    assert worth["liabilities"] == made["outstanding"]
    assert worth["by_class"]["property"] == "8000000.00"
    assert worth["by_class"]["home_loan"] == f"-{made['outstanding']}"
    assert worth["net_worth"] != before
    line = get(home, "/net-worth/timeline", **{"from": "2026-01", "to": "2026-07"})
    assert [point["date"] for point in line["points"]][-2:] == ["2026-06-30", "2026-07-15"]
    schedule = get(home, f"/liabilities/{made['id']}/schedule")
    assert schedule["rows"][-1]["balance"] == "0.00"
    changed = home.patch(f"{API}/liabilities/{made['id']}", json={"note": "joint"})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["note"], changed.json()["instalment"]) == ("joint", "21695.58")
    assert changed.headers["ETag"] == '"v2"'
    for path in (f"/assets/{house['id']}", f"/liabilities/{made['id']}"):
        assert home.delete(API + path).status_code == 204
        assert home.get(API + path).status_code == 404


def test_the_schedule_of_any_loan_is_a_question(home: TestClient) -> None:
    body = {
        "principal": "2500000",
        "annual_rate": "0.085",
        "months": 240,
        "start": "2024-01-31",
        "rounding": "unit",
        "day_count": "act/365f",
        "rate_changes": [{"date": "2026-01-31", "annual_rate": 0.09, "keep": "instalment"}],
        "prepayments": [{"date": "2025-01-31", "amount": "100000"}],
        "moratorium_months": 3,
    }
    made = post(home, "/liabilities/schedule", body, 200)
    assert made["currency"] == "INR"
    assert made["rows"][-1]["balance"] == "0.00"
    assert made["rows"][0]["kind"] == "moratorium"
    assert isinstance(made["apr"], float)
    assert made["basis"]["assumptions"]["day_count"] == "act/365f"


def test_lots_are_bought_split_sold_and_the_sale_undone(home: TestClient) -> None:
    share = post(home, "/assets", {"name": "Share", "kind": "stock", "currency": "INR", "whole_units": True})
    for day, quantity, cost in (("2024-01-10", 100, "1000.00"), ("2026-01-10", "100", "3000.00")):
        post(home, f"/assets/{share['id']}/lots", {"date": day, "quantity": quantity, "cost": cost, "fees": "5.00"})
    sale = {"asset_id": share["id"], "date": "2026-03-02", "quantity": 150, "unit_price": "25", "method": "fifo"}
    preview = post(home, "/liquidations/preview", sale, 200)
    assert (preview["gross"], preview["gain"]) == ("3750.00", "1242.50")
    assert [item["term"] for item in preview["by_term"]] == ["short", "long"]
    recorded = post(home, "/liquidations", sale)
    assert recorded["gain"] == preview["gain"]
    assert get(home, f"/assets/{share['id']}")["quantity"] == 50
    too_many = home.post(f"{API}/liquidations", json={**sale, "quantity": 51})
    assert (too_many.status_code, too_many.json()["errors"][0]["field"]) == (422, "quantity")
    lots = get(home, f"/assets/{share['id']}/lots")["items"]
    refused = home.delete(f"{API}/assets/{share['id']}/lots/{lots[0]['id']}")
    assert refused.status_code == 422
    assert home.delete(f"{API}/liquidations/{recorded['id']}").status_code == 204
    assert get(home, f"/assets/{share['id']}")["quantity"] == 200
    in_hand = post(
        home,
        "/liquidations/preview",
        {"asset_id": share["id"], "date": "2026-03-02", "target_amount": "2000.00", "unit_price": "25"},
        200,
    )
    assert float(in_hand["in_hand"]) >= 2000
    assert in_hand["tax_estimate"]["tax"] == "0.00"
    post(home, f"/assets/{share['id']}/valuations", {"date": "2026-06-01", "unit_price": "40"})
    returns = get(home, "/assets/returns", asset_id=share["id"])
    assert returns["gain"] == "3990.00"
    assert home.delete(f"{API}/assets/{share['id']}").status_code == 204


def test_returns_of_any_payments(home: TestClient) -> None:
    body = {"flows": [{"date": "2020-01-01", "amount": "-100"}, {"date": "2021-01-01", "amount": "-1"}]}
    made = post(home, "/assets/returns", body, 200)
    assert (made["xirr"], made["xirr_reason"], made["roots"]) == (None, "no_root", [])
    made = post(home, "/assets/returns", {**body, "value": "121", "as_of": "2021-12-31"}, 200)
    assert made["xirr"] == pytest.approx(0.095, abs=1e-3)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/liabilities/schedule", {"principal": 100, "annual_rate": 0.1, "months": 12}, "principal"),
        ("/liabilities/schedule", {"principal": "100", "annual_rate": 9, "months": 12}, "annual_rate"),
        ("/liabilities/schedule", {"principal": "100", "annual_rate": 0.1}, "months"),
        (
            "/liabilities/schedule",
            {"principal": "100", "annual_rate": 0.1, "months": 12, "start": "0001-01-01"},
            "start",
        ),
        ("/liabilities/schedule", {"principal": "1000", "annual_rate": 0.12, "instalment": "10"}, "instalment"),
        ("/liabilities/schedule", {"principal": "1", "annual_rate": 0.1, "months": 12, "currency": "XYZ"}, "currency"),
        ("/assets", {"name": "A", "kind": "boat"}, "kind"),
        ("/assets", {"name": "A", "kind": "gold", "currency": "ZZZ"}, "currency"),
        ("/assets", {"name": "A", "kind": "gold", "owner_share": 2}, "owner_share"),
        ("/assets", {"name": "A", "kind": "gold", "value": "-1"}, "value"),
        ("/assets", {"name": "A", "kind": "gold", "account_id": "0000000000000"}, "account_id"),
        ("/liabilities", {"name": "L", "principal": "5", "months": 12}, "annual_rate"),
        ("/assets/returns", {"flows": []}, "flows"),
    ],
)
def test_bad_input_is_refused_with_its_field(home: TestClient, path: str, body: dict[str, Any], field: str) -> None:
    answer = home.post(API + path, json=body)
    assert answer.status_code == 422, answer.text
    assert field in answer.json()["errors"][0]["field"]


def test_entries_that_cannot_be_are_refused_and_change_nothing(home: TestClient) -> None:
    gold = post(home, "/assets", {"name": "Gold", "kind": "gold", "value": "100.00", "valued_on": "2026-01-01"})
    path = f"{API}/assets/{gold['id']}"
    for entry, body, field in (
        ("valuations", {"date": "2026-01-01", "value": "5"}, "date"),
        ("valuations", {"date": "2026-01-02"}, "value"),
        ("lots", {"date": "2026-01-01", "quantity": -1, "cost": "5"}, "quantity"),
        ("lots", {"date": "2026-01-01", "quantity": 1, "cost": "-5"}, "cost"),
        ("corporate-actions", {"date": "2026-01-01", "kind": "split", "ratio": 0}, "ratio"),
        ("income", {"date": "2026-01-01", "kind": "rent", "amount": "0"}, "amount"),
    ):
        answer = home.post(f"{path}/{entry}", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field), answer.text
    assert home.get(path).json()["version"] == 1
    assert home.delete(path).status_code == 204


def test_change_and_outlook_of_net_worth_are_answered(home: TestClient) -> None:
    gold = post(home, "/assets", {"name": "Coins", "kind": "gold", "value": "100.00", "valued_on": "2026-01-01"})
    post(home, f"/assets/{gold['id']}/valuations", {"date": "2026-06-15", "value": "130.00"})
    change = get(home, "/net-worth/attribution", **{"from": "2026-06", "to": "2026-06"})
    assert (change["first"], change["as_of"], change["market"], change["change"]) == (
        "2026-05-31",
        "2026-06-30",
        "30.00",
        "30.00",
    )
    ahead = get(home, "/net-worth/projection", years="2", growth="gold:0.1", monthly_saving="10.00")
    assert len(ahead["points"]) == 24
    assert ahead["points"][0]["liabilities"] == "0.00"
    assert get(home, "/net-worth/snapshots")["as_of"] == "2026-07-15"
    assert home.get(f"{API}/net-worth/projection", params={"growth": "gold"}).status_code == 422
    assert home.get(f"{API}/net-worth/timeline", params={"from": "2026-13"}).status_code == 422
    assert home.delete(f"{API}/assets/{gold['id']}").status_code == 204


def test_files_of_holdings_and_prices_are_taken(home: TestClient) -> None:
    text = "date,symbol,qty,price,brokerage\n2026-01-05,ABC,10,100.00,5.00\n2026-01-06,ABC,x,1,1\n"
    file, once = {"file": ("note.csv", text.encode())}, {"Idempotency-Key": "note"}
    answer, again = (home.post(f"{API}/assets/imports/holdings", files=file, headers=once) for _ in range(2))
    assert answer.status_code == 200, answer.text
    assert again.json() == answer.json()
    assert (answer.json()["imported"], answer.json()["rejected"]) == (1, 1)
    prices = home.post(
        f"{API}/assets/imports/prices", files={"file": ("prices.csv", b"symbol;date;nav\nABC;01/07/2026;120,50\n")}
    )
    assert prices.json()["imported"] == 1, prices.text
    [asset] = [item for item in get(home, "/assets")["items"] if item["name"] == "ABC"]
    assert asset["value"] == "1205.00"
    assert home.delete(f"{API}/assets/{asset['id']}").status_code == 204


def test_cards_and_overdrafts_are_questions(home: TestClient) -> None:
    card = post(home, "/liabilities/revolving", {"balance": "1000.00", "annual_rate": 0.36, "payment": "500.00"}, 200)
    assert card["months"] == 3
    parked = {
        "outstanding": "36500.00",
        "annual_rate": "0.1",
        "start": "2026-01-01",
        "end": "2026-01-31",
        "entries": [{"date": "2026-01-22", "amount": "18250.00"}],
    }
    assert post(home, "/liabilities/overdraft", parked, 200)["saved"] == "50.00"


def test_a_loan_in_yen_is_paid_in_whole_yen(home: TestClient) -> None:
    terms = {"principal": "1000000", "annual_rate": 0.1, "months": 12, "start": "2026-01-01", "currency": "JPY"}
    made = post(home, "/liabilities/schedule", terms, 200)
    written = [row[name] for row in made["rows"] for name in ("payment", "interest", "principal", "balance")]
    assert all("." not in amount for amount in (made["instalment"], made["total_interest"], *written))
    assert made["rows"][-1]["balance"] == "0"


def test_a_part_payment_finer_than_the_currency_is_refused(home: TestClient) -> None:
    terms = {"principal": "100000.00", "annual_rate": 0.1, "months": 12, "start": "2026-01-01", "currency": "INR"}
    part = {"date": "2026-03-01", "amount": "100.12345678"}
    answer = home.post(API + "/liabilities/schedule", json={**terms, "prepayments": [part]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "prepayments.0.amount")
