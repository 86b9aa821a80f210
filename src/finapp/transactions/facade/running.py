"""The background side of an import: read the file, take it in, clean up behind it."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import structlog
from sqlalchemy import Row

from finapp.auth.public import Household
from finapp.kernel.errors import FinappError
from finapp.transactions.domain.known_days import Chunk, KnownDays
from finapp.transactions.domain.parts import Part
from finapp.transactions.facade import import_results
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.known_days import Changed, known_days
from finapp.transactions.facade.mappings import asked_for
from finapp.transactions.facade.placing import Placing
from finapp.transactions.facade.reading import Stopped
from finapp.transactions.facade.repeating import Repeating
from finapp.transactions.facade.unpacking import Unpacking
from finapp.transactions.public import Question
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.formats import known_format
from finapp.transactions.store import imports

log = structlog.get_logger()
JOB = "transactions.import"
AT_ONCE = 20_000
"""Rows up to which an import is one commit; a larger one is many short ones, and taken back when it cannot end."""


class Running(Repeating, Unpacking):
    """Runs imports, one at a time. Whatever ends one early has changed nothing, once this process, or the next one to
    open the data, has taken back what a large one had stored."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._jobs.register(JOB, self._run)
        self._sweep()
        with self._database.read() as connection:
            left = imports.unfinished(connection)
        for owner, import_id, upload in left:
            self._submit(owner, import_id, upload)

    def _submit(self, owner: str, import_id: str, upload: str) -> None:
        self._jobs.submit(JOB, f"{owner} {import_id} {upload}")

    def _run(self, argument: str) -> None:
        owner, import_id, upload = argument.split(" ")
        self._track.moved(import_id, "reading")
        try:
            self._take_back_unfinished(owner, import_id)
            if self._begin(owner, import_id):
                self._take_in(owner, import_id)
        except Stopped:
            self._take_back_unfinished(owner, import_id)
            log.info("import cancelled", import_id=import_id)
        except FinappError as refusal:
            self._fail(owner, import_id, refusal.detail, refusal.code)
        except Exception:
            self._fail(owner, import_id, "the file could not be read; the server's log says where", "internal")
            log.exception("import failed", import_id=import_id)
        finally:
            self._database.show(owner)
            self._track.finished(import_id)
            self._drop_file(upload)

    def _begin(self, owner: str, import_id: str) -> bool:
        with self._database.write(owner) as unit:
            if not imports.awaits(unit.connection, owner, import_id):
                return False
            imports.change(unit.connection, import_id, status="running")
        return True

    def _take_in(self, owner: str, import_id: str) -> None:
        with self._database.read() as connection:
            asked = imports.one(connection, owner, import_id)
        if self._repeat(owner, asked):
            return
        try:
            try:
                self._take_in_file(owner, asked)
            except Changed:
                self._take_back_unfinished(owner, import_id)
                self._take_in_file(owner, asked, by_row=True)
        except UnreadableStatement as refusal:
            if refusal.reason != "archive":
                raise
            self._take_apart(owner, asked)

    def _take_in_file(self, owner: str, asked: Row[Any], *, by_row: bool = False) -> None:
        """Takes a file in; `by_row` compares every row of it, also those of days that are known."""
        household = self._auth.household(owner=owner)
        with ExitStack() as opened:
            chosen = self._choose(owner, asked, household, opened)
            if isinstance(chosen.found, tuple):
                _check_format(asked.options["format"], chosen.found[0])
                known = () if by_row else self._known_days(owner, asked, household, chosen.found)
                self._store(owner, asked, household, chosen.found, chosen.slices(known))
            else:
                self._ask(owner, asked.id, asked_for(chosen.found))

    def _known_days(
        self, owner: str, asked: Row[Any], household: Household, parts: tuple[Part, ...]
    ) -> tuple[KnownDays, ...]:
        """What stands in the accounts that the parts seem to go to."""
        placing = Placing(owner=owner, asked=asked, parts=parts, currency=household.currency)
        with self._database.read() as connection:
            chosen, questions = placing.choose(connection)
            return () if questions else known_days(connection, owner, parts, chosen)

    def _store(
        self, owner: str, asked: Row[Any], household: Household, parts: tuple[Part, ...], slices: Iterator[Chunk]
    ) -> None:
        total = sum(part.rows for part in parts)
        self._track.moved(asked.id, "categorizing", 0, total)
        if total > AT_ONCE and not asked.dry_run:
            # Stored while the child still categorizes what follows.
            self._track.moved(asked.id, "storing", 0, total)
            self._store_by_slices(owner, asked, household, parts, slices)
            return
        head: list[Chunk] = []
        rows = 0
        for each in slices:
            head.append(each)
            rows += len(each)
            self._track.moved(asked.id, "categorizing", rows, total)
            if not self._track.wanted(asked.id):
                raise Stopped()
            if rows >= AT_ONCE:
                break
        self._track.moved(asked.id, "storing", 0, total)
        if asked.dry_run:
            self._rehearse(owner, asked, household, parts, head, slices)
        else:
            self._store_at_once(owner, asked, household, parts, head)

    def _ask(self, owner: str, import_id: str, questions: tuple[Question, ...]) -> None:
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._ask_in(unit.connection, import_id, questions)

    def _fail(self, owner: str, import_id: str, message: str, code: str) -> None:
        self._take_back_unfinished(owner, import_id)
        result = import_results.stored(ImportResult(failure=message, failure_code=code))
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._end(unit.connection, import_id, status="failed", result=result)

    def _sweep(self) -> None:
        """Deletes what a stopped process left in the spool. Only at the start: nothing is being uploaded then."""
        with self._database.read() as connection:
            needed = imports.waiting_uploads(connection)
        for file in self._spool.iterdir() if self._spool.is_dir() else ():
            if file.is_file() and file.name not in needed:
                file.unlink(missing_ok=True)


def _check_format(wanted: str | None, part: Part) -> None:
    found = known_format(part.statement.format) or "csv"
    if wanted is not None and known_format(wanted) != found:
        raise UnreadableStatement(
            "unknown_format", f"the file is {found}, not {wanted}: leave the format out", "format"
        )
