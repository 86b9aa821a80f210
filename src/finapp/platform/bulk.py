"""Many rows into one table by the shortest way of each database: one prepared statement, or COPY."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.types import TypeDecorator

from finapp.platform.columns import Exact, Json

_REMEMBERED = 4_096
Convert = Callable[[Any], Any]


def insert_many(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of values as the code knows them, in the order of `names`; columns not named stay empty."""
    # Column by column: a row of forty values costs a few calls of the interpreter that way, not forty.
    converts = (_convert(connection, table.c[name]) for name in names)
    columns = zip(*rows, strict=True)
    stored = zip(*(_converted(*each) for each in zip(converts, columns, strict=False)), strict=True)
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        # The driver's own connection: SQLAlchemy has no COPY.
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
            for row in stored:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    values = list(stored)
    if values:
        # Only names of our own columns are put into the text.
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})', values)  # noqa: S608


def execute_many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Runs one statement for many rows of stored values, each `?` of it a value of the row in order."""
    if rows:
        marked = statement.replace("?", "%s") if connection.dialect.name == "postgresql" else statement
        connection.exec_driver_sql(marked, list(rows))


def _converted(convert: Convert | None, column: Sequence[Any]) -> Iterable[Any]:
    return column if convert is None else map(convert, column)


def _convert(connection: Connection, column: Column[Any]) -> Convert | None:
    """What turns a value of the code into one of the database; None where they are the same."""
    kind = column.type
    if not isinstance(kind, TypeDecorator) or type(kind).process_bind_param is TypeDecorator.process_bind_param:
        return None

    def convert(value: Any) -> Any:
        return kind.process_bind_param(value, connection.dialect)

    # Most columns repeat a few values. Those of the key do not; equal decimals may be written differently.
    return convert if column.primary_key or isinstance(kind, Json | Exact) else lru_cache(_REMEMBERED)(convert)
