"""A large import is stored slice by slice, ends as a small one would, and leaves nothing when it does not end."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.parts import Slice
from finapp.transactions.domain.statement import StatementRow
from finapp.transactions.facade import imports as importing
from finapp.transactions.facade import pace, reading, running, settling
from finapp.transactions.facade.intake import Intake
from finapp.transactions.public import TransactionFilter
from finapp.transactions.store.touched import touched_by
from tests.acceptance.story import statement
from tests.transactions.ledger import OWNER, PERSON, Ledger


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((running, "AT_ONCE", 10), (importing, "AT_ONCE", 10), (reading, "SLICE", 4)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(pace, "_LEAST", 4)
    monkeypatch.setattr(pace, "_MOST", 4)


def rows(ledger: Ledger) -> list[tuple[Any, ...]]:
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None).items
    return sorted((row.date, row.amount, row.description, row.category, row.flow, row.need) for row in found)


def wrong(ledger: Ledger) -> dict[str, int]:
    return {name: count for name, count in ledger.recounted().items() if count}


def breaks_at(monkeypatch: pytest.MonkeyPatch, slice_number: int, fault: BaseException) -> None:
    """The n-th slice is not stored."""
    stored, store = [], Intake.store

    def breaking(self: Intake, *given: Any) -> Any:
        stored.append(given)
        if len(stored) == slice_number:
            raise fault
        return store(self, *given)

    monkeypatch.setattr(Intake, "store", breaking)


def test_slices_end_as_one_commit_would(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sliced = ledger.take(statement())
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(running, "AT_ONCE", 1_000)
    other = Ledger(tmp_path / "other")
    whole = other.take(statement())
    assert (sliced.status, sliced.counts) == ("done", whole.counts)
    assert [(one.period_first, one.reconciliation) for one in sliced.accounts] == [
        (one.period_first, one.reconciliation) for one in whole.accounts
    ]
    assert rows(ledger) == rows(other)
    balances = [[one.balance for one in each.facade.accounts(owner=OWNER).items] for each in (ledger, other)]
    assert balances[0] == balances[1]
    assert wrong(ledger) == {}
    again = ledger.take(statement())
    assert (again.counts.imported, again.counts.duplicates) == (0, 60)
    other.database.close()


def test_an_import_of_a_killed_process_is_taken_back_and_taken_up_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        breaks_at(patched, 4, SystemExit())
        with pytest.raises(SystemExit):
            ledger.take(statement())
    (left,) = ledger.facade.imports(owner=OWNER, limit=9, cursor=None).items
    assert (left.status, ledger.facade.coverage(owner=OWNER).rows > 0) == ("running", True)
    again = running.Running.__new__(type(ledger.facade))
    again.__init__(  # type: ignore[misc]  # the next process on the same data
        database=ledger.database,
        clock=ledger.facade._clock,
        auth=ledger.facade._auth,
        jobs=ledger.facade._jobs,
        directory=ledger.spool.parent,
    )
    done = ledger.facade.import_(owner=OWNER, import_id=left.id)
    assert (done.status, done.counts.imported, done.counts.duplicates) == ("done", 60, 0)
    assert len(ledger.facade.accounts(owner=OWNER).items) == 1
    assert wrong(ledger) == {}


def test_an_import_that_fails_in_the_middle_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks_at(monkeypatch, 5, RuntimeError("the disk is full"))
    failed = ledger.take(statement())
    assert (failed.status, failed.failure_code) == ("failed", "internal")
    assert (rows(ledger), ledger.facade.accounts(owner=OWNER).items) == ([], ())
    assert wrong(ledger) == {}


def test_an_import_cancelled_in_the_middle_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    track = ledger.facade._track
    moved = track.moved

    def cancels(import_id: str, at: Any, done: int = 0, total: int | None = None) -> None:
        moved(import_id, at, done, total)
        if at == "storing" and done > 20:
            track.cancel(import_id)

    monkeypatch.setattr(track, "moved", cancels)
    taken = ledger.take(statement())
    assert (rows(ledger), ledger.facade.accounts(owner=OWNER).items) == ([], ())
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert ledger.facade.import_(owner=OWNER, import_id=taken.id).status == "cancelled"
    assert wrong(ledger) == {}


def test_a_large_import_is_taken_back_to_the_row(ledger: Ledger) -> None:
    first = b"Date,Description,Amount\n2026-01-05,RENT,-100.00\n2026-01-31,SALARY,500.00\n"
    account = ledger.account()
    ledger.take(first, account)
    before = rows(ledger)
    taken = ledger.take(statement(), account)
    assert taken.counts.imported == 60
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert rows(ledger) == before
    assert wrong(ledger) == {}


def test_rows_of_an_import_that_leaves_are_not_decided_again_and_those_that_stay_are(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One shop for all: taking back 45,000 such rows decided those that were left with every portion, for minutes."""
    kept = ledger.account()
    back = ledger.row(kept, date(2026, 3, 25), "40.00", "CROMA ELECTRONICS REFUND")
    before = rows(ledger)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(60)]
    lines = [f"{day},CROMA ELECTRONICS REF{day:%j},{-40 if day.day % 3 else 15}.00" for day in days]
    taken = ledger.take("\n".join(["Date,Description,Amount", *lines]).encode(), kept)
    assert taken.counts.imported == 60
    decided: list[LedgerRow] = []

    def touching(*given: Any) -> list[LedgerRow]:
        found = touched_by(*given)
        decided.extend(found)
        return found

    monkeypatch.setattr(settling, "touched_by", touching)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert {row.id for row in decided if row.import_id != taken.id} >= {back.id}
    assert len([row for row in decided if row.import_id == taken.id]) == 0
    assert rows(ledger) == before
    assert wrong(ledger) == {}


def test_a_large_dry_run_counts_every_row_and_stores_none(ledger: Ledger) -> None:
    rehearsed = ledger.take(statement(), dry_run=True)
    assert (rehearsed.status, rehearsed.counts.imported, rehearsed.counts.rows) == ("done", 60, 60)
    assert rehearsed.rows
    assert (rows(ledger), ledger.facade.accounts(owner=OWNER).items) == ([], ())


def test_a_slice_is_cut_into_portions_of_whole_days_while_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2026, 1, day) for day in (1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8)]
    rows = [StatementRow(line, day, Decimal(line), "row") for line, day in enumerate(days, 1)]
    said: list[Any] = [None] * len(rows)
    whole = Slice(0, rows, said, list(range(len(rows))))
    worked, now, waited = [0.0], [0.0], [-10.0]
    clocks = SimpleNamespace(thread_time=lambda: worked[0], monotonic=lambda: now[0])
    monkeypatch.setattr(pace, "time", clocks)
    for name, value in (("_SHARED", 0.5), ("_ALONE", 0.75), ("_LEAST", 1), ("_MOST", 4)):
        monkeypatch.setattr(pace, name, value)
    going = pace.Pace(lambda: waited[0])

    def taken() -> list[list[int]]:
        found = []
        for portion in going.portions([whole]):
            found.append([row.date.day for row in portion.rows])
            assert portion.cues == [row.line - 1 for row in portion.rows]
            with going.kept(len(portion.rows)):
                worked[0] += 0.25 * len(portion.rows)
                now[0] += 0.1
        return found

    assert taken() == [[1, 1, 1, 2, 2], [3, 4, 5], [6, 7, 8]]
    waited[0] = now[0]
    assert taken() == [[1, 1, 1], [2, 2], [3, 4], [5, 6], [7, 8]]
    assert going.rows == 2
    with going.kept(2):
        worked[0] += 1
    assert going.rows == 1, "a slow write counts, and not alone"
    now[0] += 10
    with going.kept(1):
        worked[0] += 0.19
    assert going.rows == 2
    with going.kept(2):
        pass
    assert going.rows == 3


def test_what_could_not_be_taken_back_is_seen(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks_at(monkeypatch, 5, RuntimeError("the disk is full"))
    told: list[str] = []
    ledger.database.after_committing = told.append
    take_back, tries = running.Running._take_back_unfinished, []

    def full(self: running.Running, owner: str, import_id: str) -> None:
        tries.append(import_id)
        if len(tries) > 1:
            raise RuntimeError("the disk is still full")
        take_back(self, owner, import_id)

    monkeypatch.setattr(running.Running, "_take_back_unfinished", full)
    with pytest.raises(RuntimeError, match="still full"):
        ledger.take(statement())
    with ledger.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT version FROM versions").scalar()
    # Two writes of the start, one that opens the accounts, the first of four slices, and what is seen at the end.
    assert (ledger.database.version(OWNER), len(told), len(rows(ledger))) == (stored, 5, 16)
