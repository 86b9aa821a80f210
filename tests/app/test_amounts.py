"""Every amount in an answer carries exactly the decimals of its currency, in every reading of a demo household."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finapp.app.demo.fill import API, EMAIL, PASSWORD, fill
from finapp.app.demo.household import simulate
from finapp.kernel.money import exponent
from tests.support import application, sign_in

UNTIL = date(2026, 7, 10)
CONTEXTS = ("/assets", "/liabilities", "/liquidations", "/net-worth", "/fire", "/reports")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?")
NOT_MONEY = {"quantity", "unit_price", "instalment_unrounded", "next_cursor", "start", "excluded_starts", "basis"}
"""Fields that hold digits in a string and are no amounts to the minor unit."""
WORDS = {"conventions", "parameters"}
"""Assumptions in words: rates, years and amounts stand side by side there, and in the inputs of `basis`."""


def amounts(answer: Any, currency: str, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every decimal string with its place and currency: the nearest `currency` above it."""
    if isinstance(answer, dict):
        currency = answer.get("currency") or currency
        for name, value in answer.items():
            if name not in NOT_MONEY | WORDS:
                yield from amounts(value, currency, f"{path}.{name}")
    elif isinstance(answer, list):
        for number, value in enumerate(answer):
            yield from amounts(value, currency, f"{path}[{number}]")
    elif isinstance(answer, str) and _DECIMAL.fullmatch(answer) and not path.endswith((".id", "_id", "_ids]")):
        yield path, answer, currency


def finer_or_coarser(answer: Any, currency: str) -> list[tuple[str, str, str]]:
    """The amounts that do not carry exactly the decimals of their currency."""
    wrong = []
    for path, text, of in amounts(answer, currency):
        places = len(text.partition(".")[2])
        if places != exponent(of) or "E" in text:
            wrong.append((path, text, of))
    return wrong


def readings(http: Any) -> Iterator[str]:
    """Every GET of the contexts, with the household's own ids in place of parameters."""
    ids = {
        "asset_id": [item["id"] for item in http.get(f"{API}/assets").json()["items"]],
        "liability_id": [item["id"] for item in http.get(f"{API}/liabilities").json()["items"]],
    }
    for path, operations in http.get("/openapi.json").json()["paths"].items():
        inside = path.removeprefix(API)
        if "get" not in operations or not inside.startswith(CONTEXTS):
            continue
        names = re.findall(r"\{(\w+)\}", inside)
        if not names:
            yield path
        elif names[0] in ids and len(names) == 1:
            yield from (path.replace(f"{{{names[0]}}}", each) for each in ids[names[0]])


def _is_unrounded(answer: Any) -> bool:
    """Whether it is the schedule of a loan whose terms ask for amounts that are not rounded."""
    assumptions = answer.get("basis", {}).get("assumptions", {}) if isinstance(answer, dict) else {}
    return isinstance(assumptions, dict) and assumptions.get("rounding") == "none"


def enter_more(http: Any) -> None:
    """What a demo does not hold: amounts without decimals, loans rounded in other ways, lots, income and sales."""
    for rounding in ("unit", "none", "hundredth"):
        body = {"name": rounding, "kind": "personal_loan", "principal": "300000", "annual_rate": "0.093", "months": 36}
        more = {"rounding": rounding, "start": "2026-01-05", "fees": "1500", "moratorium_months": 2}
        answer = http.post(f"{API}/liabilities", json={**body, **more})
        assert answer.status_code == 201, answer.text
        path = f"{API}/liabilities/{answer.json()['id']}"
        assert http.post(f"{path}/rates", json={"date": "2026-05-05", "annual_rate": "0.11"}).status_code == 201
        assert http.post(f"{path}/payments", json={"date": "2026-06-05", "amount": "5000"}).status_code == 201
    bare = {"name": "From a friend", "kind": "other", "principal": "12000", "start": "2026-01-05"}
    assert http.post(f"{API}/liabilities", json=bare).status_code == 201
    stock = {"name": "Shares", "kind": "stock", "value": "9000", "valued_on": "2026-07-01"}
    answer = http.post(f"{API}/assets", json=stock)
    assert answer.status_code == 201, answer.text
    path = f"{API}/assets/{answer.json()['id']}"
    lot = {"date": "2025-03-03", "quantity": "30", "cost": "7000", "fees": "12.5"}
    assert http.post(f"{path}/lots", json=lot).status_code == 201
    income = {"date": "2026-03-03", "kind": "dividend", "amount": "90"}
    assert http.post(f"{path}/income", json=income).status_code == 201
    sale = {"asset_id": answer.json()["id"], "date": "2026-07-02", "quantity": "7", "unit_price": "301.333"}
    answer = http.post(f"{API}/liquidations", json=sale)
    assert answer.status_code == 201, answer.text
    plan = {"annual_expenses": "600000", "invested": "1000000", "monthly_savings": "20000", "monthly_income": "90000"}
    assert http.put(f"{API}/fire/plan", json=plan).status_code == 200


@pytest.mark.parametrize("profile", ["in", "us"])
def test_every_amount_of_a_household_has_the_decimals_of_its_currency(tmp_path: Path, profile: Any) -> None:
    household = simulate(seed=3, profile=profile, until=UNTIL, months=8)
    with application(tmp_path, today=UNTIL) as http:
        fill(http, household)
        sign_in(http, EMAIL, PASSWORD)
        enter_more(http)
        wrong, seen = [], 0
        for path in readings(http):
            answer = http.get(path)
            assert answer.status_code in (200, 422), f"{path}: {answer.text}"
            if answer.status_code == 200 and "json" in answer.headers["content-type"]:
                seen += sum(1 for _ in amounts(answer.json(), household.currency))
                if not _is_unrounded(answer.json()):
                    wrong += [(path, *each) for each in finer_or_coarser(answer.json(), household.currency)]
        assert wrong == []
        assert seen > 500
