"""Shuffled histories of simulated households through the real ledger: is every row there once?

A history is a household's statements, overlapping, some exported again, some as the bank's PDF prints them, in any
order; some are taken back and imported again, and two are sent at the same moment. What is true of the household says
which rows are lost and which are doubled. Rows in the review queue are neither: a person says what they are.
"""

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from finapp.app.demo.household import Household, simulate
from finapp.app.demo.scoring import Booked, matched
from finapp.app.demo.statements.writing import statements
from finapp.app.demo.truth import ProfileName, Row, Statement
from finapp.transactions.public import NewAccount, NewImport, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger, OneHousehold

PROFILES: tuple[ProfileName, ...] = ("in", "us", "gb", "eu")
_UNTIL = date(2026, 6, 30)
_PRINTED = 34
"""Letters of a narration that fit a line of a PDF."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the rows of some histories."""

    histories: int
    rows: int
    lost: int
    doubled: int
    review: int
    """Doubtful rows that wait for a person."""
    imports: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})


NOTHING = Tally(histories=0, rows=0, lost=0, doubled=0, review=0, imports=0)


def history(seed: int) -> Tally:
    """One shuffled history, by its number."""
    household = simulate(seed=seed, profile=PROFILES[seed % len(PROFILES)], until=_UNTIL, months=2)
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = OneHousehold(household.locale, household.currency, household.holder)
        ledger = Ledger(Path(folder), home=home)
        accounts = {
            account.id: ledger.facade.create_account(
                owner=OWNER,
                person=PERSON,
                new=NewAccount(name=account.name, kind=account.kind, currency=household.currency),
            ).id
            for account in household.accounts
            if account.layout
        }
        files = list(_files(household, dice))
        dice.shuffle(files)
        _send(ledger, files, accounts, dice)
        tally = _tallied(ledger, household, accounts, len(files))
        ledger.database.close()
    return tally


def _files(household: Household, dice: random.Random) -> Iterator[tuple[Statement, bytes]]:
    """Every statement with its content, some of them as the bank's PDF prints them."""
    truth = {row.key: row for row in household.rows()}
    overlap, again = dice.choice((0, 3, 10)), dice.choice((0, 2, 3))
    for statement in statements(household, overlap_days=overlap, repeat_every=again):
        if not statement.row_keys:
            continue
        yield statement, statement.content
        if dice.random() < 0.4:
            yield statement, _as_printed([truth[key] for key in statement.row_keys])


def _as_printed(rows: Sequence[Row]) -> bytes:
    """The same rows as a PDF prints them: cut narrations, and a running balance on every line."""
    lines = ["Date,Particulars,Amount,Balance"]
    for row in rows:
        text = f"{row.counterparty} {row.description}".strip().replace(",", " ").replace('"', " ")[:_PRINTED]
        lines.append(f"{row.date.isoformat()},{' '.join(text.split())},{row.amount},{row.balance}")
    return "\n".join(lines).encode()


def _send(
    ledger: Ledger, files: Sequence[tuple[Statement, bytes]], accounts: dict[str, str], dice: random.Random
) -> None:
    waiting = list(enumerate(files))
    while waiting:
        together = [waiting.pop() for _ in range(min(len(waiting), 2 if dice.random() < 0.3 else 1))]
        taken: dict[int, str] = {}
        threads = [
            threading.Thread(target=_import, args=(ledger, number, file, accounts, taken)) for number, file in together
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if dice.random() < 0.15 and together[0][0] in taken:
            # Taken back, and sent once more at some later moment.
            ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken[together[0][0]])
            waiting.insert(dice.randrange(len(waiting) + 1), together[0])


def _import(
    ledger: Ledger, number: int, file: tuple[Statement, bytes], accounts: dict[str, str], taken: dict[int, str]
) -> None:
    statement, content = file
    upload = f"upload-{number}"
    (ledger.spool / upload).write_bytes(content)
    new: dict[str, Any] = {"upload": upload, "filename": statement.filename, "digest": ""}
    started = ledger.facade.start_import(
        owner=OWNER, person=PERSON, new=NewImport(account_id=accounts[statement.account_id], **new)
    )
    ended = ledger.facade.import_progress(owner=OWNER, import_id=started.id)
    if ended.status != "done":
        raise RuntimeError(f"{statement.layout}: {ended.status} {ended.failure} {ended.questions}")
    taken[number] = started.id


def _tallied(ledger: Ledger, household: Household, accounts: dict[str, str], imports: int) -> Tally:
    theirs = {account_id: ours for ours, account_id in accounts.items()}
    booked, cursor = [], None
    while True:
        page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=cursor)
        booked += [Booked(row.id, theirs[row.account_id], row.date, row.amount, row.description) for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    rows = list(household.rows())
    found = matched(rows, booked)
    waiting = Counter(
        (theirs[row.transaction.account_id], row.transaction.date, row.transaction.amount) for row in _review(ledger)
    )
    there = {row.key for row in found.values()}
    missing = [row for row in rows if row.key not in there]
    lost = 0
    for row in missing:
        key = row.account_id, row.date, row.amount
        lost += waiting[key] == 0
        waiting[key] -= waiting[key] > 0
    review = sum(1 for _ in _review(ledger))
    doubled = len(booked) - len(found)
    return Tally(histories=1, rows=len(rows), lost=lost, doubled=doubled, review=review, imports=imports)


def _review(ledger: Ledger) -> Iterator[Any]:
    cursor = None
    while True:
        page = ledger.facade.doubtful_rows(owner=OWNER, limit=500, cursor=cursor)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
