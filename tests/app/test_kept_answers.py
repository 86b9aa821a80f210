"""Whatever is written, every derived answer is the one that a process gives which has just been started."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from finapp.app.demo.household import simulate
from finapp.app.demo.statements.writing import whole_history
from tests.acceptance.story import API, get, import_statement
from tests.support import TODAY, application, client

ANSWERS = (
    "/dashboard",
    "/dashboard/kpis",
    "/dashboard/health-score",
    "/dashboard/insights",
    "/analytics/summary",
    "/analytics/typical-month",
    "/analytics/categories",
    "/analytics/cashflow?by=month",
    "/analytics/merchants",
    "/analytics/bank-charges",
    "/budgets/envelopes",
    "/reports/recurring-payments",
    "/reports/recurring-payments/calendar",
    "/reports/obligations",
    "/reports/cash-forecast",
    "/reports/emergency-fund",
    "/net-worth",
    "/net-worth/timeline",
    "/fire/summary",
    "/fire/runway",
    "/transactions/outline",
)


class Story:
    """A household that writes in every way there is."""

    def __init__(self, house: TestClient) -> None:
        self.house = house
        self.number = count(1)
        self.import_id = ""
        rows = get(house, "/transactions?kind=expense&limit=100")["items"]
        self.rows: Iterator[dict[str, Any]] = iter(rows[10:])
        self.account = str(rows[0]["account_id"])

    def enters_a_row(self) -> None:
        row = {"account_id": self.account, "date": TODAY.isoformat(), "amount": "-1234.50", "description": "POS TEA"}
        self.ask("POST", "/transactions", row)

    def enters_a_row_of_a_day_long_gone(self) -> None:
        row = {"account_id": self.account, "date": "2026-01-09", "amount": "4999.00", "description": "REFUND AMAZON"}
        self.ask("POST", "/transactions", row)

    def gives_an_old_row_another_category(self) -> None:
        self.ask("PATCH", f"/transactions/{next(self.rows)['id']}", {"category_id": "health"})

    def changes_the_day_and_amount_of_a_row(self) -> None:
        changes = {"date": "2026-02-11", "amount": "-77.70", "description": "NETFLIX ENTERTAINMENT"}
        self.ask("PATCH", f"/transactions/{next(self.rows)['id']}", changes)

    def tags_a_row(self) -> None:
        self.ask("PATCH", f"/transactions/{next(self.rows)['id']}", {"tags": ["holiday"], "note": "by the sea"})

    def deletes_a_row(self) -> None:
        self.deleted = str(next(self.rows)["id"])
        self.ask("DELETE", f"/transactions/{self.deleted}")

    def takes_it_out_of_the_bin(self) -> None:
        self.ask("POST", f"/transactions/{self.deleted}/restore")

    def splits_a_row(self) -> None:
        row = next(self.rows)
        part = f"{float(row['amount']) / 4:.2f}"
        rest = f"{float(row['amount']) - float(part):.2f}"
        parts = [{"amount": part, "category_id": "groceries"}, {"amount": rest, "category_id": "dining"}]
        self.ask("PUT", f"/transactions/{row['id']}/splits", {"parts": parts})

    def imports_fifty_rows(self) -> None:
        lines = ["Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance"]
        for number in range(50):
            day = f"{number % 14 + 1:02d}/{6 + number % 2:02d}/2026"
            lines.append(f"{day},UPI-CORNER SHOP {number % 7}-shop@ybl-{number:06d},{number:012d},{number + 40}.00,,")
        content = "\n".join(lines).encode()
        found = import_statement(self.house, content, "fifty.csv", account_id=self.account)
        assert (found["status"], found["counts"]["imported"]) == ("done", 50), found
        self.import_id = found["id"]

    def takes_the_import_back(self) -> None:
        self.ask("DELETE", f"/imports/{self.import_id}")

    def counts_a_merchant_as_another(self) -> None:
        one, other = get(self.house, "/merchants?limit=2")["items"]
        self.ask("PATCH", f"/merchants/{other['id']}", {"into_id": one["id"]})

    def takes_that_back(self) -> None:
        self.ask("POST", f"/transactions/undo/{get(self.house, '/transactions/changes?limit=1')['items'][0]['id']}")

    def finds_a_category_essential(self) -> None:
        self.ask("PATCH", "/categories/dining", {"need": "essential"})

    def says_what_the_account_held_before(self) -> None:
        self.ask("PATCH", f"/accounts/{self.account}", {"opening_balance": "1.00", "name": "Everyday"})

    def dismisses_a_recurring_payment(self) -> None:
        stream = get(self.house, "/reports/recurring-payments")["streams"][0]
        self.ask("PATCH", f"/reports/recurring-payments/{stream['id']}", {"decision": "dismissed"})

    def sets_a_budget(self) -> None:
        self.ask("POST", "/budgets", {"category_id": "groceries", "amount": "9000.00"})

    def enters_what_it_owns_and_owes(self) -> None:
        self.ask("POST", "/assets", {"name": "Gold", "kind": "gold", "currency": "INR", "value": "300000.00"})

    def deletes_the_account(self) -> None:
        self.ask("DELETE", f"/accounts/{self.account}")

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        answer = self.house.request(method, API + path, json=body)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text[:400]}"


STEPS: tuple[Callable[[Story], None], ...] = (
    Story.enters_a_row,
    Story.enters_a_row_of_a_day_long_gone,
    Story.gives_an_old_row_another_category,
    Story.changes_the_day_and_amount_of_a_row,
    Story.tags_a_row,
    Story.deletes_a_row,
    Story.takes_it_out_of_the_bin,
    Story.splits_a_row,
    Story.imports_fifty_rows,
    Story.takes_the_import_back,
    Story.counts_a_merchant_as_another,
    Story.takes_that_back,
    Story.finds_a_category_essential,
    Story.says_what_the_account_held_before,
    Story.dismisses_a_recurring_payment,
    Story.sets_a_budget,
    Story.deletes_the_account,
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    home = tmp_path_factory.mktemp("house")
    with client(home) as asking:
        simulated = simulate(seed=4, profile="in", until=TODAY, months=9)
        for account in simulated.accounts:
            if account.layout is not None:
                body = {"name": account.name, "kind": account.kind, "currency": "INR", "institution": account.bank}
                opened = asking.post(f"{API}/accounts", json={**body, "opening_balance": "20000.00"}).json()
                content = b"".join(whole_history(simulated, account.id))
                assert import_statement(asking, content, account_id=opened["id"])["status"] == "done"
        yield asking, home


def copied(home: Path, to: Path) -> Path:
    """The data as it is on the disk now."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("*.sqlite3*", "*.lock"))
    for file in home.glob("*.sqlite3"):
        with sqlite3.connect(file) as source, sqlite3.connect(to / file.name) as copy:
            source.backup(copy)
        source.close()
        copy.close()
    return to


def answers(asking: TestClient) -> dict[str, Any]:
    patient = time.monotonic() + 30
    while not get(asking, "/dashboard")["complete"]:
        assert time.monotonic() < patient
    return {path: get(asking, path) for path in ANSWERS}


def test_whatever_is_written_the_answers_are_those_of_a_new_process(
    house: tuple[TestClient, Path], tmp_path: Path
) -> None:
    asking, home = house
    story = Story(asking)
    answers(asking)
    for step in STEPS:
        step(story)
        kept = answers(asking)
        with application(copied(home, tmp_path / step.__name__)) as fresh:
            fresh.headers.update(asking.headers)
            anew = answers(fresh)
        for path in ANSWERS:
            assert kept[path] == anew[path], f"{step.__name__}: {path}"
