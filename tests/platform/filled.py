"""A household that has something in nearly every table, entered over HTTP."""

import time
from typing import Any

from starlette.testclient import TestClient

_FEBRUARY = """Date,Description,Amount,Status,Balance
2026-02-02,ACME SALARY,3000.00,Posted,3000.00
2026-02-03,GREEN GROCER LEEDS,-42.10,Posted,2957.90
2026-02-05,TRANSFER TO SAVINGS,-500.00,Posted,2457.90
2026-02-11,CAFE ROMA,-4.50,Posted,2453.40
2026-02-11,CAFE ROMA,-4.50,Posted,2448.90
2026-02-26,PETROL STATION,-40.00,Pending,
2026-02-27,BOOK SHOP,-7.00,Pending,
"""
_MARCH = """Date,Description,Amount,Status,Balance
2026-02-11,CAFE ROMA,-4.50,Posted,2453.40
2026-02-11,CAFE ROMA,-4.50,Posted,2448.90
2026-02-28,PETROL STATION LEEDS,-40.00,Posted,2408.90
2026-03-02,ACME SALARY,3000.00,Posted,5408.90
2026-03-09,GREEN GROCER LEEDS,-61.00,Posted,5347.90
2026-03-12,GREEN GROCER LEEDS REFUND,11.00,Posted,5358.90
"""
_SAVINGS = "Date,Description,Amount\n2026-02-05,TRANSFER FROM CURRENT ACCOUNT,500.00\n2026-02-28,INTEREST,1.25\n"


def fill(client: TestClient) -> None:
    """Accounts, statements, splits, transfers, corrections, rules, loans, holdings, plans, and words on all of them."""
    current = _made(client, "accounts", {"name": "Current", "kind": "checking", "currency": "GBP"})
    savings = _made(client, "accounts", {"name": "Savings", "kind": "savings", "currency": "GBP"})
    euro = _made(client, "accounts", {"name": "Giro", "kind": "checking", "currency": "EUR"})
    for account, text in ((current, _FEBRUARY), (savings, _SAVINGS), (current, _MARCH)):
        _import(client, account["id"], text)
    old = "2019-12-31", "-3120.55", "RIVERSIDE FURNITURE"
    for account, (day, amount, text) in (
        (current, old),
        (current, ("2025-11-03", "-99.00", "ORCHARD DENTAL")),
        (euro, ("2026-01-04", "-18.20", "BÄCKEREI Ä")),
        (euro, ("2026-01-05", "-2.00", "X")),
    ):
        body = {"account_id": account["id"], "date": day, "amount": amount, "description": text}
        _made(client, "transactions", body)
    _edit(client)
    _own(client, current, savings)


def _edit(client: TestClient) -> None:
    rows = client.get("/api/v1/transactions?limit=100").json()["items"]
    found = {row["description"]: row for row in rows}
    category = _made(client, "categories", {"name": "Street food", "parent_id": "dining"})
    grocer, cafe = found["GREEN GROCER LEEDS"], found["CAFE ROMA"]
    parts = [{"amount": "-41.10"}, {"amount": "-1.00", "category_id": category["id"], "note": "bag"}]
    _sent(client.put(f"/api/v1/transactions/{grocer['id']}/splits", json={"parts": parts}))
    changes = {"category_id": category["id"], "tags": ["street"], "note": "with friends"}
    _sent(client.patch(f"/api/v1/transactions/{cafe['id']}", json=changes))
    gone = found["ORCHARD DENTAL"]["id"]
    _sent(client.delete(f"/api/v1/transactions/{gone}"))
    _made(client, "rules", {"name": "Books", "condition": "book shop", "actions": {"tags": ["books"]}})
    _made(client, "searches", {"name": "Large", "query": "amount<-50"})
    _made(client, "exchange-rates", {"date": "2026-01-01", "base": "EUR", "quote": "GBP", "rate": "0.87"})


def _own(client: TestClient, current: dict[str, Any], savings: dict[str, Any]) -> None:
    loan = {"name": "Car", "kind": "vehicle_loan", "principal": "9000.00", "annual_rate": "0.06", "months": 36}
    liability = _made(client, "liabilities", {**loan, "start": "2025-06-01"})
    payment = {"date": "2026-01-10", "amount": "500.00", "account_id": current["id"]}
    _made(client, f"liabilities/{liability['id']}/payments", payment)
    _made(client, f"liabilities/{liability['id']}/rates", {"date": "2026-02-01", "annual_rate": "0.07"})
    asset = _made(client, "assets", {"name": "Gold", "kind": "gold", "liquidity": "days"})
    _made(client, f"assets/{asset['id']}/valuations", {"date": "2026-03-01", "value": "1200.00"})
    _made(client, "goals", {"name": "Boat", "target_amount": "9000.00", "account_id": savings["id"]})
    _made(client, "budgets", {"category_id": "groceries", "amount": "300.00"})
    _sent(client.put("/api/v1/fire/plan", json={"annual_expenses": "24000.00"}))
    _made(client, "auth/api-tokens", {"name": "reader", "scopes": ["transactions:read"]})


def _import(client: TestClient, account_id: str, text: str) -> None:
    files = {"file": ("statement.csv", text.encode(), "text/csv")}
    made = _sent(client.post("/api/v1/imports", files=files, data={"account_id": account_id}))
    for _ in range(200):
        status = client.get(f"/api/v1/imports/{made['id']}").json()["status"]
        if status not in ("queued", "running"):
            break
        time.sleep(0.02)
    assert status == "done"


def _made(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 201, (path, answer.text)
    return dict(answer.json())


def _sent(answer: Any) -> dict[str, Any]:
    assert answer.status_code < 300, answer.text
    return dict(answer.json()) if answer.content else {}
