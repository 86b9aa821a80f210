"""Histories, prices, envelopes, filters and exports over HTTP: parts sum to the whole in each."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from tests.analytics.household_rows import MONTH
from tests.support import client, sign_up

API = "/api/v1"
D = Decimal


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The household of six equal months, a tag on dining, interest and a bank charge in each."""
    with client(Path(tmp_path_factory.mktemp("parts"))) as signed_in:
        account = {"name": "Main", "kind": "checking", "currency": "INR"}
        account_id = signed_in.post(f"{API}/accounts", json=account).json()["id"]
        more = ((27, "500.00", "income_interest"), (28, "-118.00", "bank_fees"))
        for month in range(1, 7):
            for day, amount, category in (*(each[:3] for each in MONTH), *more):
                row = {"account_id": account_id, "date": f"2026-{month:02d}-{day:02d}", "amount": amount}
                tags = ["treat"] if category == "dining" else []
                text = "=EVIL()" if category == "dining" else category
                body = {**row, "description": text, "category_id": category, "tags": tags}
                answer = signed_in.post(f"{API}/transactions", json=body)
                assert answer.status_code == 201, answer.text
        yield signed_in


def get(http: TestClient, path: str, **asked: str) -> Any:
    answer = http.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_the_bank_takes_and_what_money_earns_are_told_by_month(http: TestClient) -> None:
    charges, earned = get(http, "/analytics/bank-charges"), get(http, "/analytics/passive-income")
    assert (charges["amount"], charges["median"], charges["per_year"]) == ("708.00", "118.00", "1416.00")
    assert (earned["amount"], earned["share_of"]) == ("3000.00", "income")
    assert abs(earned["share"] - 500 / 120_500) < 1e-9
    for found in (charges, earned):
        assert sum(D(month["amount"]) for month in found["months"]) == D(found["amount"])
        for month in found["months"]:
            rows = http.get(month["transactions_query"]).json()["items"]
            assert abs(sum(D(row["amount"]) for row in rows)) == D(month["amount"])


def test_a_category_has_a_median_and_a_history(http: TestClient) -> None:
    tree = get(http, "/analytics/categories")
    food = next(item for item in tree["items"] if item["id"] == "g_food")
    assert (food["median"], food["amount"]) == ("7200.00", "43200.00")
    history = get(http, "/analytics/categories/history", category_id="g_food")
    assert [month["amount"] for month in history["months"]] == ["7200.00"] * 6
    wrong = http.get(f"{API}/analytics/categories/history", params={"category_id": "moon"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "category_id")


def test_a_tag_or_a_person_narrows_every_answer(http: TestClient) -> None:
    whole = get(http, "/analytics/summary")
    assert get(http, "/analytics/summary", tag="treat")["expenses"] == "7200.00"
    me = get(http, "/auth/me")["id"]
    mine = get(http, "/analytics/summary", person=me)
    assert (mine["income"], mine["expenses"]) == (whole["income"], whole["expenses"])
    rows = http.get(mine["basis"]["figures"]["income"]["transactions_query"]).json()["items"]
    assert sum(D(row["amount"]) for row in rows) == D(whole["income"])
    assert get(http, "/analytics/summary", person="nobody")["count"] == 0
    for path in ("cashflow", "categories", "merchants", "patterns", "flow", "trends", "anomalies", "bank-charges"):
        found = get(http, f"/analytics/{path}", tag="treat")
        assert found["as_of"] == "2026-07-15", path


def test_inflation_is_taken_out_by_what_the_household_says(http: TestClient) -> None:
    assert get(http, "/analytics/real")["reason"] == "no_prices"
    points = [{"month": f"2026-{month:02d}", "level": str(100 + month)} for month in range(1, 6)]
    said = {"prices": {"points": points, "source": "Bureau of statistics"}}
    assert http.put(f"{API}/analytics/settings", json=said).status_code == 200
    found = get(http, "/analytics/real")
    assert (found["base"], found["source"], found["left_out"]) == ("2026-05", "Bureau of statistics", ["2026-06"])
    first = found["months"][0]
    assert D(first["expenses"]) == (D("50118.00") * 105 / 101).quantize(D("0.01"))
    assert D(first["saved"]) == D(first["income"]) - D(first["expenses"]) - D(first["debt_service"])
    assert found["months"][-1]["expenses"] == "50118.00"
    early = get(http, "/analytics/real", base="2026-01")
    assert early["months"][0]["factor"] == 1
    wrong = http.get(f"{API}/analytics/real", params={"base": "2026-06"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "base")


def test_envelopes_say_what_is_still_to_assign(http: TestClient) -> None:
    asked = {"as_of": "2026-06-30"}
    for category, amount in (("g_food", "8000.00"), ("dining", "1000.00"), ("utilities", "1500.00")):
        body = {"category_id": category, "amount": amount, "starts": "2026-06"}
        assert http.post(f"{API}/budgets", json=body).status_code == 201
    found = get(http, "/budgets/envelopes", **asked)
    # Dining is a part of food, and not added twice.
    assert (found["assigned"], found["spent"], found["remaining"]) == ("9500.00", "9000.00", "500.00")
    assert (found["income"], found["to_assign"]) == ("120500.00", "111000.00")
    assert D(found["outside"]) + D(found["spent"]) == D("50118.00")
    assert {item["category_id"]: item["state"] for item in found["items"]}["utilities"] == "over"


def test_an_export_has_the_figures_of_the_answers(http: TestClient) -> None:
    flow = get(http, "/analytics/cashflow")
    answer = http.get(f"{API}/analytics/export", params={"format": "csv"})
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["period"], row["saved"]) for row in rows] == [
        (item["period"], item["saved"]) for item in flow["items"]
    ]
    book = load_workbook(io.BytesIO(http.get(f"{API}/analytics/export", params={"format": "xlsx"}).content))
    assert set(book.sheetnames) == {"summary", "cashflow", "categories", "merchants"}
    sheet = book["cashflow"]
    head = [cell.value for cell in sheet[1]]
    amounts = [row[head.index("expenses")].value for row in sheet.iter_rows(min_row=2)]
    assert amounts == [float(item["expenses"]) for item in flow["items"]]
    for page in book:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    for what in ("summary", "categories", "merchants"):
        text = http.get(f"{API}/analytics/export", params={"format": "csv", "what": what}).text
        assert "\n=" not in text
        assert ",=" not in text
    assert http.get(f"{API}/analytics/export", params={"format": "pdf"}).status_code == 422


def test_a_fresh_household_has_reasons_and_no_zeros(http: TestClient) -> None:
    token = http.headers["Authorization"]
    sign_up(http, "fresh@example.com")
    for path in ("bank-charges", "passive-income", "categories/history?category_id=dining"):
        found = get(http, f"/analytics/{path}") if "?" not in path else http.get(f"{API}/analytics/{path}").json()
        assert (found["amount"], found["reason"]) == (None, "no_rows")
    envelopes = get(http, "/budgets/envelopes")
    assert (envelopes["income"], envelopes["income_reason"]) == (None, "no_rows")
    assert get(http, "/analytics/real")["months"] == []
    http.headers["Authorization"] = token
