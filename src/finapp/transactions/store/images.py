"""What a change changed besides rows of the ledger: stored rows of other tables, before and after, and the way back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, update

from finapp.platform.columns import Day, Exact, Instant, microseconds
from finapp.transactions.public import ChangeSuperseded
from finapp.transactions.tables import (
    accounts,
    alert_hits,
    asserted_balances,
    attachments,
    categories,
    category_needs,
    exchange_rates,
    mapping_profiles,
    rules,
    saved_searches,
)

Image = Mapping[str, Any]
"""One stored row as JSON keeps it: {table, key, before, after}; None where there was or is no row. Whose it is, its
change says: a household that is restored has another owner."""
_TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        accounts,
        alert_hits,
        asserted_balances,
        attachments,
        categories,
        category_needs,
        exchange_rates,
        mapping_profiles,
        rules,
        saved_searches,
    )
}
_FOLLOWS = frozenset({"moved", "version", "position", "seen"})
"""Columns that change by themselves: a difference in them is no later change by a person."""
_PLACES = frozenset({"position"})
"""Those of them that a person may have changed as well: they are put back, though others may have moved them since."""


def taken(connection: Connection, name: str, owner: str, **key: Any) -> list[Image]:
    """The rows of a table and key as they are, to be given to `changed` once they are changed."""
    table = _TABLES[name]
    query = select(table).where(table.c.owner == owner, *(table.c[each] == value for each, value in key.items()))
    return [_encoded(table, row._mapping) for row in connection.execute(query)]


def changed(connection: Connection, name: str, owner: str, before: Sequence[Image], **key: Any) -> list[Image]:
    """What became of the rows of a table and key since `before` was taken."""
    names = [column.name for column in _TABLES[name].primary_key if column.name != "owner"]
    was = {_key(names, row): row for row in before}
    now = {_key(names, row): row for row in taken(connection, name, owner, **key)}
    return [
        {
            "table": name,
            "key": dict(zip(names, each, strict=True)),
            "before": was.get(each),
            "after": now.get(each),
        }
        for each in {**was, **now}
        if _differ(was.get(each), now.get(each))
    ]


def put_back(connection: Connection, owner: str, images: Sequence[Image]) -> list[Image]:
    """Makes every row what it was before; the images of that. Raises ChangeSuperseded when one has changed since."""
    undone = []
    for image in reversed(images):
        table = _TABLES[image["table"]]
        key = {name: _decoded(table.c[name], value) for name, value in image["key"].items()}
        before = taken(connection, table.name, owner, **key)
        if _said(before[0] if before else None) != _said(image["after"]):
            raise ChangeSuperseded("it has been changed again since: take that back first")
        _write(connection, table, owner, key, image["before"], exists=bool(before))
        undone += changed(connection, table.name, owner, before, **key)
    return undone


def _write(
    connection: Connection, table: Table, owner: str, key: Mapping[str, Any], row: Image | None, *, exists: bool
) -> None:
    same = (table.c.owner == owner, *(table.c[name] == value for name, value in key.items()))
    if row is None:
        connection.execute(delete(table).where(*same))
        return
    values = {name: _decoded(table.c[name], value) for name, value in row.items()} | {"owner": owner}
    if not exists:
        # What follows from rows comes back with the rows.
        restored = {name: 0 for name in ("moved",) if name in values}
        connection.execute(insert(table).values(**{**values, **restored}))
        return
    kept = {name: value for name, value in values.items() if name not in _FOLLOWS or name in _PLACES}
    version = {"version": table.c.version + 1} if "version" in table.c else {}
    connection.execute(update(table).where(*same).values(**kept, **version))


def _differ(before: Image | None, after: Image | None) -> bool:
    if before is None or after is None:
        return before is not after
    return any(before[name] != after[name] for name in before if name not in _FOLLOWS or name in _PLACES)


def _said(row: Image | None) -> dict[str, Any] | None:
    return None if row is None else {name: value for name, value in row.items() if name not in {*_FOLLOWS, "owner"}}


def _key(names: Sequence[str], row: Image) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _encoded(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    return {column.name: _plain(row[column]) for column in table.c if column.name != "owner"}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return microseconds(value)
    return str(value) if isinstance(value, date | Decimal) else value


def _decoded(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000)
    if isinstance(column.type, Day):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(column.type, Exact) else value
