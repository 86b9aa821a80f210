"""A household's rows of one context as lines of JSON, and back: from the tables alone, so that none is forgotten.

Ids are marked, so that whoever carries the lines can number them anew: `{ID}...{END}` where a column holds an id,
`{PERSON}...{END}` where it holds a person; `{TEXT}...{END}` is for the carrier, who finds ids in texts. A text that
contains a mark itself has it doubled.
Tables with `info={"derived": True}` are left out; columns with `info={"local": True}` are left out and restored as "".
A JSON column with `info={"images": True}` holds stored rows, `[{table, key, before, after}]`: their ids are marked as
those of the tables are, so that a row is known by its image in another household too.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    delete,
    exists,
    insert,
    select,
    tuple_,
)
from sqlalchemy.exc import DBAPIError, StatementError

from finapp.kernel import ids
from finapp.kernel.errors import Invalid
from finapp.kernel.portable import HouseholdNotEmpty, HouseholdPage
from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Json, microseconds
from finapp.platform.database import Database
from finapp.platform.unit import Unit

ID, END, PERSON, TEXT = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"[{ID}{PERSON}{TEXT}]")
_MARKED = re.compile(f"([{ID}{PERSON}{TEXT}])\\1|[{ID}{PERSON}]([0-9a-z]{{13}}){END}")
_DOUBLED = re.compile(f"([{ID}{PERSON}{TEXT}])\\1")
AT_ONCE = 2_000
_PLUMBING = frozenset({"versions", "outbox", "inbox", "idempotency"})
_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PortableRows:
    """Keeps `kernel.portable.PortableHousehold` for a facade, which has its database as `_database`."""

    _database: Database

    def household_rows(self, *, owner: str, cursor: str | None = None) -> HouseholdPage:
        with self._database.read() as connection:
            return page(connection, self._database.metadata, owner, cursor)

    def restore_rows(self, *, owner: str, lines: tuple[str, ...], first: bool, last: bool) -> None:
        metadata = self._database.metadata
        with self._database.write(owner) as unit:
            if first and not is_blank(unit.connection, metadata, owner):
                raise HouseholdNotEmpty("restore into a household that has nothing yet")
            restore(unit.connection, metadata, owner, lines)
            if last:
                self._derive(unit)

    def discard_rows(self, *, owner: str) -> None:
        with self._database.write(owner) as unit:
            forget(unit.connection, self._database.metadata, owner)

    def _derive(self, unit: Unit) -> None:
        """Makes again what the context derives from its rows; nothing, for most."""


def page(connection: Connection, metadata: MetaData, owner: str, cursor: str | None) -> HouseholdPage:
    """The rows after a cursor, table by table in the order of their keys."""
    tables = _portable(metadata)
    number, after = (0, None) if cursor is None else _place(cursor, len(tables))
    while number < len(tables):
        found = _rows(connection, tables[number], owner, after)
        columns = _shown_columns(tables[number])
        lines = tuple(_line(tables[number].name, columns, row) for row in found)
        if len(found) == AT_ONCE:
            last = [_shown(column, found[-1]._mapping[column.name]) for column in tables[number].primary_key]
            return HouseholdPage(lines=lines, next_cursor=json.dumps([number, *last]))
        number, after = number + 1, None
        if lines:
            return HouseholdPage(lines=lines, next_cursor=json.dumps([number]) if number < len(tables) else None)
    return HouseholdPage(lines=(), next_cursor=None)


def restore(connection: Connection, metadata: MetaData, owner: str, lines: Iterable[str]) -> None:
    """Inserts lines as rows of `owner`, consecutive ones of a table together. Raises Invalid("file")."""
    tables = {table.name: table for table in _portable(metadata)}
    for table, rows in _runs(tables, owner, lines):
        try:
            connection.execute(insert(table), rows)
        except (DBAPIError, StatementError) as fault:
            raise Invalid("file", f"rows of {table.name} contradict each other or its rules") from fault


def is_blank(connection: Connection, metadata: MetaData, owner: str) -> bool:
    """Whether a household has no row in any table of a context."""
    return not any(
        connection.execute(select(exists().where(table.c.owner == owner))).scalar()
        for table in _portable(metadata)
        if "owner" in table.c
    )


def forget(connection: Connection, metadata: MetaData, owner: str) -> None:
    """Deletes every row of a household, derived ones too, children before their parents."""
    for table in reversed(metadata.sorted_tables):
        if table.name not in _PLUMBING:
            connection.execute(delete(table).where(_owned(table, owner)))


def _portable(metadata: MetaData) -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in _PLUMBING and not table.info.get("derived")]


def _owned(table: Table, owner: str) -> Any:
    """The condition by which a row is the household's: its own column, or its parent's."""
    if "owner" in table.c:
        return table.c.owner == owner
    key = next(iter(table.foreign_keys))
    return key.parent.in_(select(key.column).where(_owned(key.column.table, owner)))


def _rows(connection: Connection, table: Table, owner: str, after: list[Any] | None) -> list[Row[Any]]:
    keys = list(table.primary_key)
    asked = select(table).where(_owned(table, owner)).order_by(*keys).limit(AT_ONCE)
    if after is not None:
        asked = asked.where(tuple_(*keys) > tuple(_read(key, value) for key, value in zip(keys, after, strict=True)))
    return list(connection.execute(asked))


def _place(cursor: str, tables: int) -> tuple[int, list[Any] | None]:
    try:
        number, *after = json.loads(cursor)
    except (ValueError, TypeError):
        raise Invalid("cursor", "is not one of these rows") from None
    if not isinstance(number, int) or not 0 <= number < tables:
        raise Invalid("cursor", "is not one of these rows")
    return number, after or None


def _shown_columns(table: Table) -> list[tuple[int, Column[Any]]]:
    """The columns that stand in a line, with their places in a row."""
    return [
        (place, column)
        for place, column in enumerate(table.columns)
        if column.name != "owner" and not column.info.get("local")
    ]


def _line(table: str, columns: Sequence[tuple[int, Column[Any]]], row: Row[Any]) -> str:
    shown = {column.name: _shown(column, row[place]) for place, column in columns}
    return _TO_JSON.encode([table, shown])


def _shown(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    kind = column.type
    if isinstance(kind, Id):
        return _marked(column, value)
    if isinstance(kind, Instant):
        return microseconds(value)
    if isinstance(kind, Day | Exact):
        return str(value)
    if isinstance(kind, LargeBinary):
        return base64.b64encode(value).decode()
    if isinstance(kind, Json):
        text = json.dumps(value, ensure_ascii=False)
        safe = json.loads(_doubled(text)) if _MARKS.search(text) else value
        return [_shown_image(column.table.metadata, image) for image in safe] if column.info.get("images") else safe
    return _doubled(value) if isinstance(value, str) else value


def _doubled(text: str) -> str:
    return text if text.isascii() else _MARKS.sub(r"\g<0>\g<0>", text)


def _marked(column: Column[Any], value: str) -> str:
    return f"{PERSON if column.name == 'person' else ID}{value}{END}"


def _shown_image(metadata: MetaData, image: Mapping[str, Any]) -> dict[str, Any]:
    columns = metadata.tables[image["table"]].c

    def row(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if values is None:
            return None
        return {
            name: _marked(columns[name], value) if value is not None and isinstance(columns[name].type, Id) else value
            for name, value in values.items()
            if name != "owner"
        }

    return {"table": image["table"], **{part: row(image[part]) for part in ("key", "before", "after")}}


def _runs(
    tables: Mapping[str, Table], owner: str, lines: Iterable[str]
) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    table: Table | None = None
    rows: list[dict[str, Any]] = []
    for line in lines:
        found, row = _parsed(tables, owner, line)
        if table is not None and found is not table:
            yield table, rows
            rows = []
        table = found
        rows.append(row)
    if table is not None:
        yield table, rows


def _parsed(tables: Mapping[str, Table], owner: str, line: str) -> tuple[Table, dict[str, Any]]:
    try:
        name, values = json.loads(line)
        table = tables[name]
        unknown = values.keys() - {column.name for column in table.columns}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid("file", "holds a line that is no row of this release") from None
    if unknown or "owner" in values:
        raise Invalid("file", f"{name} has no column {', '.join(sorted(unknown)) or 'owner'} to restore")
    row = {column.name: _value(column, values) for column in table.columns if column.name != "owner"}
    if "owner" in table.c:
        row["owner"] = owner
    return table, row


def _value(column: Column[Any], values: Mapping[str, Any]) -> Any:
    if column.info.get("local"):
        return ""
    try:
        return _read(column, values.get(column.name))
    except (ValueError, TypeError, AttributeError, OverflowError, InvalidOperation, binascii.Error):
        raise Invalid("file", f"{column.table.name}.{column.name} holds something else than it should") from None


def _read(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if value is None:
        return value
    if isinstance(kind, Json):
        return json.loads(_MARKED.sub(lambda found: found[1] or found[2], json.dumps(value, ensure_ascii=False)))
    if isinstance(kind, Id):
        if value[0] not in (ID, PERSON) or value[-1] != END or ids.to_number(value[1:-1]) == ids.UNKNOWN:
            raise ValueError("an id is marked")
        return value[1:-1]
    if isinstance(kind, Instant):
        return _EPOCH + timedelta(microseconds=value)
    if isinstance(kind, Day):
        return date.fromisoformat(value)
    if isinstance(kind, Exact):
        return Decimal(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, Text):
        return _DOUBLED.sub(r"\1", value)
    if type(value) is not (bool if isinstance(kind, Flag) else int):
        raise TypeError("a flag or a whole number is wanted")
    return value
