"""Assets and liabilities themselves: found, entered, replaced, deleted; accounts linked to one of them only."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from finapp.assets import tables
from finapp.assets.public import AccountLinked
from finapp.assets.store.rows import PARENT_COLUMNS
from finapp.kernel.ids import new_id
from finapp.platform.portable import forget

CHILDREN = {
    "assets": (tables.valuations, tables.lots, tables.corporate_actions, tables.incomes, tables.liquidations),
    "liabilities": (tables.rate_changes, tables.part_payments),
}


def find(connection: Connection, table: Table, owner: str, parent_id: str) -> Row[Any] | None:
    """One row of the household's, or None."""
    return connection.execute(select(table).where(table.c.owner == owner, table.c.id == parent_id)).first()


def page(connection: Connection, table: Table, owner: str, after: str | None, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` rows after an id, oldest first."""
    query = select(table).where(table.c.owner == owner).order_by(table.c.id).limit(limit)
    if after is not None:
        query = query.where(table.c.id > after)
    return connection.execute(query).all()


def every(connection: Connection, table: Table, owner: str) -> Sequence[Row[Any]]:
    """All rows of the household, oldest first."""
    return connection.execute(select(table).where(table.c.owner == owner).order_by(table.c.id)).all()


def enter(
    connection: Connection, table: Table, owner: str, person: str, columns: dict[str, Any], parent_id: str | None = None
) -> str:
    """A new row of version 1; its id, a new one unless it has one already. Raises AccountLinked."""
    _require_free(connection, owner, columns["account_id"], None)
    parent_id = parent_id or new_id()
    connection.execute(insert(table).values(**columns, id=parent_id, owner=owner, person=person, version=1))
    return parent_id


def replace(
    connection: Connection, table: Table, owner: str, person: str, parent_id: str, columns: dict[str, Any]
) -> None:
    """New columns for a row; its version rises. Raises AccountLinked."""
    _require_free(connection, owner, columns["account_id"], parent_id)
    connection.execute(
        update(table)
        .where(table.c.owner == owner, table.c.id == parent_id)
        .values(**columns, person=person, version=table.c.version + 1)
    )


def touch(connection: Connection, table: Table, owner: str, parent_id: str) -> None:
    """Raises the version of a row whose entries changed."""
    where = (table.c.owner == owner, table.c.id == parent_id)
    connection.execute(update(table).where(*where).values(version=table.c.version + 1))


def remove(connection: Connection, table: Table, owner: str, parent_id: str) -> None:
    """Deletes a row with everything entered for it."""
    for child in CHILDREN[table.name]:
        column = child.c[PARENT_COLUMNS[table.name]]
        connection.execute(delete(child).where(child.c.owner == owner, column == parent_id))
    connection.execute(delete(table).where(table.c.owner == owner, table.c.id == parent_id))


def remove_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    forget(connection, tables.metadata, owner)


def _require_free(connection: Connection, owner: str, account_id: str | None, but: str | None) -> None:
    if account_id is None:
        return
    for table in (tables.assets, tables.liabilities):
        where = (table.c.owner == owner, table.c.account_id == account_id)
        found = connection.execute(select(table.c.id).where(*where)).scalar()
        if found is not None and found != but:
            raise AccountLinked(f"account {account_id} is linked to {found}", linked_to=found)
