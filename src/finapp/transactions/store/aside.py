"""Rows that stand aside and are not counted: those in the bin, and wholes whose parts are counted instead."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from finapp.kernel.ids import to_number
from finapp.platform.bulk import execute_many, insert_many
from finapp.transactions.domain.ledger import LedgerRow, Place
from finapp.transactions.public import TransactionNotFound
from finapp.transactions.store.encoding import decoded, encoded
from finapp.transactions.tables import set_aside

_AT_ONCE = 500


def put(
    connection: Connection, owner: str, person: str, now: datetime, rows: Iterable[tuple[Place, LedgerRow]]
) -> None:
    """Sets rows aside."""
    values = [(row.id, owner, row.account_id, row.date, place, encoded(row), person, now) for place, row in rows]
    insert_many(connection, set_aside, ("id", "owner", "account_id", "date", "place", "row", "person", "at"), values)


def take(connection: Connection, rows: Iterable[LedgerRow]) -> None:
    """Removes rows from where they stood aside."""
    execute_many(connection, "DELETE FROM set_aside WHERE id = ?", [(to_number(row.id),) for row in rows])


def one(connection: Connection, owner: str, transaction_id: str, place: Place) -> LedgerRow:
    """A row that stands aside. Raises TransactionNotFound."""
    c = set_aside.c
    query = select(c.row).where(c.owner == owner, c.id == transaction_id, c.place == place)
    found = connection.execute(query).first()
    if found is None:
        raise TransactionNotFound()
    return decoded(found.row)


def find(connection: Connection, owner: str, ids: Iterable[str]) -> dict[str, tuple[Place, LedgerRow]]:
    """Those of the rows that stand aside, by id."""
    found: dict[str, tuple[Place, LedgerRow]] = {}
    wanted = list(ids)
    c = set_aside.c
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(c.id, c.place, c.row).where(c.owner == owner, c.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {row.id: (row.place, decoded(row.row)) for row in connection.execute(query)}
    return found


def page(connection: Connection, owner: str, place: Place, before: str | None, limit: int) -> list[Row[Any]]:
    """Rows in a place, the newest ids first."""
    c = set_aside.c
    query = select(c.id, c.row, c.at, c.person).where(c.owner == owner, c.place == place)
    if before is not None:
        query = query.where(c.id < before)
    return list(connection.execute(query.order_by(c.id.desc()).limit(limit)))


def of_account_between(connection: Connection, owner: str, account_id: str, first: date, last: date) -> list[LedgerRow]:
    """Rows of an account and period that stand aside: a statement that brings them again brings nothing new."""
    return [row for _, row in placed_between(connection, owner, account_id, first, last)]


def placed_between(
    connection: Connection, owner: str, account_id: str, first: date, last: date
) -> list[tuple[Place, LedgerRow]]:
    """Rows of an account and period that stand aside, with where they stand."""
    c = set_aside.c
    mine = c.owner == owner, c.account_id == account_id, c.date.between(first, last)
    query = select(c.place, c.row).where(*mine).order_by(c.id)
    return [(row.place, decoded(row.row)) for row in connection.execute(query)]


def of_account(connection: Connection, owner: str, account_id: str) -> list[tuple[Place, LedgerRow]]:
    """Everything of an account that stands aside."""
    c = set_aside.c
    query = select(c.place, c.row).where(c.owner == owner, c.account_id == account_id)
    return [(row.place, decoded(row.row)) for row in connection.execute(query)]


def of_import(connection: Connection, owner: str, import_id: str) -> list[LedgerRow]:
    """Rows of an import that stand aside."""
    c = set_aside.c
    found = (decoded(row.row) for row in connection.execute(select(c.row).where(c.owner == owner)))
    return [row for row in found if row.import_id == import_id]
