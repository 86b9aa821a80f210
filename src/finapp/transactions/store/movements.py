"""Light rows of the ledger for pattern finding: one by one, and as columns for whole histories."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Text, select, type_coerce

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.transactions.public import Flow, Movement, MovementColumns, MovementKind
from finapp.transactions.tables import transactions

c = transactions.c
_PART = 5_000
_SHORT = timedelta(days=31)
# What a write changes is read by this: a query that is built anew takes as long as reading some hundred rows.
_BETWEEN = (
    "SELECT id, date, amount, description, account_id, currency, merchant, category, flow FROM transactions "
    "WHERE owner = ? AND date BETWEEN ? AND ? ORDER BY date, id LIMIT ?"
)


def movements(connection: Connection, owner: str, first: date | None, last: date | None, limit: int) -> list[Movement]:
    """Light rows of a period, oldest first, at most `limit`."""
    columns = (c.id, c.account_id, c.date, c.amount, c.currency, c.description, c.merchant, c.category, c.flow, c.need)
    query = _of(select(*columns, c.transfer_id), owner, first, last, limit)
    return [
        Movement(
            id=row.id,
            account_id=row.account_id,
            date=row.date,
            amount=from_minor(row.amount, row.currency),
            currency=row.currency,
            description=row.description,
            merchant=row.merchant or None,
            category=row.category,
            flow=row.flow,
            need=row.need or None,
            transfer_id=row.transfer_id,
        )
        for row in connection.execute(query)
    ]


def columns(connection: Connection, owner: str, first: date | None, last: date | None, limit: int) -> MovementColumns:
    """The same as columns, at most `limit` rows of them."""
    found_ids: list[str] = []
    days: list[date] = []
    amounts: list[int] = []
    descriptions: list[str] = []
    kinds: list[int] = []
    known: dict[str, date] = {}
    places: dict[tuple[int, str, str, str, Flow], int] = {}
    # Part by part, so that no more than a part of the rows is ever alive beside the columns.
    for part in _parts(connection, owner, first, last, limit + 1):
        found = list(zip(*part, strict=True))
        known |= {day: date.fromisoformat(day) for day in set(found[1]) - known.keys()}
        found_ids += map(ids.to_text, found[0])
        days += [known[day] for day in found[1]]
        amounts += found[2]
        descriptions += found[3]
        kinds += [places.setdefault(trait, len(places)) for trait in zip(*found[4:], strict=True)]
    return MovementColumns(
        ids=tuple(found_ids[:limit]),
        dates=tuple(days[:limit]),
        amounts=tuple(amounts[:limit]),
        descriptions=tuple(descriptions[:limit]),
        kinds=tuple(kinds[:limit]),
        of_kind=tuple(_kind(*trait) for trait in places),
        truncated=len(found_ids) > limit,
    )


def _parts(
    connection: Connection, owner: str, first: date | None, last: date | None, limit: int
) -> Iterator[Sequence[Any]]:
    """Raw numbers and texts, since a type that converts value by value would cost more than the reading."""
    if first is not None and last is not None and last - first <= _SHORT:
        values = (ids.to_number(owner), first.isoformat(), last.isoformat(), limit)
        found = driver.execute(connection, _BETWEEN, values).fetchall()
        return iter((found,) if found else ())
    number, day = type_coerce(c.id, BigInteger), type_coerce(c.date, Text)
    kind = (type_coerce(c.account_id, BigInteger), c.currency, c.merchant, c.category, c.flow)
    query = _of(select(number, day, c.amount, c.description, *kind), owner, first, last, limit)
    return connection.execution_options(yield_per=_PART).execute(query).partitions()


@lru_cache(4_096)
def _kind(account: int, currency: str, merchant: str, category: str, flow: Flow) -> MovementKind:
    return MovementKind(
        account_id=ids.to_text(account), currency=currency, merchant=merchant or None, category=category, flow=flow
    )


def _of(query: Select[Any], owner: str, first: date | None, last: date | None, limit: int) -> Select[Any]:
    query = query.where(c.owner == owner).order_by(c.date, c.id).limit(limit)
    if first is not None:
        query = query.where(c.date >= first)
    return query if last is None else query.where(c.date <= last)
