"""Sorts of heavy work that a person asks of a server, each again and again."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from benchmarks.bench_import import statement
from tests.transactions.readers.pdf_writer import pdf, table

API = "/api/v1"
PASSWORD = "violet-anchor-tundra-42"
_PAGES, _LINES = 12, 40
_DETECTED = 20_000
Ask = Callable[[str, str, bytes | None, dict[str, str]], bytes]
"""Method, path, body and headers -> the body of the answer. Raises Refused."""
Load = Callable[[Ask, int], None]
"""Does a piece of work, the so-manieth."""


class Refused(RuntimeError):
    """The server did not do what was asked."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Person:
    """Somebody with a household of their own and two accounts, and what they make the server do."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._head = _newcomer(ask, "household@example.com")
        self._account = self._opened("Main")
        self._printed = self._opened("Printed")

    def loads(self, rows: int) -> Mapping[str, Load]:
        """Each sort of work by its name; the import of a statement of so many rows comes before what needs rows."""
        content = statement(rows)
        printed = _statement_as_pdf()
        return {
            "sign-ins": _be_refused,
            "simulations": self._simulate,
            "monthly simulations": lambda ask, number: self._simulate(ask, number, steps=12),
            "an import": lambda ask, number: self._import(ask, "s.csv", content, self._account),
            "reading PDFs": lambda ask, number: self._import(ask, f"{number}.pdf", printed, self._printed),
            "finding recurring payments": self._find_recurring,
            "corrections that are learned from": self._correct,
            "dashboards after writes": self._look,
            "exports": self._export,
            "household zips": lambda ask, number: self._zip(ask) and None,
            "restoring household zips": self._restore,
        }

    def _opened(self, name: str) -> str:
        body = {"name": name, "kind": "checking", "currency": "INR"}
        account: str = self._json(self._ask, "POST", "/accounts", body)["id"]
        return account

    def _json(self, ask: Ask, method: str, path: str, body: object = None) -> Any:
        headers = {"content-type": "application/json", **self._head}
        return json.loads(ask(method, API + path, None if body is None else json.dumps(body).encode(), headers))

    def _simulate(self, ask: Ask, number: int, steps: int = 1) -> None:
        plan = {"portfolio": "1000000", "annual_spending": "40000", "years": 60, "mean": 0.05, "volatility": 0.12}
        self._json(ask, "POST", "/fire/simulation", {**plan, "paths": 10_000, "seed": number, "steps_per_year": steps})

    def _import(self, ask: Ask, name: str, content: bytes, account: str) -> None:
        """Uploads and watches the import; from the second time on known rows come again."""
        found = json.loads(_sent(ask, "/imports", name, content, self._head, account))
        while found["status"] in ("queued", "running"):
            time.sleep(0.2)
            found = self._json(ask, "GET", f"/imports/{found['id']}")
        if found["status"] != "done":
            raise Refused(200, f"{name}: {found['status']}: {found['failure']}")

    def _find_recurring(self, ask: Ask, number: int) -> None:
        days = [f"20{10 + at % 16}-{1 + at % 12:02d}-05" for at in range(_DETECTED)]
        rows = [
            {"date": day, "amount": f"-{5 + at % 90}.00", "description": f"SHOP {at % 300}"}
            for at, day in enumerate(days)
        ]
        self._json(ask, "POST", "/reports/recurring-payments/detect", {"transactions": rows, "as_of": "2026-01-31"})

    def _correct(self, ask: Ask, number: int) -> None:
        row = self._json(ask, "GET", "/transactions?limit=1&cursor=date:2012-01-31")["items"][0]
        said = ("dining", "groceries")[number % 2]
        self._json(ask, "PATCH", f"/transactions/{row['id']}", {"category_id": said})

    def _look(self, ask: Ask, number: int) -> None:
        new = {"account_id": self._account, "date": "2023-08-01", "amount": f"-{number}.25", "description": "Shop"}
        self._json(ask, "POST", "/transactions", new)
        self._json(ask, "GET", "/dashboard")

    def _export(self, ask: Ask, number: int) -> None:
        kind = ("csv", "xlsx", "ofx", "beancount", "ledger")[number % 5]
        ask("GET", f"{API}/transactions/export?format={kind}", None, self._head)

    def _zip(self, ask: Ask) -> bytes:
        return ask("GET", f"{API}/household/export", None, self._head)

    def _restore(self, ask: Ask, number: int) -> None:
        head = _newcomer(ask, f"newcomer{number}@example.com")
        _sent(ask, "/household/restore", "household.zip", self._zip(ask), head)


def _newcomer(ask: Ask, email: str) -> dict[str, str]:
    """Registers somebody: what their requests carry."""
    who = {"email": email, "password": PASSWORD, "display_name": "H", "currency": "INR", "locale": "en-IN"}
    ask("POST", f"{API}/auth/register", json.dumps(who).encode(), {"content-type": "application/json"})
    return {"authorization": f"Bearer {json.loads(_signed_in(ask, email))['access_token']}"}


def _signed_in(ask: Ask, email: str) -> bytes:
    form = urlencode({"username": email, "password": PASSWORD}).encode()
    return ask("POST", f"{API}/auth/token", form, {"content-type": "application/x-www-form-urlencoded"})


def _be_refused(ask: Ask, number: int) -> None:
    """A sign-in of somebody unknown: the password is hashed as for everybody, and nobody tries too often."""
    try:
        _signed_in(ask, f"nobody{number}@example.com")
    except Refused as refusal:
        if refusal.status != 401:
            raise


def _sent(ask: Ask, path: str, name: str, content: bytes, head: dict[str, str], account: str | None = None) -> bytes:
    """Uploads a file."""
    part = "--bound\r\nContent-Disposition: form-data; name="
    field = "" if account is None else f'{part}"account_id"\r\n\r\n{account}\r\n'
    begin = f'{field}{part}"file"; filename="{name}"\r\n\r\n'.encode()
    headers = {**head, "content-type": "multipart/form-data; boundary=bound"}
    return ask("POST", API + path, begin + content + b"\r\n--bound--\r\n", headers)


def _statement_as_pdf() -> bytes:
    """Twelve pages of a running balance."""
    columns = [(40.0, "l"), (120.0, "l"), (420.0, "r"), (520.0, "r")]
    balance, pages = 500_000, []
    for page in range(_PAGES):
        lines = [["Date", "Narration", "Withdrawal", "Balance"]]
        for line in range(_LINES):
            balance -= 100 + line
            day = f"{1 + line % 28:02d}/{page + 1:02d}/2025"
            lines.append([day, f"UPI-SHOP {page}-{line}", f"{100 + line}.00", f"{balance}.00"])
        pages.append(table(lines, columns))
    return pdf(pages)
