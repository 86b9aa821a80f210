"""Between rows and values: a field belongs to the column of its name, amounts to their currency's minor units."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row, Table

from finapp.assets.tables import assets, liabilities
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.columns import Minor

T = TypeVar("T")
Parent = Table
PARENT_COLUMNS = {assets.name: "asset_id", liabilities.name: "liability_id"}


def to_row(value: Any, table: Table, currency: str) -> dict[str, Any]:
    """The columns that a value fills. Raises Invalid for an amount finer than its currency."""
    row = {}
    for field in fields(value):
        column = table.columns.get(field.name)
        if column is None:
            continue
        content = getattr(value, field.name)
        if isinstance(column.type, Minor) and content is not None:
            content = to_minor(content, currency, field.name)
        row[field.name] = list(content) if isinstance(content, tuple) else content
    return row


def from_row(row: Row[Any], table: Table, kind: Callable[..., T], currency: str) -> T:
    """A value of `kind` from the columns named as its fields."""
    content = {}
    for (name, is_amount), stored in zip(_read(table, kind), _picked(row, table, kind), strict=True):
        if is_amount and stored is not None:
            stored = from_minor(stored, currency)
        content[name] = stored
    return kind(**content)


def columns_of(table: Table, kind: Callable[..., Any]) -> list[Any]:
    """The columns that a value of `kind` is read from."""
    return [table.c[name] for name, _ in _read(table, kind)]


@cache
def _read(table: Table, kind: Any) -> tuple[tuple[str, bool], ...]:
    """Names of the fields of `kind` that are columns, and whether they are amounts."""
    found = [(field.name, table.columns.get(field.name)) for field in fields(kind)]
    return tuple((name, isinstance(column.type, Minor)) for name, column in found if column is not None)


def _picked(row: Row[Any], table: Table, kind: Callable[..., Any]) -> list[Any]:
    mapping = row._mapping
    return [mapping[name] for name, _ in _read(table, kind)]
