"""Imports: queued, shown, answered, cancelled, taken back."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel.errors import Invalid
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.facade import import_results, taking_over
from finapp.transactions.facade.handing import hand_over
from finapp.transactions.facade.mappings import given_mapping
from finapp.transactions.facade.opening import differences
from finapp.transactions.facade.placing import ONLY_PART
from finapp.transactions.facade.running import AT_ONCE, Running
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.facade.unbooking import unbook
from finapp.transactions.facade.unpacking import with_files
from finapp.transactions.public import (
    NEW_ACCOUNT,
    Format,
    Import,
    ImportAnswers,
    ImportNotWaiting,
    ImportPage,
    NewImport,
    StatementImported,
)
from finapp.transactions.public.changes import ImportUndone, StayedRow
from finapp.transactions.readers.formats import formats as readable_formats
from finapp.transactions.readers.formats import known_format
from finapp.transactions.store import accounts, imports, rows, statements

SHOWN_ROWS = 1_000
_PATIENCE = 60.0
"""Seconds that a cancelled import has to take back what it has stored before the answer goes out."""


class Imports(Running):
    """Statements on their way in."""

    def start_import(self, *, owner: str, person: str, new: NewImport, once: Once | None = None) -> Import:
        """Queues a file from the spool, and deletes it where that is refused. Raises AccountNotFound, Invalid."""
        try:
            return self._queued(owner, person, new, once)
        except BaseException:
            self._drop_file(new.upload)
            raise

    def _queued(self, owner: str, person: str, new: NewImport, once: Once | None) -> Import:
        given_mapping(new.mapping)
        if new.format is not None and known_format(new.format) is None:
            codes = ", ".join(each.code for each in readable_formats())
            raise Invalid("format", f"is none of the formats that can be read: {codes}")
        if new.account_id == NEW_ACCOUNT:
            raise Invalid("account_id", "is the id of an account; without one, the file's own is found or opened")
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
            kept = statements.of_imports(connection, [row.id for row in found])
            items = tuple(
                with_files(connection, owner, row, import_results.shown(row, kept.get(row.id, ())))
                for row in found[:limit]
            )
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return ImportPage(items=items, next_cursor=more)

    def import_(self, *, owner: str, import_id: str) -> Import:
        """An import with what became of its rows. Raises ImportNotFound."""
        with self._database.read() as connection:
            row = imports.one(connection, owner, import_id)
            kept = statements.of_import(connection, import_id)
            outcomes, total = imports.outcomes(connection, import_id, SHOWN_ROWS)
            shown = import_results.shown(row, kept, tuple(outcomes), total - len(outcomes))
            found = with_files(connection, owner, row, shown)
        return self._with_progress(found)

    def import_progress(self, *, owner: str, import_id: str) -> Import:
        """An import without its rows: how far it is. Raises ImportNotFound."""
        with self._database.read() as connection:
            row = imports.one(connection, owner, import_id)
            kept = statements.of_import(connection, import_id)
            found = with_files(connection, owner, row, import_results.shown(row, kept))
        return self._with_progress(found)

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
            _check_answers(unit.connection, owner, answers)
            mapping = {**(row.options["mapping"] or {}), **(answers.mapping or {})} or None
            said = {**(row.options.get("accounts") or {}), **(answers.accounts or {})}
            if answers.account_id == NEW_ACCOUNT:
                said[ONLY_PART] = NEW_ACCOUNT
            account_id = row.account_id if answers.account_id in (None, NEW_ACCOUNT) else answers.account_id
            values = {"options": {**row.options, "mapping": mapping, "accounts": said}, "account_id": account_id}
            imports.change(unit.connection, import_id, status="queued", **values)
            self._remember(import_id, answers.password)
        self._submit(owner, import_id, row.upload)
        return self.import_(owner=owner, import_id=import_id)

    def undo_import(self, *, owner: str, person: str, import_id: str) -> ImportUndone:
        """Takes an import back, to the row, but for rows that other imports have as well: the eldest of those has them
        from then on. A row that it had booked, and whose print somebody has changed since, stays and is named. One that
        is queued or runs is cancelled and stays listed as such. That of an archive takes its files back.

        Raises ImportNotFound.
        """
        with self._database.read() as connection:
            kept = imports.files_of(imports.one(connection, owner, import_id))
            files = [row.id for row in imports.by_ids(connection, owner, kept)]
        stayed: list[StayedRow] = []
        for file in reversed(files):
            stayed += self.undo_import(owner=owner, person=person, import_id=file).stayed
        holders = self._holders(owner)
        self._track.cancel(import_id)
        with self._database.write(owner) as unit:
            row = imports.one(unit.connection, owner, import_id)
            unpacked = set(imports.files_of(row)).difference(kept)
            open_ = row.status in ("queued", "running", "needs_mapping")
            if open_:
                # A running one ends at its next look, and takes back what it has stored.
                self._end(unit.connection, import_id, status="cancelled")
        if unpacked:
            # Its files were queued since they were looked for.
            stayed += self.undo_import(owner=owner, person=person, import_id=import_id).stayed
        elif open_:
            self._track.wait(import_id, _PATIENCE)
        else:
            stayed += self._take_back(owner, row, holders)
        self._drop_file(row.upload)
        return ImportUndone(stayed=tuple(stayed))

    def formats(self) -> tuple[Format, ...]:
        """Statement formats that can be read."""
        return tuple(Format(**vars(known)) for known in readable_formats())

    def _remember(self, import_id: str, password: str | None) -> None:
        if password is not None:
            self._passwords[import_id] = password

    def _take_back(self, owner: str, row: Row[Any], holders: tuple[str, ...]) -> tuple[StayedRow, ...]:
        with self._database.read() as connection:
            large = rows.count_of_import(connection, row.id) > AT_ONCE
            before = differences(connection, owner, row.id)
        if large:
            with self._database.write(owner) as unit:
                hand_over(self._changing(unit, row.person, holders), row.id)
                # A stopped process goes on with this at the next start.
                imports.change(unit.connection, row.id, status="cancelled")
            try:
                self._remove_rows(owner, row.id)
            finally:
                self._database.show(owner)
        with self._database.write(owner) as unit:
            changing = self._changing(unit, row.person, holders)
            hand_over(changing, row.id)
            gone = rows.of_import(unit.connection, owner, row.id)
            Ledger(unit.connection, owner, holders).settle(gone=gone)
            stayed = unbook(changing, row.id, row.options)
            kept = statements.of_import(unit.connection, row.id)
            self._close(unit, owner, row.id, kept, before)
            taking_over.withdraw(unit, row)
            imports.forget_file(unit.connection, owner, row)
            imports.remove(unit.connection, row.id)
            for each in kept:
                if each.imported:
                    unit.announce(
                        StatementImported(
                            owner=owner, import_id=row.id, account_id=each.account_id, rows=-each.imported
                        )
                    )
        return stayed


def _check_answers(connection: Connection, owner: str, answers: ImportAnswers) -> None:
    """Raises AccountNotFound for an account that is not the household's."""
    given = {answers.account_id, *(answers.accounts or {}).values()} - {None, NEW_ACCOUNT}
    for account_id in sorted(filter(None, given)):
        accounts.one(connection, owner, account_id)
