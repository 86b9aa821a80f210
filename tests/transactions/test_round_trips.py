"""The journals of a household bring nothing to it, and all of it to another: opening balances, accounts of one name."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import client
from tests.transactions.test_imports import ended

API = "/api/v1"
HELD = (
    ("Empty", "INR", "77.00", ()),
    ("Main", "INR", "0.00", ("-5.00",)),
    ("Current", "USD", "50.00", ("-7.00",)),
    ("Current", "EUR", "0.00", ("-6.00", "-1.00")),
    ("Savings", "USD", "100.00", ()),
    ("Savings", "USD", "200.00", ("-3.00", "-2.00")),
    ("savings", "USD", "0.00", ("-4.00",)),
)
"""Name, currency, opening balance and rows of accounts."""


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("here")) as found:
        for name, currency, opening, amounts in HELD:
            account = {"name": name, "kind": "savings", "currency": currency, "opening_balance": opening}
            made = found.post(f"{API}/accounts", json=account).json()["id"]
            for amount in amounts:
                row = {"account_id": made, "date": "2026-05-03", "amount": amount, "description": f"SHOP {amount}"}
                assert found.post(f"{API}/transactions", json=row).status_code == 201
        yield found


def exported(found: TestClient, format: str) -> bytes:
    return found.get(f"{API}/transactions/export", params={"format": format}).content


def taken(found: TestClient, content: bytes, **said: str) -> Any:
    started = found.post(f"{API}/imports", files={"file": ("export", content)}, data=said).json()
    return ended(found, started["id"])


def kinds(found: TestClient) -> dict[str, str]:
    items = found.get(f"{API}/accounts", params={"limit": 100}).json()["items"]
    return {each["name"]: each["kind"] for each in items}


def held(found: TestClient) -> list[tuple[str, ...]]:
    items = found.get(f"{API}/accounts", params={"limit": 100}).json()["items"]
    return sorted((each["currency"], each["opening_balance"], each["balance"]) for each in items)


@pytest.mark.parametrize("format", ["beancount", "ledger", "csv", "ofx"])
def test_an_export_adds_nothing_to_its_own_household(household: TestClient, format: str) -> None:
    before = held(household)
    rehearsed = taken(household, exported(household, format), dry_run="true")
    assert (rehearsed["status"], rehearsed["counts"]["imported"]) == ("done", 0)
    assert not any(each["account_created"] for each in rehearsed["accounts"])
    done = taken(household, exported(household, format))
    assert (done["status"], done["counts"]["imported"], held(household)) == ("done", 0, before)


@pytest.mark.parametrize("format", ["beancount", "ledger"])
def test_a_journal_makes_the_same_accounts_elsewhere(household: TestClient, tmp_path: Any, format: str) -> None:
    with client(tmp_path) as other:
        assert taken(other, exported(household, format))["status"] == "done"
        assert held(other) == held(household)
        rows = other.get(f"{API}/transactions", params={"limit": 100}).json()["items"]
        assert sorted(row["amount"] for row in rows) == sorted(amount for _, _, _, own in HELD for amount in own)


def test_a_journal_of_accounts_without_rows_has_their_opening_balances(tmp_path: Any) -> None:
    with client(tmp_path) as found:
        found.post(
            f"{API}/accounts", json={"name": "Old", "kind": "cash", "currency": "INR", "opening_balance": "9.00"}
        )
        assert b"Assets:Old  9.00 INR" in exported(found, "beancount")


@pytest.mark.parametrize("format", ["beancount", "ledger"])
def test_accounts_come_back_as_what_they_were(tmp_path: Any, format: str) -> None:
    wanted = ("checking", "savings", "credit_card", "cash", "loan", "investment", "overdraft")
    names = {f"Number {place}": kind for place, kind in enumerate(wanted)}
    with client(tmp_path / "here") as here, client(tmp_path / "there") as there:
        for name, kind in names.items():
            account = {"name": name, "kind": kind, "currency": "INR", "opening_balance": "9.00"}
            assert here.post(f"{API}/accounts", json=account).status_code == 201
        assert taken(there, exported(here, format))["status"] == "done"
        assert kinds(there) == names
