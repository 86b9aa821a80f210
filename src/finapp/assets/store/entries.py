"""What is entered for an asset or liability: valuations, lots, actions, income, sales, rate changes, payments."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import lt
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, Text, cast, delete, func, insert, select, tuple_, type_coerce, update

from finapp.assets.domain.valuing import NO_MARKS, Mark, Marks, marks_from
from finapp.assets.store.rows import columns_of, from_row, to_row
from finapp.assets.tables import valuations
from finapp.kernel.ids import new_numbers, to_number, to_text

T = TypeVar("T")
FEW = 50
"""Up to so many parents are named in a query; for more, the household's entries are read and picked from."""


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
    for row in connection.execute(query.where(*of(table, owner, currencies))):
        parent_id = row._mapping[column.name]
        if parent_id in currencies:
            found[parent_id].append(from_row(row, table, kind, currencies[parent_id]))
    return found


def of(table: Table, owner: str, parents: Mapping[str, str]) -> list[Any]:
    """The condition on owner, and on the parents while they are few enough to be named."""
    where = [table.c.owner == owner]
    if len(parents) <= FEW:
        where.append(_parent(table).in_(list(parents)))
    return where


def marks(connection: Connection, owner: str, parents: Mapping[str, str]) -> dict[str, Marks]:
    """Every valuation of the assets in `parents`, by asset.

    The database writes an asset's valuations into one text each for days, values and prices: tens of thousands of rows
    cost more to hand over than to read.
    """
    table, found, days = valuations, {}, Days()
    numbers = {to_number(asset_id): asset_id for asset_id in parents}
    texts = (table.c.date, func.coalesce(cast(table.c.value, Text), ""), func.coalesce(table.c.unit_price, ""))
    query = select(table.c.asset_id, *(func.aggregate_strings(type_coerce(text, Text), ",") for text in texts))
    for number, dates, values, prices in raw_rows(
        connection, query.where(*of(table, owner, parents)).group_by(table.c.asset_id)
    ):
        asset_id = numbers.get(number)
        if asset_id is not None:
            on = days.listed(dates)
            found[asset_id] = _in_order(Marks(on, _column(values, int, len(on)), _column(prices, Decimal, len(on))))
    return found


def _column(texts: str, made: Callable[[str], T], count: int) -> list[T | None]:
    """What stands between the commas; an asset has totals or prices, so that one of its columns is mostly empty."""
    if len(texts) == count - 1:
        return [None] * count
    return [made(text) if text else None for text in texts.split(",")]


def _in_order(read: Marks) -> Marks:
    """By date: no database promises the order in which it adds texts up, though each keeps one for all of a row."""
    if all(map(lt, read.days, read.days[1:])):
        return read
    return marks_from(map(Mark._make, zip(*read, strict=True)))


class Days(dict[str, date]):
    """Stored text -> day, each read once: thousands of rows share few days."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: dict[str, tuple[date, ...]] = {}

    def __missing__(self, text: str) -> date:
        self[text] = found = date.fromisoformat(text)
        return found

    def listed(self, texts: str) -> tuple[date, ...]:
        """Days between commas; many assets are valued on the same ones."""
        if texts not in self._lists:
            self._lists[texts] = tuple(self[text] for text in texts.split(","))
        return self._lists[texts]


def raw_rows(connection: Connection, query: Any) -> Sequence[Any]:
    """The rows of a query as the driver gives them, numbers and texts without the column types."""
    result = connection.execute(query)
    try:
        rows: Sequence[Any] = result.cursor.fetchall()
    finally:
        result.close()
    return rows


def marks_of(connection: Connection, owner: str, asset_id: str) -> Marks:
    """The valuations of one asset."""
    return marks(connection, owner, {asset_id: ""}).get(asset_id, NO_MARKS)


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
