"""What is not known is said to be unknown, with the reason, and never nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.story import API, get, import_statement, statement
from tests.support import client


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestClient]:
    with client(tmp_path) as asking:
        yield asking


def tile(house: TestClient, name: str) -> dict[str, Any]:
    shown = get(house, "/dashboard")[name]
    assert shown["status"] == "ok"
    return dict(shown["data"])


def unknown(data: dict[str, Any], *names: str) -> set[str]:
    assert [data[name] for name in names] == [None] * len(names)
    return {data[f"{name}_reason"] for name in names}


def test_before_the_first_account_nothing_is_due_and_no_balance_is_zero(house: TestClient) -> None:
    data = tile(house, "obligations")
    assert unknown(data, "total_out", "total_in", "payday", "left_until_payday") == {"no_rows"}
    assert unknown(data, "balance", "lowest_balance") == {"no_accounts"}
    assert data["lowest_on"] is None
    for path in ("/dashboard/digest", "/dashboard/year-end?as_of=2026-07-15"):
        shown = house.get(API + path).text
        assert "not known (no_rows)" in shown
        assert "0.00" not in shown


def test_money_of_another_currency_is_not_nothing(house: TestClient) -> None:
    account = {"name": "Everyday", "kind": "checking", "currency": "USD", "opening_balance": "5000.00"}
    account_id = house.post(f"{API}/accounts", json=account).json()["id"]
    for month in range(1, 8):
        row = {"account_id": account_id, "date": f"2026-{month:02d}-03", "amount": "-1500.00", "description": "RENT"}
        house.post(f"{API}/transactions", json=row)
    data = tile(house, "obligations")
    assert unknown(data, "total_out", "total_in", "balance", "lowest_balance", "payday") == {"other_currency"}


def test_net_worth_says_what_it_counts(house: TestClient) -> None:
    loan = {"name": "Home", "kind": "home_loan", "currency": "INR", "principal": "1000000.00", "annual_rate": 0.09}
    answer = house.post(f"{API}/liabilities", json={**loan, "months": 120, "start": "2025-01-05"})
    assert answer.status_code == 201, answer.text
    assert tile(house, "net_worth")["counts"] == {"account": 0, "asset": 0, "liability": 1}
    assert tile(house, "debt")["outstanding"] == "900809.76"


def test_a_loan_that_is_paid_but_was_not_entered_is_no_debt_of_nothing(house: TestClient) -> None:
    """Instalments of 30,000 a month leave the account, beside a card that owes something."""
    assert import_statement(house, statement())["status"] == "done"
    card = {"name": "Card", "kind": "credit_card", "currency": "INR", "opening_balance": "-12000.00"}
    assert house.post(f"{API}/accounts", json=card).status_code == 201
    assert unknown(tile(house, "debt"), "outstanding", "debt_free_on") == {"loan_not_entered"}
    assert unknown(get(house, "/dashboard/kpis"), "debt_to_assets") == {"loan_not_entered"}
    score = get(house, "/dashboard/health-score")
    missing = {part["name"] for part in score["components"] if part["score"] is None}
    assert "debt_to_assets" in missing
    assert score["coverage"] < 1
