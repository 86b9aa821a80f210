"""Many rows into one table by the shortest way of each database: one prepared statement, or COPY."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Select, Table
from sqlalchemy.types import TypeDecorator

from finapp.platform import driver
from finapp.platform.columns import Exact, Json

_FEW = 20
"""So many rows are not worth what prepares for more."""
_REMEMBERED = 4_096
Convert = Callable[[Any], Any]


def insert_many(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Inserts rows of values as the code knows them, in the order of `names`; columns not named stay empty.

    Returns the rows as they are stored.
    """
    converted = stored(connection, table, tuple(names), list(rows))
    if connection.dialect.name == "postgresql" and len(converted) > _FEW:
        # The driver's own connection: SQLAlchemy has no COPY.
        wire: Any = connection.connection.driver_connection
        quoted = ", ".join(f'"{name}"' for name in names)
        with wire.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
            for row in converted:
                copy.write_row(row)
        return converted
    execute_many(connection, _insertion(table.name, tuple(names)), converted)
    return converted


def stored(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> list[tuple[Any, ...]]:
    """Rows of stored values, from rows of values as the code knows them, in the order of `names`."""
    converts = _converts(table, names, connection.dialect)
    if len(rows) <= _FEW:
        return [
            tuple([each if convert is None else convert(each) for convert, each in zip(converts, row, strict=True)])
            for row in rows
        ]
    # Column by column: a row of forty values costs a few calls of the interpreter that way, not forty.
    columns = zip((table.c[name] for name in names), converts, zip(*rows, strict=True), strict=True)
    return list(zip(*(_stored(*each) for each in columns), strict=True))


def execute_many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Runs one statement for many rows of stored values, each `?` of it a value of the row in order."""
    if rows:
        driver.execute_many(connection, statement, rows)


def fetched(connection: Connection, query: Select[Any]) -> Iterable[tuple[Any, ...]]:
    """The rows of a query of many whole columns, as the code knows their values: made column by column."""
    with closing(connection.execute(query)) as result:
        found = result.cursor.fetchall()
    reads = (_read(column, connection.dialect) for column in query.selected_columns)
    return zip(*map(_known, reads, zip(*found, strict=True)), strict=True)


def _read(column: Any, dialect: Dialect) -> Convert | None:
    kind = column.type
    if not isinstance(kind, TypeDecorator) or type(kind).process_result_value is TypeDecorator.process_result_value:
        return None
    read = partial(kind.process_result_value, dialect=dialect)
    return read if column.primary_key or isinstance(kind, Json) else lru_cache(_REMEMBERED)(read)


def _known(read: Convert | None, values: Sequence[Any]) -> Iterable[Any]:
    return values if read is None else map(read, values)


@lru_cache(256)
def _insertion(table: str, names: tuple[str, ...]) -> str:
    quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    # Only names of our own columns are put into the text.
    return f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'  # noqa: S608


@lru_cache(256)
def _converts(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[Convert | None, ...]:
    return tuple(_convert(table.c[name], dialect) for name in names)


def _convert(column: Column[Any], dialect: Dialect) -> Convert | None:
    """What turns a value of the code into one of the database; None where they are the same."""
    kind = column.type
    if not isinstance(kind, TypeDecorator) or type(kind).process_bind_param is TypeDecorator.process_bind_param:
        return None
    return partial(kind.process_bind_param, dialect=dialect)


def _once(convert: Convert, values: Sequence[Any]) -> dict[int, Any]:
    """The id of each object among the values -> the stored value."""
    return {number: convert(value) for number, value in {id(value): value for value in values}.items()}


def _stored(column: Column[Any], convert: Convert | None, values: Sequence[Any]) -> Iterable[Any]:
    if convert is None:
        return values
    # Most columns repeat a few values. Those of the key do not; equal decimals may be written differently.
    if column.primary_key:
        return map(convert, values)
    if isinstance(column.type, Json | Exact):
        return map(_once(convert, values).__getitem__, map(id, values))
    return map(lru_cache(_REMEMBERED)(convert), values)
