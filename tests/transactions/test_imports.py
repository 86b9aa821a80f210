"""Imports from the door to the ledger: questions, progress, cancelling, doubtful rows, what stays behind."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from finapp.platform.children import ChildFailed
from finapp.transactions.domain.parts import Slice
from finapp.transactions.domain.statement import Statement
from finapp.transactions.facade import reading, running
from finapp.transactions.public import Import, ImportAnswers, ImportNotFound, ImportNotWaiting, TransactionFilter
from finapp.transactions.readers.apart import Asked
from finapp.transactions.readers.entry import read_statement
from tests.acceptance.story import statement
from tests.support import client
from tests.transactions.ledger import OWNER, PERSON, Ledger

API = "/api/v1"
WHO = {"owner": OWNER, "person": PERSON}
AMBIGUOUS = b"Date,Text,Amount\n2026-05-03,TEA,10.00\n2026-05-04,CAB,20.00\n"


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client(tmp_path_factory.mktemp("product")) as found:
        yield found


def ended(signed_in: TestClient, import_id: str) -> Any:
    """The import as its last event shows it."""
    with signed_in.stream("GET", f"{API}/imports/{import_id}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line.removeprefix("data:") for line in answer.iter_lines() if line.startswith("data:")]
    return json.loads(lines[-1])


def sent(signed_in: TestClient, content: bytes, name: str = "statement.csv", **said: str) -> Any:
    answer = signed_in.post(f"{API}/imports", files={"file": (name, content)}, data=said)
    assert answer.status_code == 202, answer.text
    return ended(signed_in, answer.json()["id"])


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (("Date", "Description", "Amount"), ("2026-05-03", "TEA", -10.5), ("2026-05-04", "SALARY", 9000)):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def spooled(ledger: Ledger) -> list[str]:
    return [file.name for file in ledger.spool.iterdir()]


def test_the_events_of_an_import_end_with_its_end(signed_in: TestClient) -> None:
    done = sent(signed_in, statement())
    assert (done["status"], done["counts"]["imported"]) == ("done", 60)
    assert signed_in.get(f"{API}/imports/0000000000000/events").status_code == 404


def test_a_spreadsheet_is_read_in_a_child_process_as_it_is_read_here(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "book").write_bytes(workbook())
    asked = Asked(filename="book.xlsx", mapping=None, country="IN", currency="INR")
    found = list(reading.read(tmp_path / "book", asked, lambda: True))
    here = read_statement(workbook(), filename="book.xlsx", country="IN", currency="INR")
    parts, slices = found
    assert isinstance(parts, tuple)
    assert isinstance(slices, Slice)
    assert isinstance(here, Statement)
    assert (parts[0].statement.account, tuple(slices.rows), len(slices.said)) == (here.account, here.rows, 2)
    assert ledger.take(workbook(), ledger.account()).counts.imported == 2


@pytest.mark.parametrize("why", ["time", "memory", "broken"])
def test_a_file_that_breaks_its_reader_is_refused_in_words_and_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    def fails(*_: Any, **__: Any) -> Iterator[Any]:
        yield from ()
        raise ChildFailed(why)

    monkeypatch.setattr(reading, "stream", fails)
    failed = ledger.take(workbook(), ledger.account())
    assert (failed.status, failed.failure_code) == ("failed", "unreadable_statement")
    assert "the file" in str(failed.failure)
    assert spooled(ledger) == []


def test_a_question_is_answered_and_the_answer_is_remembered_for_the_account(ledger: Ledger) -> None:
    account = ledger.account("Broker", "investment", "USD")
    asked = ledger.take(AMBIGUOUS, account)
    assert (asked.status, [question.field for question in asked.questions]) == ("needs_mapping", ["sign"])
    assert spooled(ledger) == ["upload"]
    answers = ImportAnswers(mapping={"sign": "debit"})
    done = ledger.facade.answer_import(**WHO, import_id=asked.id, answers=answers)
    assert (done.status, done.counts.imported, done.period_first) == ("done", 2, date(2026, 5, 3))
    assert spooled(ledger) == []
    with pytest.raises(ImportNotWaiting):
        ledger.facade.answer_import(**WHO, import_id=asked.id, answers=answers)
    again = ledger.take(AMBIGUOUS, account)
    assert (again.status, again.counts.duplicates) == ("done", 2)


def test_an_import_that_asks_can_be_answered_over_http(signed_in: TestClient) -> None:
    body = {"name": "Dollars", "kind": "investment", "currency": "USD"}
    account = signed_in.post(f"{API}/accounts", json=body).json()["id"]
    asked = sent(signed_in, AMBIGUOUS, account_id=account)
    assert asked["status"] == "needs_mapping"
    path = f"{API}/imports/{asked['id']}"
    for wrong in ({"mapping": {"nonsense": "x"}}, {"mapping": {"sign": 3}}, {"colour": "red"}):
        assert signed_in.patch(path, json=wrong).status_code == 422
    assert signed_in.patch(path, json={"mapping": {"sign": "debit"}}).status_code == 200
    assert ended(signed_in, asked["id"])["counts"]["imported"] == 2


def held_back(ledger: Ledger) -> Import:
    """An import that waits in the queue."""
    jobs = ledger.facade._jobs
    run, jobs._known[running.JOB] = jobs._known[running.JOB], lambda _: None
    queued = ledger.take(statement())
    jobs._known[running.JOB] = run
    return queued


def test_a_cancelled_import_leaves_nothing_and_does_not_run_later(ledger: Ledger) -> None:
    queued = held_back(ledger)
    assert queued.status == "queued"
    ledger.facade.undo_import(**WHO, import_id=queued.id)
    ledger.facade._run(f"{OWNER} {queued.id} upload")
    assert ledger.facade.import_(owner=OWNER, import_id=queued.id).status == "cancelled"
    assert ledger.facade.accounts(owner=OWNER).items == ()
    assert spooled(ledger) == []
    ledger.facade.undo_import(**WHO, import_id=queued.id)
    with pytest.raises(ImportNotFound):
        ledger.facade.import_(owner=OWNER, import_id=queued.id)


@pytest.mark.parametrize("phase", ["categorizing", "storing"])
def test_an_import_cancelled_while_it_runs_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    track = ledger.facade._track
    moved = track.moved

    def cancels(import_id: str, at: Any, done: int = 0, total: int | None = None) -> None:
        moved(import_id, at, done, total)
        if at == phase:
            track.cancel(import_id)

    monkeypatch.setattr(track, "moved", cancels)
    taken = ledger.take(statement())
    assert taken.status == "running"
    assert ledger.facade.accounts(owner=OWNER).items == ()
    assert ledger.facade.coverage(owner=OWNER).rows == 0
    ledger.facade.undo_import(**WHO, import_id=taken.id)
    assert ledger.facade.import_(owner=OWNER, import_id=taken.id).status == "cancelled"


def test_what_a_stopped_process_left_is_taken_up_and_what_nobody_needs_is_swept(ledger: Ledger) -> None:
    queued = held_back(ledger)
    (ledger.spool / "orphan").write_bytes(b"left behind")
    again = running.Running.__new__(type(ledger.facade))
    again.__init__(  # type: ignore[misc]  # a second process on the same data
        database=ledger.database,
        clock=ledger.facade._clock,
        auth=ledger.facade._auth,
        jobs=ledger.facade._jobs,
        directory=ledger.spool.parent,
    )
    assert again.import_(owner=OWNER, import_id=queued.id).counts.imported == 60
    assert spooled(ledger) == []


def doubtful(ledger: Ledger) -> str:
    """A ledger with one row that waits for a decision; its id."""
    account = ledger.account()
    ledger.row(account, date(2026, 5, 3), "-450.00", "CHQ PAID 000123")
    taken = ledger.take(b"Date,Description,Amount\n2026-05-03,GROCER BAZAAR,-450.00\n2026-05-13,TEA,-9.00\n", account)
    assert (taken.counts.imported, taken.counts.rejected) == (1, 1)
    (row,) = ledger.facade.doubtful_rows(owner=OWNER, limit=9, cursor=None).items
    assert [each.description for each in row.like] == ["CHQ PAID 000123"]
    return row.transaction.id


def test_a_doubtful_row_counts_once_a_person_says_that_it_is_new(ledger: Ledger) -> None:
    row = doubtful(ledger)
    assert ledger.facade.coverage(owner=OWNER).rows == 2
    change = ledger.facade.decide_doubtful(**WHO, transaction_id=row, decision="new")
    assert ledger.facade.coverage(owner=OWNER).rows == 3
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=change.id)
    assert ledger.facade.coverage(owner=OWNER).rows == 2
    assert len(ledger.facade.doubtful_rows(owner=OWNER, limit=9, cursor=None).items) == 1


def test_a_doubtful_row_known_as_a_duplicate_is_not_asked_again(ledger: Ledger) -> None:
    ledger.facade.decide_doubtful(**WHO, transaction_id=doubtful(ledger), decision="duplicate")
    account = ledger.facade.accounts(owner=OWNER).items[0]
    again = ledger.take(b"Date,Description,Amount\n2026-05-03,GROCER BAZAAR,-450.00\n2026-05-13,TEA,-9.00\n", account)
    assert (again.counts.imported, again.counts.duplicates) == (0, 2)
    assert ledger.facade.doubtful_rows(owner=OWNER, limit=9, cursor=None).items == ()


def test_taking_an_import_back_takes_its_doubtful_deleted_and_split_rows_too(ledger: Ledger) -> None:
    doubtful(ledger)
    taken = ledger.facade.imports(owner=OWNER, limit=1, cursor=None).items[0]
    (tea,) = ledger.facade.transactions(
        owner=OWNER, where=TransactionFilter(import_id=taken.id), limit=9, cursor=None
    ).items
    ledger.facade.delete_transaction(**WHO, transaction_id=tea.id)
    ledger.facade.undo_import(**WHO, import_id=taken.id)
    assert ledger.facade.doubtful_rows(owner=OWNER, limit=9, cursor=None).items == ()
    assert ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items == ()
    assert ledger.facade.coverage(owner=OWNER).rows == 1


def test_a_dry_run_shows_the_rows_that_would_be_entered(ledger: Ledger) -> None:
    rehearsed = ledger.take(statement(), dry_run=True)
    assert [row.outcome for row in rehearsed.rows] == ["imported"] * 60
    assert "SWIGGY" in " ".join(str(row.message) for row in rehearsed.rows)
    assert spooled(ledger) == []


def test_formats_say_their_names_endings_and_limits(signed_in: TestClient) -> None:
    items = {item["code"]: item for item in signed_in.get(f"{API}/imports/formats").json()["items"]}
    assert items["pdf"]["largest"] == 25 * 1024 * 1024
    assert "csv" in items["csv"]["extensions"]
    assert items["csv"]["layouts"]


def test_a_file_for_a_parser_is_refused_above_25_megabytes(signed_in: TestClient) -> None:
    large = b"%PDF-1.7\n" + b"0" * (25 * 1024 * 1024)
    answer = signed_in.post(f"{API}/imports", files={"file": ("large.pdf", large)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(("said", "field"), [({"account_id": "new"}, "account_id"), ({"account": "1"}, "account")])
def test_an_import_into_no_account_that_could_be_is_refused_with_the_field(
    signed_in: TestClient, said: dict[str, str], field: str
) -> None:
    answer = signed_in.post(f"{API}/imports", files={"file": ("s.csv", b"x")}, data=said)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
