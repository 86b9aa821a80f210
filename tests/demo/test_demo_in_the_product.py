"""A filled demo stands in the product to the minor unit: every row once, every balance as the banks print it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from finapp.app.demo.fill import API, Filled, fill
from finapp.app.demo.household import Household, simulate
from finapp.app.demo.truth import ProfileName
from tests.support import application

UNTIL = date(2026, 6, 30)


@pytest.fixture(scope="module", params=get_args(ProfileName))
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Household, Filled]]:
    directory: Path = tmp_path_factory.mktemp(request.param)
    with application(directory, today=UNTIL) as client:
        household = simulate(seed=1, profile=request.param, until=UNTIL, months=12)
        filled = fill(client, household)
        answer = client.post(f"{API}/auth/token", data={"username": filled.email, "password": filled.password})
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client, household, filled


def get(client: TestClient, path: str) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_row_is_imported_once(demo: tuple[TestClient, Household, Filled]) -> None:
    client, household, filled = demo
    imports = [item for item in get(client, "/imports?limit=500")["items"] if item["status"] == "done"]
    counts = {name: sum(item["counts"][name] for item in imports) for name in ("imported", "duplicates", "rejected")}
    assert counts == {"imported": filled.rows, "duplicates": 0, "rejected": 0}
    assert filled.rows == sum(1 for _ in household.rows())


def test_every_account_has_the_balance_its_bank_prints(demo: tuple[TestClient, Household, Filled]) -> None:
    client, household, filled = demo
    truth = {account.id: account.opening_balance for account in household.accounts}
    truth.update({row.account_id: row.balance for row in household.rows()})
    balances = {item["id"]: item["balance"] for item in get(client, "/accounts")["items"]}
    assert balances == {theirs: str(truth[ours]) for ours, theirs in filled.accounts.items()}


def test_what_is_owned_owed_and_wanted_is_there(demo: tuple[TestClient, Household, Filled]) -> None:
    client, household, _ = demo
    assert len(get(client, "/assets")["items"]) == len(household.assets)
    assert len(get(client, "/liabilities")["items"]) == len(household.loans)
    assert len(get(client, "/goals")["items"]) == len(household.goals)


def test_filling_again_adds_nothing(demo: tuple[TestClient, Household, Filled]) -> None:
    client, household, _ = demo
    before = len(get(client, "/imports?limit=500")["items"])
    assert fill(client, household).already
    assert len(get(client, "/imports?limit=500")["items"]) == before
