"""Statements handed to the driver as they are: SQLAlchemy's own way there costs more than a small one takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from finapp.platform import standing


@dataclass(frozen=True, slots=True)
class Glance:
    """A connection of the driver as the pool lends it, for readings alone."""

    connection: Any
    dialect: Dialect


def execute(connection: Connection | Glance, statement: str, values: Sequence[Any] = ()) -> Any:
    """The cursor of one statement, each `?` of it a stored value in order. Raises what SQLAlchemy would."""
    marked = _prepared(connection, statement)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(marked, values)
    except Exception as fault:
        raise _as_told(connection, statement, fault) from fault
    return cursor


def execute_many(connection: Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Runs one statement for every row of stored values. Raises what SQLAlchemy would."""
    marked = _prepared(connection, statement)
    cursor = connection.connection.cursor()
    try:
        if len(rows) == 1:
            cursor.execute(marked, rows[0])
        else:
            cursor.executemany(marked, rows)
    except Exception as fault:
        raise _as_told(connection, statement, fault) from fault


def _prepared(connection: Connection | Glance, statement: str) -> str:
    if not isinstance(connection, Glance):
        standing.saw(connection, statement)
    return _with_places(statement) if connection.dialect.name == "postgresql" else statement


@lru_cache(1_024)
def _with_places(statement: str) -> str:
    return statement.replace("?", "%s")


def _as_told(connection: Connection | Glance, statement: str, fault: Exception) -> BaseException:
    """The driver's error as SQLAlchemy's, without the values of rows; anything else as it is."""
    errors = connection.dialect.loaded_dbapi.Error
    if not isinstance(fault, errors):
        return fault
    return DBAPIError.instance(statement, None, fault, errors, hide_parameters=True, dialect=connection.dialect)
