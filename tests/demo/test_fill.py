"""Filling a demo speaks to the server as the household's owner would."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from finapp.app.demo.fill import API, DemoError, fill, fill_demo
from finapp.app.demo.household import simulate

UNTIL = date(2026, 6, 30)
HOUSEHOLD = simulate(seed=1, profile="in", until=UNTIL, months=12)


class Reply:
    """An answer with a body."""

    def __init__(self, status_code: int, body: Mapping[str, Any]) -> None:
        self.status_code = status_code
        self.text = str(body)
        self._body = body

    def json(self) -> Any:
        return self._body


class Server:
    """Keeps what it is told; an import is done when it has been asked after twice."""

    def __init__(self, *, known: bool = False, endings: tuple[str, ...] = ("done",)) -> None:
        self.known = known
        self.endings = endings
        self.calls: list[tuple[str, Any]] = []
        self.asked: Counter[str] = Counter()

    def get(self, url: str, *, headers: Mapping[str, str]) -> Reply:
        assert headers["Authorization"] == "Bearer secret"
        self.asked[url] += 1
        number = int(url.rsplit("-", 1)[1])
        ending = self.endings[min(number - 1, len(self.endings) - 1)]
        return Reply(200, {"status": ending if self.asked[url] > 1 else "running", "failure": "why"})

    def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Reply:
        path = url.removeprefix(API)
        self.calls.append((path, {**files, **(data or {})} if files else json or data))
        if path == "/auth/register":
            return Reply(409 if self.known else 201, {})
        if path == "/auth/token":
            return Reply(200, {"access_token": "secret"})
        assert headers is not None
        assert headers["Authorization"] == "Bearer secret"
        return Reply(202 if path == "/imports" else 201, {"id": f"id-{len(self.told('/imports')) or len(self.calls)}"})

    def told(self, path: str) -> list[Any]:
        return [body for called, body in self.calls if called == path]


def test_everything_of_the_household_is_entered() -> None:
    server, heard = Server(), list[str]()
    filled = fill(server, HOUSEHOLD, tell=heard.append)
    accounts = [account for account in HOUSEHOLD.accounts if account.layout]
    assert not filled.already
    assert filled.rows == sum(1 for _ in HOUSEHOLD.rows())
    assert filled.files == len(server.told("/imports"))
    assert set(filled.accounts) == {account.id for account in accounts}
    assert [body["opening_balance"] for body in server.told("/accounts")] == [
        f"{account.opening_balance:.2f}" for account in accounts
    ]
    assert len(server.told("/assets")) == len(HOUSEHOLD.assets)
    assert len(server.told("/liabilities")) == len(HOUSEHOLD.loans) > 0
    assert len(server.told("/goals")) == len(HOUSEHOLD.goals)
    assert all(isinstance(body["principal"], str) for body in server.told("/liabilities"))
    assert len(heard) == filled.files + 2


def test_each_statement_goes_to_its_own_account() -> None:
    server = Server()
    filled = fill(server, HOUSEHOLD)
    for body in server.told("/imports"):
        filename = body["file"][0]
        [account_id] = [account for account in filled.accounts if filename.startswith(f"{account}-2")]
        assert body["account_id"] == filled.accounts[account_id]


def test_a_person_who_is_there_already_is_left_alone() -> None:
    server = Server(known=True)
    assert fill(server, HOUSEHOLD).already
    assert [path for path, _ in server.calls] == ["/auth/register"]


def test_a_question_about_signs_is_answered_once() -> None:
    server = Server(endings=("needs_mapping", "done"))
    fill(server, HOUSEHOLD)
    first, second, *later = server.told("/imports")
    assert "mapping" not in first
    assert second["mapping"] == '{"sign": "as_printed"}'
    assert second["file"] == first["file"]
    assert all("mapping" not in body for body in later)


@pytest.mark.parametrize("ending", ["failed", "cancelled", "needs_mapping"])
def test_an_import_that_does_not_end_well_stops_the_demo(ending: str) -> None:
    with pytest.raises(DemoError, match=ending):
        fill(Server(endings=(ending,)), HOUSEHOLD)


def test_a_refused_step_says_what_the_server_answered() -> None:
    class Closed(Server):
        def post(self, url: str, **said: Any) -> Reply:
            return Reply(503, {}) if url.endswith("/accounts") else super().post(url, **said)

    with pytest.raises(DemoError, match="/accounts: the server answered 503"):
        fill(Closed(), HOUSEHOLD)


def test_a_demo_is_drawn_from_a_seed() -> None:
    server = Server()
    filled = fill_demo(server, profile="gb", seed=4, until=UNTIL, months=3)
    assert filled.rows == sum(1 for _ in simulate(seed=4, profile="gb", until=UNTIL, months=3).rows())
    [person] = server.told("/auth/register")
    assert person["currency"] == "GBP"
    assert person["display_name"].upper() == simulate(seed=4, profile="gb", until=UNTIL, months=3).holder
