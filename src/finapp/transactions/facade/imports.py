"""Imports: queued, shown, answered, cancelled, taken back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.platform.unit import Unit
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.facade import import_results
from finapp.transactions.facade.mappings import given_mapping
from finapp.transactions.facade.running import Running
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import (
    AccountChanges,
    Format,
    Import,
    ImportAnswers,
    ImportNotWaiting,
    ImportPage,
    NewImport,
    StatementImported,
)
from finapp.transactions.readers.formats import formats as readable_formats
from finapp.transactions.store import accounts, aside, imports, rows

SHOWN_ROWS = 1_000


class Imports(Running):
    """Statements on their way in."""

    def start_import(self, *, owner: str, person: str, new: NewImport, once: Once | None = None) -> Import:
        """Queues a file from the spool. Raises AccountNotFound, Invalid."""
        given_mapping(new.mapping)
        with self._database.write(owner) as unit:

            def queue() -> Import:
                if new.account_id is not None:
                    accounts.one(unit.connection, owner, new.account_id)
                import_id = imports.add(unit.connection, owner, person, new, self._clock.now())
                self._remember(import_id, new.password)
                return import_results.shown(imports.one(unit.connection, owner, import_id))

            queued = unit.once(once, Import, queue)
            upload = imports.one(unit.connection, owner, queued.id).upload
        if upload == new.upload:
            self._submit(owner, queued.id, upload)
        else:
            # The answer of an earlier request with the same key: this upload is not needed.
            self._drop_file(new.upload)
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
        found = import_results.shown(row, tuple(outcomes), total - len(outcomes))
        return self._with_progress(found)

    def import_progress(self, *, owner: str, import_id: str) -> Import:
        """An import without its rows: how far it is. Raises ImportNotFound."""
        with self._database.read() as connection:
            row = imports.one(connection, owner, import_id)
        return self._with_progress(import_results.shown(row))

    def _with_progress(self, found: Import) -> Import:
        progress = self._track.progress(found.id) if found.status == "running" else None
        return found if progress is None else replace(found, progress=progress)

    def answer_import(
        self, *, owner: str, person: str, import_id: str, answers: ImportAnswers, expected: int | None = None
    ) -> Import:
        """Answers the questions of an import and lets it go on. Raises ImportNotFound, ImportNotWaiting, Invalid,
        AccountNotFound, PreconditionFailed."""
        given_mapping(answers.mapping)
        with self._database.write(owner) as unit:
            row = imports.one(unit.connection, owner, import_id)
            require_version(expected, row.version)
            if row.status != "needs_mapping":
                raise ImportNotWaiting()
            if answers.account_id is not None:
                accounts.one(unit.connection, owner, answers.account_id)
            mapping = {**(row.options["mapping"] or {}), **(answers.mapping or {})} or None
            values = {
                "options": {**row.options, "mapping": mapping},
                "account_id": answers.account_id or row.account_id,
            }
            imports.change(unit.connection, import_id, status="queued", **values)
            self._remember(import_id, answers.password)
        self._submit(owner, import_id, row.upload)
        return self.import_(owner=owner, import_id=import_id)

    def undo_import(self, *, owner: str, person: str, import_id: str) -> None:
        """Takes an import back, to the row; one that is queued or runs is cancelled and stays listed as such.

        Raises ImportNotFound.
        """
        holders = self._holders(owner)
        self._track.cancel(import_id)
        with self._database.write(owner) as unit:
            row = imports.one(unit.connection, owner, import_id)
            if row.status in ("queued", "running", "needs_mapping"):
                # It has stored nothing yet: a running one ends at its next look, and commits nothing.
                self._end(unit.connection, import_id, status="cancelled")
            else:
                self._take_back(unit, owner, row, holders)
        self._drop_file(row.upload)

    def formats(self) -> tuple[Format, ...]:
        """Statement formats that can be read."""
        return tuple(Format(**vars(known)) for known in readable_formats())

    def _remember(self, import_id: str, password: str | None) -> None:
        if password is not None:
            self._passwords[import_id] = password

    @staticmethod
    def _take_back(unit: Unit, owner: str, row: Row[Any], holders: tuple[str, ...]) -> None:
        gone = rows.of_import(unit.connection, owner, row.id)
        waiting = aside.of_import(unit.connection, owner, row.id)
        imports.remove(unit.connection, row.id)
        aside.take(unit.connection, waiting)
        Ledger(unit.connection, owner, holders).settle(gone=gone)
        _restore_opening(unit.connection, owner, row, gone)
        for account_id in import_results.created_accounts(row):
            if not rows.of_account(unit.connection, owner, account_id):
                accounts.remove(unit.connection, account_id)
        if gone:
            unit.announce(StatementImported(owner=owner, import_id=row.id, account_id=row.account_id, rows=-len(gone)))


def _restore_opening(connection: Connection, owner: str, row: Row[Any], gone: Sequence[LedgerRow]) -> None:
    """Takes back what the import did to the opening balance, when its rows were the account's first."""
    moved = import_results.opening_moved(row)
    if not moved or not gone:
        return
    earliest = rows.first_day(connection, owner, row.account_id)
    if earliest is None or min(one.date for one in gone) < earliest:
        account = accounts.one(connection, owner, row.account_id)
        accounts.change(connection, account, owner, AccountChanges(opening_balance=account.opening_balance - moved))
