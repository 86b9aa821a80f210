"""Rows of statements that may be in the ledger already, until a person says what they are."""

from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection

from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import LedgerRow, Placed, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.booking import booked_as, could_book, remember
from finapp.transactions.public import Change, DoubtfulRow, ReviewPage
from finapp.transactions.store import aside, changes, rows


class Reviewing(Base):
    """The review queue."""

    def doubtful_rows(self, *, owner: str, limit: int, cursor: str | None) -> ReviewPage:
        """Rows of statements that may be rows the ledger has; they are not counted until a person decides."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = aside.page(connection, owner, "review", before, limit + 1)
            items = tuple(_doubtful(connection, owner, row) for row in found[:limit])
        return ReviewPage(items=items, next_cursor=to_cursor(found[limit - 1].id) if len(found) > limit else None)

    def decide_doubtful(
        self, *, owner: str, person: str, transaction_id: str, decision: Literal["new", "duplicate"]
    ) -> Change:
        """Enters a doubtful row, or knows it as another printing of a row that is there: a pending one is booked.

        Raises TransactionNotFound.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            row = aside.one(unit.connection, owner, transaction_id, "review")
            changing = self._changing(unit, person, holders)
            change_id = changing.start("review")
            changing.make(change_id, _steps(unit.connection, owner, row, decision))
            if decision == "duplicate" and row.import_id is not None:
                remember(unit.connection, owner, row.import_id, change_id)
            return changes.one(unit.connection, owner, change_id)


def _steps(connection: Connection, owner: str, row: LedgerRow, decision: Literal["new", "duplicate"]) -> list[Step]:
    others = [each for each in rows.like(connection, owner, row) if each.status != "pending"]
    pending = could_book(connection, owner, row) if decision == "duplicate" and not others else []
    if pending:
        return booked_as(pending[0], row)
    after = Placed(place="ledger" if decision == "new" else "duplicate", row=replace(row, version=row.version + 1))
    return [Step(transaction_id=row.id, before=Placed(place="review", row=row), after=after)]


def _doubtful(connection: Connection, owner: str, found: Any) -> DoubtfulRow:
    row = aside.decoded(found.row)
    same = {each.id: each for each in [*rows.like(connection, owner, row), *could_book(connection, owner, row)]}
    return DoubtfulRow(transaction=rows.shown(row), like=tuple(map(rows.shown, same.values())))
