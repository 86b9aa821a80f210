"""Assets and liabilities of another program's database arrive with its import, once, and go with it."""

import sqlite3
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.assets.domain.taken_over import asset_of, liability_of
from tests.support import client

API = "/api/v1"
_SCRIPT = """
CREATE TABLE bank_transactions (id INTEGER PRIMARY KEY, date TEXT, description TEXT, amount REAL, type TEXT);
CREATE TABLE assets (id INTEGER PRIMARY KEY, name TEXT, type TEXT, value REAL);
CREATE TABLE liabilities (id INTEGER PRIMARY KEY, name TEXT, type TEXT, outstanding REAL, interest_rate REAL);
INSERT INTO bank_transactions VALUES (1, '2026-05-01', 'SALARY', 900.0, 'credit');
INSERT INTO bank_transactions VALUES (2, '2026-05-13', 'TEA', 9.0, 'debit');
INSERT INTO assets VALUES (1, 'Index fund', 'mutual_fund', 250000.0), (2, 'Flat', 'Real Estate', 9000000.0);
INSERT INTO liabilities VALUES (1, 'SBI', 'home_loan', 410000.55, 8.5);
"""


def _database(tmp_path: Path) -> bytes:
    connection = sqlite3.connect(tmp_path / "runway.db")
    connection.executescript(_SCRIPT)
    connection.close()
    return (tmp_path / "runway.db").read_bytes()


def _taken(signed_in: TestClient, content: bytes) -> Any:
    began = signed_in.post(f"{API}/imports", files={"file": ("runway.db", content)}).json()
    signed_in.get(f"{API}/imports/{began['id']}/events")
    return signed_in.get(f"{API}/imports/{began['id']}").json()


def _held(signed_in: TestClient, count: int) -> tuple[list[Any], list[Any]]:
    """Assets and liabilities, once there are so many: events are delivered after their commit."""
    for _ in range(100):
        found = [signed_in.get(f"{API}/{path}").json()["items"] for path in ("assets", "liabilities")]
        if len(found[0]) + len(found[1]) == count:
            break
        time.sleep(0.05)
    return found[0], found[1]


def test_they_arrive_once_and_go_with_the_import(tmp_path: Path) -> None:
    content = _database(tmp_path)
    with client(tmp_path / "data") as signed_in:
        done = _taken(signed_in, content)
        assert (done["status"], len(done["holdings"])) == ("done", 3)
        assets, debts = _held(signed_in, 3)
        assert [(one["name"], one["kind"], one["value"]) for one in assets] == [
            ("Index fund", "fund", "250000.00"),
            ("Flat", "property", "9000000.00"),
        ]
        assert [(one["name"], one["kind"], one["outstanding"], one["annual_rate"]) for one in debts] == [
            ("SBI", "home_loan", "410000.55", 0.085)
        ]
        assert [one["id"] for one in done["holdings"]] == [one["id"] for one in (*assets, *debts)]
        assert signed_in.get(f"{API}/net-worth").json()["net_worth"] == str(
            Decimal("9250000") - Decimal("410000.55") + 891
        )
        again = _taken(signed_in, content)
        assert [one["outcome"] for one in again["holdings"]] == ["known"] * 3
        flat = assets[1]
        worth = {"date": "2026-06-01", "value": "9100000.00"}
        assert signed_in.post(f"{API}/assets/{flat['id']}/valuations", json=worth).status_code == 201
        held = _held(signed_in, 3)
        assert signed_in.delete(f"{API}/imports/{done['id']}").status_code == 204
        # The other import has them as well, and brings them from now on.
        assert _held(signed_in, 3) == held
        brought = signed_in.get(f"{API}/imports/{again['id']}").json()["holdings"]
        assert [(one["id"], one["outcome"]) for one in brought] == [(one["id"], "new") for one in done["holdings"]]
        assert signed_in.delete(f"{API}/imports/{again['id']}").status_code == 204
        # What a person has gone on with stays.
        assert _held(signed_in, 1) == ([signed_in.get(f"{API}/assets/{flat['id']}").json()], [])


def _said(word: str, name: str, rate: str | None = None) -> dict[str, Any]:
    annual_rate = None if rate is None else Decimal(rate)
    return {"name": name, "word": word, "currency": "INR", "annual_rate": annual_rate}


@pytest.mark.parametrize(
    ("word", "name", "kind"),
    [
        ("fixed_deposit", "HDFC", "deposit"),
        ("FixedDeposit", "HDFC", "deposit"),
        ("", "PPF account", "retirement"),
        ("gold", "Coins", "gold"),
        ("", "My car", "vehicle"),
        ("", "Stamps", "other"),
    ],
)
def test_an_asset_is_of_the_kind_its_word_or_name_says(word: str, name: str, kind: str) -> None:
    assert asset_of(**_said(word, name)).kind == kind


def test_a_deposit_earns_its_rate_and_a_debt_is_owed_from_the_day_on() -> None:
    assert asset_of(**_said("fd", "HDFC", "0.07")).accrual_rate == Decimal("0.07")
    assert asset_of(**_said("stock", "TCS", "0.07")).accrual_rate is None
    debt = liability_of(**_said("car loan", "Axis", "0.09"), owed=Decimal(5), on=date(2026, 5, 1))
    assert (debt.kind, debt.principal, debt.start) == ("vehicle_loan", Decimal(5), date(2026, 5, 1))
