"""Imports: queued, run once, shown, taken back."""

from typing import Any

import structlog

from finapp.kernel.errors import FinappError
from finapp.kernel.once import Once
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.facade import import_results
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.intake import Intake, Taken
from finapp.transactions.facade.mappings import asked_for, given_mapping
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import (
    Format,
    Import,
    ImportPage,
    ImportRunning,
    NewImport,
    Question,
    StatementImported,
)
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.store import accounts, imports, rows

log = structlog.get_logger()
SHOWN_ROWS = 1_000
JOB = "transactions.import"
_FORMATS = (
    Format(
        code="csv",
        name="Delimited text in any bank's layout",
        extensions=("csv", "tsv", "txt"),
        notes="delimiter, encoding, preamble, columns, date order and signs are detected; a mapping overrides them",
    ),
)


class _Preview(Exception):
    """Ends a dry run: its write is rolled back."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken


class Imports(Base):
    """Statements on their way in."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._jobs.register(JOB, self._run)
        with self._database.read() as connection:
            left = imports.unfinished(connection)
        # An import is one commit, so what a stopped process left behind has changed nothing and starts again.
        for owner, import_id in left:
            self._jobs.submit(JOB, f"{owner} {import_id}")

    def start_import(self, *, owner: str, person: str, new: NewImport, once: Once | None = None) -> Import:
        """Queues a file from the spool. Raises AccountNotFound, Invalid."""
        given_mapping(new.mapping)
        with self._database.write(owner) as unit:

            def queue() -> Import:
                if new.account_id is not None:
                    accounts.one(unit.connection, owner, new.account_id)
                import_id = imports.add(unit.connection, owner, person, new, self._clock.now())
                return import_results.shown(imports.one(unit.connection, owner, import_id))

            queued = unit.once(once, Import, queue)
        if queued.status == "queued":
            self._jobs.submit(JOB, f"{owner} {queued.id}")
        return queued

    def imports(self, *, owner: str, limit: int, cursor: str | None) -> ImportPage:
        """Imports, newest first, without their rows."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = imports.page(connection, owner, before, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return ImportPage(items=tuple(import_results.shown(row) for row in found[:limit]), next_cursor=more)

    def import_(self, *, owner: str, import_id: str) -> Import:
        """An import with what became of its rows. Raises ImportNotFound."""
        with self._database.read() as connection:
            row = imports.one(connection, owner, import_id)
            outcomes, total = imports.outcomes(connection, import_id, SHOWN_ROWS)
        return import_results.shown(row, tuple(outcomes), total - len(outcomes))

    def undo_import(self, *, owner: str, person: str, import_id: str) -> None:
        """Takes an import back, to the row. Raises ImportNotFound, ImportRunning."""
        holders = self._auth.household(owner=owner).members
        with self._database.write(owner) as unit:
            row = imports.one(unit.connection, owner, import_id)
            if row.status == "running":
                raise ImportRunning()
            gone = rows.of_import(unit.connection, owner, import_id)
            imports.remove(unit.connection, import_id)
            Ledger(unit.connection, owner, holders).settle(gone=gone)
            for account_id in import_results.created_accounts(row):
                if not rows.of_account(unit.connection, owner, account_id):
                    accounts.remove(unit.connection, account_id)
            if gone:
                event = StatementImported(owner=owner, import_id=import_id, account_id=row.account_id, rows=-len(gone))
                unit.announce(event)

    def formats(self) -> tuple[Format, ...]:
        """Statement formats that can be read."""
        return _FORMATS

    def _run(self, argument: str) -> None:
        owner, import_id = argument.split(" ")
        with self._database.write(owner) as unit:
            if imports.one(unit.connection, owner, import_id).status not in ("queued", "running"):
                return
            imports.change(unit.connection, import_id, status="running")
        try:
            self._take_in(owner, import_id)
        except FinappError as refusal:
            self._fail(owner, import_id, refusal.detail, refusal.code)
        except Exception:
            self._fail(owner, import_id, "the file could not be read; the server's log says where", "internal")
            log.exception("import failed", import_id=import_id)

    def _take_in(self, owner: str, import_id: str) -> None:
        with self._database.read() as connection:
            asked = imports.one(connection, owner, import_id)
        household = self._auth.household(owner=owner)
        content = (self._spool / asked.upload).read_bytes()
        country = household.locale.replace("_", "-").split("-")[-1].upper() if "-" in household.locale else None
        read = read_statement(
            content,
            filename=asked.filename,
            mapping=given_mapping(asked.options["mapping"]),
            country=country,
            currency=household.currency,
        )
        if isinstance(read, NeedsMapping):
            self._ask(owner, import_id, asked_for(read))
            return
        intake = Intake(owner=owner, asked=asked, statement=read, household=household, country=country)
        try:
            self._store(intake, import_id)
        except _Preview as preview:
            self._finish(owner, import_id, preview.taken, read)

    def _store(self, intake: Intake, import_id: str) -> None:
        with self._database.read() as connection:
            suggested = intake.suggest(connection)
        with self._database.write(intake.owner) as unit:
            taken = intake.take_in(unit.connection, suggested)
            if taken.questions:
                self._ask_in(unit.connection, import_id, taken.questions)
                return
            if intake.asked.dry_run:
                raise _Preview(taken)
            self._finish_in(unit.connection, import_id, taken, intake.statement)
            if taken.result.counts.imported:
                account_id = taken.account_id or ""
                count = taken.result.counts.imported
                event = StatementImported(owner=intake.owner, import_id=import_id, account_id=account_id, rows=count)
                unit.announce(event)

    def _ask(self, owner: str, import_id: str, questions: tuple[Question, ...]) -> None:
        with self._database.write(owner) as unit:
            self._ask_in(unit.connection, import_id, questions)

    def _ask_in(self, connection: Any, import_id: str, questions: tuple[Question, ...]) -> None:
        result = import_results.stored(ImportResult(questions=questions))
        imports.change(connection, import_id, status="needs_mapping", result=result, finished_at=self._clock.now())

    def _fail(self, owner: str, import_id: str, message: str, code: str) -> None:
        result = import_results.stored(ImportResult(failure=message, failure_code=code))
        with self._database.write(owner) as unit:
            imports.change(unit.connection, import_id, status="failed", result=result, finished_at=self._clock.now())

    def _finish(self, owner: str, import_id: str, taken: Taken, statement: Statement) -> None:
        with self._database.write(owner) as unit:
            self._finish_in(unit.connection, import_id, taken, statement)

    def _finish_in(self, connection: Any, import_id: str, taken: Taken, statement: Statement) -> None:
        imports.add_outcomes(connection, import_id, taken.outcomes)
        imports.change(
            connection,
            import_id,
            status="done",
            account_id=taken.account_id,
            result=import_results.stored(taken.result),
            period_first=statement.first,
            period_last=statement.last,
            finished_at=self._clock.now(),
        )
