"""Between rows and values: a field belongs to the column of its name, amounts to their currency's minor units."""

from dataclasses import fields
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


def from_row(row: Row[Any], table: Table, kind: type[T], currency: str, **further: Any) -> T:
    """A value of `kind` from the columns named as its fields, with `further` fields given."""
    content = dict(further)
    mapping = row._mapping
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in further or field.name not in mapping:
            continue
        stored = mapping[field.name]
        if isinstance(table.columns[field.name].type, Minor) and stored is not None:
            stored = from_minor(stored, currency)
        content[field.name] = tuple(stored) if isinstance(stored, list) else stored
    return kind(**content)
