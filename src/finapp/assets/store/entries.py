"""What is entered for an asset or liability: valuations, lots, actions, income, sales, rate changes, payments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Table, Text, delete, insert, select, tuple_, type_coerce, update

from finapp.assets.domain.valuing import Mark
from finapp.assets.store.rows import columns_of, from_row, to_row
from finapp.assets.tables import valuations
from finapp.kernel.ids import new_numbers, to_number, to_text

T = TypeVar("T")
FEW = 50
"""Up to so many parents are named in a query; for more, the household's entries are read and picked from."""
_RAW_MARKS = (
    (valuations.c.asset_id, BigInteger()),
    (valuations.c.date, Text()),
    (valuations.c.value, BigInteger()),
    (valuations.c.unit_price, Text()),
)


def _parent(table: Table) -> Any:
    return table.c["asset_id" if "asset_id" in table.c else "liability_id"]


def of_parent(
    connection: Connection, table: Table, owner: str, parent_id: str, kind: type[T], currency: str
) -> tuple[T, ...]:
    """All entries of one parent, by date and id."""
    query = select(table).where(table.c.owner == owner, _parent(table) == parent_id).order_by(table.c.date, table.c.id)
    return tuple(from_row(row, table, kind, currency) for row in connection.execute(query))


def by_parent(
    connection: Connection, table: Table, owner: str, kind: type[T], currencies: Mapping[str, str]
) -> dict[str, list[T]]:
    """All entries of the parents in `currencies` (parent id -> currency), each list by date and id."""
    found: dict[str, list[T]] = defaultdict(list)
    column = _parent(table)
    query = select(column, *columns_of(table, kind)).order_by(column, table.c.date, table.c.id)
    for row in connection.execute(query.where(*_of(table, owner, currencies))):
        parent_id = row._mapping[column.name]
        if parent_id in currencies:
            found[parent_id].append(from_row(row, table, kind, currencies[parent_id]))
    return found


def _of(table: Table, owner: str, parents: Mapping[str, str]) -> list[Any]:
    """The condition on owner, and on the parents while they are few enough to be named."""
    where = [table.c.owner == owner]
    if len(parents) <= FEW:
        where.append(_parent(table).in_(list(parents)))
    return where


def marks(connection: Connection, owner: str, parents: Mapping[str, str]) -> dict[str, list[Mark]]:
    """Every valuation of the assets in `parents` by asset, each list by date.

    Read past the column types, because a household has tens of thousands of them.
    """
    found: dict[str, list[Mark]] = defaultdict(list)
    numbers = {to_number(asset_id): asset_id for asset_id in parents}
    query = select(*(type_coerce(column, raw) for column, raw in _RAW_MARKS))
    rows = connection.execute(
        query.where(*_of(valuations, owner, parents)).order_by(valuations.c.asset_id, valuations.c.date)
    )
    day = date.fromisoformat
    for row in rows.all():
        number, on, value, price = tuple(row)
        asset_id = numbers.get(number)
        if asset_id is not None:
            found[asset_id].append(Mark(day(on), value, None if price is None else Decimal(price)))
    return found


def marks_of(connection: Connection, owner: str, asset_id: str) -> list[Mark]:
    """The valuations of one asset, by date."""
    table = valuations
    query = select(table.c.date, table.c.value, table.c.unit_price).order_by(table.c.date)
    rows = connection.execute(query.where(table.c.owner == owner, table.c.asset_id == asset_id))
    return [Mark(row.date, row.value, row.unit_price) for row in rows]


def newest_first(
    connection: Connection, table: Table, owner: str, parent_id: str, limit: int, before: tuple[date, str] | None
) -> Sequence[Any]:
    """Up to `limit` rows, newest first, before a (date, id)."""
    query = select(table).where(table.c.owner == owner, _parent(table) == parent_id)
    if before is not None:
        query = query.where(tuple_(table.c.date, table.c.id) < before)
    return connection.execute(query.order_by(table.c.date.desc(), table.c.id.desc()).limit(limit)).all()


def add(
    connection: Connection, table: Table, owner: str, person: str, parent_id: str, new: Sequence[Any], currency: str
) -> list[str]:
    """Inserts entries; their ids, in order."""
    numbers = [to_text(number) for number in new_numbers(len(new))]
    parent = _parent(table).name
    rows = [
        {**to_row(value, table, currency), "id": entry_id, "owner": owner, "person": person, parent: parent_id}
        for entry_id, value in zip(numbers, new, strict=True)
    ]
    if rows:
        connection.execute(insert(table), rows)
    return numbers


def days_taken(connection: Connection, table: Table, owner: str, parent_id: str) -> set[date]:
    """The days that have an entry."""
    query = select(table.c.date).where(table.c.owner == owner, _parent(table) == parent_id)
    return set(connection.execute(query).scalars())


def change(
    connection: Connection,
    table: Table,
    owner: str,
    person: str,
    parent_id: str,
    entry_id: str,
    columns: dict[str, Any],
) -> bool:
    """New columns for an entry; whether there was one."""
    where = (table.c.owner == owner, _parent(table) == parent_id, table.c.id == entry_id)
    return connection.execute(update(table).where(*where).values(**columns, person=person)).rowcount > 0


def drop(connection: Connection, table: Table, owner: str, parent_id: str, entry_id: str) -> bool:
    """Deletes an entry; whether there was one."""
    where = (table.c.owner == owner, _parent(table) == parent_id, table.c.id == entry_id)
    return connection.execute(delete(table).where(*where)).rowcount > 0
