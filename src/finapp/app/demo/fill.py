"""Fills a demo household over HTTP as its owner would: register, open accounts, upload statements, state assets."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from finapp.app.demo.household import Household, simulate
from finapp.app.demo.statements.writing import LAYOUTS, statements
from finapp.app.demo.truth import Asset, Loan, ProfileName, Statement
from finapp.kernel.months import add_months

API = "/api/v1"
EMAIL = "demo@example.com"
PASSWORD = "plain-demo-household-7"  # noqa: S105  (a demo's password is printed, not kept)
_PATIENCE = 600
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.5


class Answer(Protocol):
    """What a client hands back."""

    @property
    def status_code(self) -> int: ...

    @property
    def text(self) -> str: ...

    def json(self) -> Any: ...


class Client(Protocol):
    """An HTTP client with a base URL, as httpx2.Client and starlette's TestClient are."""

    def get(self, url: str, *, headers: Mapping[str, str]) -> Answer: ...

    def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = ...,
        json: Mapping[str, Any] | None = ...,
        data: Mapping[str, str] | None = ...,
        files: Mapping[str, tuple[str, bytes, str]] | None = ...,
    ) -> Answer: ...


class DemoError(Exception):
    """The server refused a step; the message says which and what it answered."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a demo contains. `already` when the person was registered before, and nothing was added.

    `accounts` maps the household's account ids to the server's.
    """

    email: str
    password: str
    already: bool
    accounts: Mapping[str, str]
    files: int
    rows: int


def fill_demo(
    client: Client,
    *,
    profile: ProfileName = "in",
    seed: int = 1,
    until: date,
    months: int = 24,
    tell: Callable[[str], None] = lambda message: None,
) -> Filled:
    """Draws the household of `seed` up to `until` and fills it through `client`; see fill."""
    return fill(client, simulate(seed=seed, profile=profile, until=until, months=months), tell=tell)


def fill(
    client: Client,
    household: Household,
    *,
    email: str = EMAIL,
    password: str = PASSWORD,
    months_a_file: int = 6,
    tell: Callable[[str], None] = lambda message: None,
) -> Filled:
    """Registers `email` and enters the household: accounts, statements, assets, liabilities, goals.

    `tell` hears one line per step. When `email` is registered already nothing is entered. Raises DemoError when the
    server refuses a step, or an import does not end as done.
    """
    door = _Door(client)
    if not door.register(household, email, password):
        return Filled(email=email, password=password, already=True, accounts={}, files=0, rows=0)
    tell(f"{email} is registered.")
    door.sign_in(email, password)
    accounts = _open_accounts(door, household)
    files = rows = 0
    for statement in statements(household, months=months_a_file):
        if statement.row_keys:
            _upload(door, statement, accounts[statement.account_id])
            files, rows = files + 1, rows + len(statement.row_keys)
            tell(f"{statement.filename}: {len(statement.row_keys)} rows.")
    for asset in household.assets:
        _enter_asset(door, asset, household.currency)
    for loan in household.loans:
        _enter_loan(door, loan, household.currency)
    for goal in household.goals:
        body = {"name": goal.name, "target_amount": f"{goal.target:.2f}", "target_date": goal.due_on.isoformat()}
        door.post("/goals", body)
    tell(f"{len(household.assets)} assets, {len(household.loans)} loans and {len(household.goals)} goals are entered.")
    return Filled(email=email, password=password, already=False, accounts=accounts, files=files, rows=rows)


class _Door:
    """Speaks to the server as one person."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._headers: dict[str, str] = {}

    def register(self, household: Household, email: str, password: str) -> bool:
        """False when the person exists already."""
        body = {
            "email": email,
            "password": password,
            "display_name": household.holder.title(),
            "currency": household.currency,
            "locale": household.locale,
        }
        answer = self._client.post(f"{API}/auth/register", json=body)
        if answer.status_code == 409:
            return False
        _expect(answer, 201, "register")
        return True

    def sign_in(self, email: str, password: str) -> None:
        """Speaks for the person from here on."""
        answer = self._client.post(f"{API}/auth/token", data={"username": email, "password": password})
        token = _expect(answer, 200, "sign in")["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Creates something."""
        return _expect(self._client.post(API + path, json=body, headers=self._headers), 201, path)

    def upload(self, statement: Statement, account_id: str, mapping: Mapping[str, str]) -> str:
        """Queues a statement and says the import's id."""
        answers = {"mapping": json.dumps(mapping)} if mapping else {}
        answer = self._client.post(
            f"{API}/imports",
            files={"file": (statement.filename, statement.content, "text/csv")},
            data={"account_id": account_id, **answers},
            headers=self._headers,
        )
        return str(_expect(answer, 202, statement.filename)["id"])

    def import_(self, import_id: str) -> dict[str, Any]:
        """How an import stands."""
        return _expect(self._client.get(f"{API}/imports/{import_id}", headers=self._headers), 200, "import")


def _expect(answer: Answer, status: int, step: str) -> dict[str, Any]:
    if answer.status_code != status:
        raise DemoError(f"{step}: the server answered {answer.status_code}: {answer.text[:300]}")
    found: dict[str, Any] = answer.json()
    return found


def _open_accounts(door: _Door, household: Household) -> dict[str, str]:
    opened = {}
    for account in household.accounts:
        # A loan is entered as a liability with its schedule: its account has no statement.
        if account.layout is None:
            continue
        body = {
            "name": account.name,
            "kind": account.kind,
            "currency": account.currency,
            "institution": account.bank,
            "number_last4": account.last4,
            "opening_balance": f"{account.opening_balance:.2f}",
            "interest_rate": str(account.annual_rate),
        }
        opened[account.id] = str(door.post("/accounts", body)["id"])
    return opened


def _upload(door: _Door, statement: Statement, account_id: str) -> None:
    found = _ended(door, door.upload(statement, account_id, {}))
    if found["status"] == "needs_mapping":
        # A file without a single payment does not show how it writes one; its owner knows.
        sign = "inverted" if LAYOUTS[statement.layout].inverted else "as_printed"
        found = _ended(door, door.upload(statement, account_id, {"sign": sign}))
    if found["status"] != "done":
        reason = found.get("failure") or found.get("questions")
        raise DemoError(f"{statement.filename}: the import is {found['status']}: {reason}")


def _ended(door: _Door, import_id: str) -> dict[str, Any]:
    waited, wait = 0.0, _FIRST_WAIT
    found = door.import_(import_id)
    while found["status"] in ("queued", "running") and waited < _PATIENCE:
        time.sleep(wait)
        waited, wait = waited + wait, min(_LONGEST_WAIT, wait * 2)
        found = door.import_(import_id)
    return found


def _enter_asset(door: _Door, asset: Asset, currency: str) -> None:
    (first_day, first_value), *later = asset.valuations
    body = {
        "name": asset.name,
        "kind": asset.kind,
        "currency": currency,
        "liquidity": asset.liquidity,
        "value": f"{first_value:.2f}",
        "valued_on": first_day.isoformat(),
    }
    asset_id = door.post("/assets", body)["id"]
    for day, value in later:
        door.post(f"/assets/{asset_id}/valuations", {"date": day.isoformat(), "value": f"{value:.2f}"})


def _enter_loan(door: _Door, loan: Loan, currency: str) -> None:
    body = {
        "name": f"{loan.name} ({loan.lender})",
        "kind": loan.kind,
        "currency": currency,
        "principal": f"{loan.principal:.2f}",
        "annual_rate": str(loan.annual_rate),
        "months": loan.months,
        "start": loan.start.isoformat(),
        "first_payment": add_months(loan.start, 1).isoformat(),
        "rounding": "unit" if currency == "INR" else "hundredth",
        "rounding_mode": "up",
        "interest_rounding": "hundredth",
    }
    door.post("/liabilities", body)
