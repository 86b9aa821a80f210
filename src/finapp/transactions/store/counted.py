"""How many rows each month has, from the sums that are kept of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from finapp.kernel.months import Month
from finapp.transactions.public import TransactionFilter
from finapp.transactions.store.periods import parted
from finapp.transactions.tables import daily_sums, monthly_sums


def by_month(
    connection: Connection, owner: str, asked: TransactionFilter, below: Sequence[str] | None
) -> list[tuple[Month, int]]:
    """Month and count, newest month first; `below` are the categories asked for, None for all."""
    parts = parted(asked.first or date.min, asked.last or date.max)
    months: Counter[str] = Counter()
    if parts.months is not None:
        months += _counted(connection, monthly_sums, parts.months, _narrowed(monthly_sums, owner, asked, below))
    for first, last in parts.days:
        days = first.isoformat(), last.isoformat()
        months += _counted(connection, daily_sums, days, _narrowed(daily_sums, owner, asked, below))
    return [(Month(month), count) for month, count in sorted(months.items(), reverse=True)]


def _counted(
    connection: Connection, table: Table, period: tuple[str, str], narrowed: Iterable[ColumnElement[bool]]
) -> Counter[str]:
    # A month's period is its name: grouped by the key itself, nothing is sorted.
    month: ColumnElement[str] = table.c.period if table is monthly_sums else func.substr(table.c.period, 1, 7)
    query = select(month, func.sum(table.c.count)).where(*narrowed, table.c.period.between(*period)).group_by(month)
    return Counter({name: int(count) for name, count in connection.execute(query)})


def _narrowed(
    table: Table, owner: str, asked: TransactionFilter, below: Sequence[str] | None
) -> Iterable[ColumnElement[bool]]:
    c = table.c
    yield c.owner == owner
    wanted: tuple[tuple[Any, Any], ...] = ((c.category_id, below), (c.flow, asked.flows), (c.need, asked.needs))
    if asked.account_id is not None:
        yield c.account_id == asked.account_id
    yield from (column.in_(values) for column, values in wanted if values)
