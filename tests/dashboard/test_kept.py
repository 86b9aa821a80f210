"""What is kept between questions is what a server that remembers nothing would say."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from starlette.testclient import TestClient

from finapp.app.main import create_app
from finapp.app.settings import Settings
from tests.acceptance.story import API, arrive
from tests.support import TODAY

ASKED = (
    "/dashboard",
    "/dashboard/kpis",
    "/dashboard/health-score",
    "/dashboard/insights",
    "/reports/recurring-payments",
    "/reports/recurring-payments/calendar",
    "/reports/emergency-fund",
    "/reports/obligations",
    "/reports/cash-forecast",
    "/fire/summary",
    "/fire/runway",
    "/fire/plan",
    "/net-worth",
    "/net-worth/timeline?by=month&from=2025-07-01",
    "/liabilities",
    "/goals",
)
Write = Callable[[TestClient, Random], Any]


@contextmanager
def opened(data: Path, headers: dict[str, str]) -> Iterator[TestClient]:
    """The product on a data directory, spoken to as before."""
    with TestClient(create_app(Settings(data=data, today=TODAY)), headers=headers) as client:
        yield client


def said(client: TestClient) -> dict[str, str]:
    """Every answer."""
    return {path: client.get(f"{API}{path}").text for path in ASKED}


def _row(client: TestClient, dice: Random) -> str:
    name: str = dice.choice(client.get(f"{API}/transactions?limit=100").json()["items"])["id"]
    return f"{API}/transactions/{name}"


def _add(client: TestClient, dice: Random) -> Any:
    row = {
        "account_id": dice.choice(client.get(f"{API}/accounts").json()["items"])["id"],
        "date": dice.choice([TODAY.isoformat(), "2026-06-30", "2026-03-15", "2025-05-05", "2027-01-01"]),
        "amount": f"{dice.choice(['-', ''])}{dice.randrange(1, 90_000)}.{dice.randrange(100):02}",
        "description": dice.choice(["UPI-SWIGGY", "BIL/ONL/TATA POWER", "Corner shop", "NEFT CR-ACME-SALARY"]),
    }
    return client.post(f"{API}/transactions", json=row)


def _change(**values: list[str]) -> Write:
    def write(client: TestClient, dice: Random) -> Any:
        change = {name: dice.choice(choices) for name, choices in values.items()}
        return client.patch(_row(client, dice), json=change)

    return write


def _delete(client: TestClient, dice: Random) -> Any:
    return client.delete(_row(client, dice))


def _owe(client: TestClient, dice: Random) -> Any:
    loan = {"kind": "vehicle_loan", "name": "Car", "start": "2025-04-01", "principal": "480000.00"}
    return client.post(f"{API}/liabilities", json={**loan, "annual_rate": "0.09", "months": 48})


def _own(client: TestClient, dice: Random) -> Any:
    return client.post(f"{API}/assets", json={"kind": "fund", "name": "Index fund", "value": "70000.00"})


def _plan(client: TestClient, dice: Random) -> Any:
    return client.put(f"{API}/fire/plan", json={"annual_expenses": f"{dice.randrange(100, 900)}000.00"})


def _aim(client: TestClient, dice: Random) -> Any:
    return client.post(f"{API}/goals", json={"name": "Roof", "target_amount": "90000.00", "saved_amount": "500.00"})


WRITES: tuple[Write, ...] = (
    _add,
    _add,
    _change(category_id=["dining", "groceries", "bank_fees", "income_salary"]),
    _change(flow=["expense", "transfer", "income", "investment"]),
    _change(amount=["-13.00", "-25000.00", "4000.00"]),
    _change(date=["2026-07-10", "2026-02-02", "2025-12-31"]),
    _delete,
    _owe,
    _own,
    _plan,
    _aim,
)


def test_after_any_writes_answers_are_those_of_a_server_that_remembers_nothing(tmp_path: Path) -> None:
    dice = Random(1)
    order = dice.sample(WRITES, len(WRITES))
    with TestClient(create_app(Settings(data=tmp_path / "kept", today=TODAY))) as kept:
        arrive(kept)
        said(kept)
        for step in range(0, len(order), 3):
            for write in order[step : step + 3]:
                answer = write(kept, dice)
                assert answer.status_code < 300, answer.text
                said(kept)
            shutil.copytree(tmp_path / "kept", tmp_path / str(step))
            with opened(tmp_path / str(step), dict(kept.headers)) as anew:
                assert said(anew) == said(kept)
