"""History of rows, undo of changes, and the bin."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import Placed, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.changing import difference, placed
from finapp.transactions.facade.rows import seen
from finapp.transactions.public import (
    AlreadyUndone,
    BinnedTransaction,
    BinPage,
    Change,
    ChangePage,
    History,
    HistoryEntry,
    Transaction,
    TransactionNotFound,
)
from finapp.transactions.store import aside, changes, imports, rows
from finapp.transactions.store.encoding import decoded


class Histories(Base):
    """What was changed, and the way back."""

    def changes(self, *, owner: str, limit: int, cursor: str | None) -> ChangePage:
        """Changes by persons, newest first."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = changes.page(connection, owner, before, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return ChangePage(items=tuple(found[:limit]), next_cursor=more)

    def history(self, *, owner: str, transaction_id: str) -> History:
        """Every change of a row, newest first, down to the import that brought it. Raises TransactionNotFound."""
        with self._database.read() as connection:
            held = placed(connection, owner, [transaction_id]).get(transaction_id)
            found = changes.of_row(connection, owner, transaction_id)
            if held is None and not found:
                raise TransactionNotFound()
            entries = [_entry(connection, change, step) for change, step in found]
            entries += _arrival(connection, owner, held, found[-1][1].before if found else held)
        return History(items=tuple(entries))

    def undo_change(self, *, owner: str, person: str, change_id: str) -> Change:
        """Takes a change back, as a change of its own that can be taken back too.

        Raises ChangeNotFound, AlreadyUndone, ChangeSuperseded when rows of it have been changed again since.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            if changes.one(unit.connection, owner, change_id).undone_by is not None:
                raise AlreadyUndone()
            by = self._changing(unit, person, holders).undo(change_id)
            return changes.one(unit.connection, owner, by)

    def bin(self, *, owner: str, limit: int, cursor: str | None) -> BinPage:
        """Deleted rows that can be restored."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = aside.page(connection, owner, "bin", before, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return BinPage(items=tuple(_binned(row) for row in found[:limit]), next_cursor=more)

    def restore_transaction(self, *, owner: str, person: str, transaction_id: str) -> Transaction:
        """Takes a row out of the bin. Raises TransactionNotFound."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            row = aside.one(unit.connection, owner, transaction_id, "bin")
            changing = self._changing(unit, person, holders)
            before = Placed(place="bin", row=row)
            after = Placed(place="ledger", row=replace(row, version=row.version + 1))
            step = Step(transaction_id=row.id, before=before, after=after)
            changing.make(changing.start("restored"), [step])
            return seen(unit.connection, owner, transaction_id)


def _entry(connection: Connection, change: Change, step: Step) -> HistoryEntry:
    before, after = difference(step)
    if not before and not after:
        before, after = _files(changes.images(connection, change.id), step.transaction_id)
    return HistoryEntry(
        change_id=change.id,
        import_id=None,
        kind=change.kind,
        person=change.person,
        at=change.at,
        undone=change.undone_by is not None,
        before=before,
        after=after,
    )


def _files(about: Sequence[Mapping[str, Any]], transaction_id: str) -> tuple[dict[str, str | None], ...]:
    """The name of the file that a change put on a row or took off, before and after."""
    for image in about:
        held = [each if each and each["deleted_at"] is None else None for each in (image["before"], image["after"])]
        if image["table"] == "attachments" and transaction_id in [each["transaction_id"] for each in held if each]:
            return tuple({"attachment": each and each["filename"]} for each in held)
    return {}, {}


def _arrival(connection: Connection, owner: str, held: Placed | None, arrived: Placed | None) -> list[HistoryEntry]:
    """The import that brought a row, with the row as it was before anybody changed it."""
    if held is None or held.row.import_id is None:
        return []
    taken = imports.one(connection, owner, held.row.import_id)
    before, after = difference(Step(transaction_id=held.row.id, before=None, after=arrived))
    said = {"change_id": None, "import_id": taken.id, "kind": "imported", "person": taken.person}
    return [HistoryEntry(**said, at=taken.created_at, undone=False, before=before, after=after)]


def _binned(row: Any) -> BinnedTransaction:
    shown = rows.shown(decoded(row.row))
    return BinnedTransaction(transaction=shown, deleted_at=row.at, deleted_by=row.person)
