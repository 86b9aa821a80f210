"""The doctor names every kind of kept sums that somebody has spoilt in the files, and makes it again from the rows."""

import sqlite3
from contextlib import closing
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from finapp.app.cli.doctor import examine
from finapp.app.cli.main import app
from finapp.app.settings import Settings
from tests.acceptance.servers import Server, free_port, running
from tests.platform.filled import fill
from tests.support import TODAY, application, sign_in, sign_up

EMAIL = "household@example.com"
SPOILT = {
    "daily_sums": "DELETE FROM daily_sums WHERE period = '2026-02-11'",
    "monthly_sums": "UPDATE monthly_sums SET amount = amount + 100, count = count + 1 WHERE period = '2026-03'",
    "merchant_sums": "INSERT INTO merchant_sums SELECT owner, '1999-01', account_id, merchant_id, currency, 5, 1 "
    "FROM merchant_sums LIMIT 1",
    "merchant_years": "DELETE FROM merchant_years",
    "largest_purchases": "UPDATE largest_purchases SET amount = amount - 1",
    "balances": "UPDATE accounts SET moved = moved + 1",
    "texts": "INSERT INTO transaction_texts (transaction_texts, rowid, description, merchant, note) "
    "SELECT 'delete', id, description, merchant, note FROM transactions WHERE description = 'BÄCKEREI Ä'",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("data")
    with application(home) as client:
        sign_up(client, EMAIL, "GBP")
        fill(client)
    return Settings(data=home, today=TODAY)


def spoil(settings: Settings, *statements: str) -> None:
    with closing(sqlite3.connect(settings.data / "transactions.sqlite3", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def told(printed: str) -> set[str]:
    """The kinds of which the doctor says that they are wrong."""
    return {line.split(":")[0] for line in printed.splitlines() if "differ" in line}


@pytest.mark.parametrize("kind", SPOILT)
def test_what_was_spoilt_is_named_alone_and_made_again(
    settings: Settings, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(settings, SPOILT[kind])
    assert examine(settings) > 0
    assert told(capsys.readouterr().out) == {kind}
    assert examine(settings, repair=True) == 0
    before, after = capsys.readouterr().out.split("made again from the rows:")
    assert (told(before), told(after)) == ({kind}, set())


def test_sums_of_a_household_that_has_no_accounts_are_taken_away(settings: Settings) -> None:
    others = "owner + 1, period, account_id, category_id, flow, need, currency, amount, count"
    spoil(settings, f"INSERT INTO daily_sums SELECT {others} FROM daily_sums LIMIT 1")
    assert examine(settings) == 1
    assert examine(settings, repair=True) == 0


@pytest.mark.acceptance
def test_a_running_server_is_examined_and_repaired_without_a_stop(settings: Settings) -> None:
    server = Server(free_port(), {"FINAPP_DATA": str(settings.data), "FINAPP_TODAY": TODAY.isoformat()})
    with running(server), httpx2.Client(base_url=server.url) as client:
        sign_in(client, EMAIL)  # type: ignore[arg-type]
        asked = ("/api/v1/accounts", "/api/v1/analytics/summary?from=2026-01-01&to=2026-12-31", "/api/v1/transactions")
        before = [client.get(path).json() for path in asked]
        spoil(settings, *SPOILT.values())
        body = {"account_id": before[0]["items"][0]["id"], "date": "2026-04-01", "amount": "-1.00", "description": "Y"}
        row = client.post("/api/v1/transactions", json=body).json()
        assert client.get(asked[0]).json() != before[0]
        main = CliRunner().invoke(app, ["doctor", "--data", str(settings.data)])
        assert (main.exit_code, told(main.output)) == (1, set(SPOILT))
        main = CliRunner().invoke(app, ["doctor", "--repair", "--data", str(settings.data)])
        assert main.exit_code == 0, main.output
        assert client.delete(f"/api/v1/transactions/{row['id']}").status_code == 204
        assert [bare(client.get(path).json()) for path in asked] == [bare(each) for each in before]


def bare(answer: dict[str, Any]) -> dict[str, Any]:
    """Without what a version is told by."""
    return {name: value for name, value in answer.items() if name != "basis"}
