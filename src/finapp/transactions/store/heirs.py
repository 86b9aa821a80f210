"""Rows that more than one import has: which other import keeps them when the one that brought them is taken back."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from finapp.kernel.ids import to_number
from finapp.platform.bulk import execute_many
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.store.encoding import encoded
from finapp.transactions.tables import import_rows, imports, set_aside, statements, transactions


def standing(connection: Connection, owner: str, import_id: str) -> list[Row[Any]]:
    """What other finished imports say of the accounts that an import filled, the eldest import first."""
    s, i = statements.c, imports.c
    mine = select(s.account_id).where(s.import_id == import_id)
    query = select(statements).join(imports, i.id == s.import_id)
    query = query.where(s.owner == owner, s.account_id.in_(mine), s.import_id != import_id)
    query = query.where(i.status == "done", i.dry_run.in_([False]))
    return list(connection.execute(query.order_by(s.import_id, s.part)))


def known_by(connection: Connection, import_id: str) -> list[Row[Any]]:
    """Line, row and, where it is printed as not booked yet, printing of what an import found to be there already."""
    c = import_rows.c
    query = select(c.line, c.transaction_id, c.printed).where(c.import_id == import_id, c.outcome == "duplicate")
    query = query.where(c.transaction_id.is_not(None)).order_by(c.line)
    return list(connection.execute(query))


def of_import(connection: Connection, owner: str, import_id: str) -> dict[str, tuple[str, str | None]]:
    """Id -> account and whole of the counted rows that an import brought."""
    c = transactions.c
    query = select(c.id, c.account_id, c.split_of).where(c.owner == owner, c.import_id == import_id)
    return {row.id: (row.account_id, row.split_of) for row in connection.execute(query)}


def within(connection: Connection, owner: str, import_id: str, statement: Row[Any]) -> list[str]:
    """The counted rows that an import brought on the days of another's statement."""
    c = transactions.c
    query = select(c.id).where(c.owner == owner, c.import_id == import_id, c.account_id == statement.account_id)
    days = c.date.between(statement.period_first, statement.period_last)
    return list(connection.execute(query.where(days)).scalars())


def days_of(connection: Connection, owner: str, import_id: str) -> set[str]:
    """The days on which an import has rows."""
    c = transactions.c
    query = select(c.date).where(c.owner == owner, c.import_id == import_id).distinct()
    return {day.isoformat() for day in connection.execute(query).scalars()}


def give(connection: Connection, heir: str, lines: dict[str, int | None]) -> None:
    """Says of counted rows that an import brought them, each in a line of its file."""
    values = [(to_number(heir), line, to_number(row_id)) for row_id, line in lines.items()]
    execute_many(
        connection, "UPDATE transactions SET import_id = ?, line = ?, version = version + 1 WHERE id = ?", values
    )
    forgotten = [(to_number(heir), line) for line in lines.values() if line is not None]
    execute_many(connection, "DELETE FROM import_rows WHERE import_id = ? AND line = ?", forgotten)


def give_aside(connection: Connection, row: LedgerRow) -> None:
    """Stores a row that stands aside as it is now."""
    connection.execute(update(set_aside).where(set_aside.c.id == row.id).values(row=encoded(row)))


def recount(connection: Connection, statement: Row[Any], more: int) -> None:
    """Counts rows of a statement that were known as brought by it."""
    c = statements.c
    same = (c.import_id == statement.import_id, c.part == statement.part)
    values = {"imported": c.imported + more, "duplicates": c.duplicates - more}
    connection.execute(update(statements).where(*same).values(values))


def opened_by(connection: Connection, statement: Row[Any]) -> None:
    """Says that an account goes with this statement when it is taken back, unless it is used."""
    c = statements.c
    same = (c.import_id == statement.import_id, c.part == statement.part)
    connection.execute(update(statements).where(*same).values(created=True))
