"""The background side of an import: read the file, take it in, clean up behind it."""

from typing import Any

import structlog
from sqlalchemy import Connection, Row

from finapp.auth.public import Household
from finapp.kernel.errors import FinappError, Invalid
from finapp.transactions.domain.statement import NeedsMapping, Statement
from finapp.transactions.facade import import_results
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.import_results import ImportResult
from finapp.transactions.facade.intake import Intake, Taken
from finapp.transactions.facade.mappings import asked_for, given_mapping
from finapp.transactions.facade.progress import Track
from finapp.transactions.facade.reading import Asked, Stopped, read
from finapp.transactions.public import Question, StatementImported
from finapp.transactions.store import accounts, imports

log = structlog.get_logger()
JOB = "transactions.import"
_STORED_OUTCOMES = 100_000


class _Preview(Exception):
    """Ends a dry run: its write is rolled back."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken


class Running(Base):
    """Runs imports, one at a time. An import is one commit: whatever ends it early has changed nothing."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._track = Track()
        self._passwords: dict[str, str] = {}
        """Of encrypted files, by import: never stored, and forgotten when the import ends."""
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
            if self._begin(owner, import_id):
                self._take_in(owner, import_id)
        except Stopped:
            log.info("import cancelled", import_id=import_id)
        except FinappError as refusal:
            self._fail(owner, import_id, refusal.detail, refusal.code)
        except Exception:
            self._fail(owner, import_id, "the file could not be read; the server's log says where", "internal")
            log.exception("import failed", import_id=import_id)
        finally:
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
        household = self._auth.household(owner=owner)
        country = household.locale.replace("_", "-").split("-")[-1].upper() if "-" in household.locale else None
        found = self._read(owner, asked, household, country)
        if isinstance(found, NeedsMapping):
            self._ask(owner, import_id, asked_for(found))
            return
        intake = Intake(
            owner=owner,
            asked=asked,
            statement=found,
            household=household,
            country=country,
            today=self._clock.today(),
            track=self._track,
        )
        try:
            self._store(intake, import_id)
        except _Preview as preview:
            self._finish(owner, import_id, preview.taken, found)

    def _read(self, owner: str, asked: Row[Any], household: Household, country: str | None) -> Statement | NeedsMapping:
        """The file, read as the person said; where nobody said how, as the last one of its account."""
        said = given_mapping(asked.options["mapping"])
        kind = None
        if asked.account_id is not None:
            with self._database.read() as connection:
                kind = accounts.one(connection, owner, asked.account_id).kind

        def attempt(mapping: Any) -> Statement | NeedsMapping:
            password = self._passwords.get(asked.id)
            told = {"country": country, "currency": household.currency, "password": password}
            question = Asked(filename=asked.filename, mapping=mapping, account_kind=kind, **told)
            return read(self._spool / asked.upload, question, lambda: self._track.wanted(asked.id))

        found = attempt(said)
        if not isinstance(found, NeedsMapping) or said is not None or asked.account_id is None:
            return found
        with self._database.read() as connection:
            remembered = imports.profile(connection, owner, asked.account_id)
        if remembered is None:
            return found
        try:
            again = attempt(given_mapping(remembered))
        except Invalid:
            # The bank has changed its layout: the question stands.
            return found
        return found if isinstance(again, NeedsMapping) else again

    def _store(self, intake: Intake, import_id: str) -> None:
        owner = intake.owner
        with self._database.read() as connection:
            suggested = intake.suggest(connection)
        with self._database.write(owner) as unit:
            if not imports.awaits(unit.connection, owner, import_id):
                raise Stopped()
            taken = intake.take_in(unit.connection, suggested)
            if taken.questions:
                self._ask_in(unit.connection, import_id, taken.questions)
                return
            if intake.asked.dry_run:
                raise _Preview(taken)
            if not self._track.wanted(import_id):
                raise Stopped()
            self._finish_in(unit.connection, owner, import_id, taken, intake.statement)
            if taken.result.counts.imported:
                account_id = taken.account_id or ""
                count = taken.result.counts.imported
                unit.announce(StatementImported(owner=owner, import_id=import_id, account_id=account_id, rows=count))

    def _ask(self, owner: str, import_id: str, questions: tuple[Question, ...]) -> None:
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._ask_in(unit.connection, import_id, questions)

    def _ask_in(self, connection: Connection, import_id: str, questions: tuple[Question, ...]) -> None:
        result = import_results.stored(ImportResult(questions=questions))
        imports.change(connection, import_id, status="needs_mapping", result=result)

    def _fail(self, owner: str, import_id: str, message: str, code: str) -> None:
        result = import_results.stored(ImportResult(failure=message, failure_code=code))
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._end(unit.connection, import_id, status="failed", result=result)

    def _finish(self, owner: str, import_id: str, taken: Taken, statement: Statement) -> None:
        with self._database.write(owner) as unit:
            if imports.awaits(unit.connection, owner, import_id):
                self._finish_in(unit.connection, owner, import_id, taken, statement)

    def _finish_in(
        self, connection: Connection, owner: str, import_id: str, taken: Taken, statement: Statement
    ) -> None:
        imports.add_outcomes(connection, import_id, taken.outcomes[:_STORED_OUTCOMES])
        asked = imports.one(connection, owner, import_id)
        if asked.options["mapping"] and taken.account_id is not None and not asked.dry_run:
            imports.keep_profile(connection, owner, taken.account_id, asked.options["mapping"], self._clock.now())
        self._end(
            connection,
            import_id,
            status="done",
            account_id=None if asked.dry_run and taken.result.created_accounts else taken.account_id,
            result=import_results.stored(taken.result),
            period_first=statement.first,
            period_last=statement.last,
        )

    def _end(self, connection: Connection, import_id: str, **values: Any) -> None:
        self._passwords.pop(import_id, None)
        imports.change(connection, import_id, finished_at=self._clock.now(), **values)

    def _drop_file(self, upload: str) -> None:
        """Deletes the spooled file of an import that needs it no more: finished, taken back, or of nobody."""
        with self._database.read() as connection:
            needed = upload in imports.waiting_uploads(connection)
        if not needed:
            (self._spool / upload).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Deletes what a stopped process left in the spool. Only at the start: nothing is being uploaded then."""
        with self._database.read() as connection:
            needed = imports.waiting_uploads(connection)
        for file in self._spool.iterdir() if self._spool.is_dir() else ():
            if file.is_file() and file.name not in needed:
                file.unlink(missing_ok=True)
