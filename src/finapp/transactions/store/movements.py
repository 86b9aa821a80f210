"""Light rows of the ledger for pattern finding: one by one, and as columns for whole histories."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, Text, select, type_coerce

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.transactions.public import Movement, MovementColumns, MovementKind
from finapp.transactions.tables import transactions

c = transactions.c


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
    # Raw numbers and texts, since a type that converts value by value would cost more than the reading.
    number, day = type_coerce(c.id, BigInteger), type_coerce(c.date, Text)
    kind = (type_coerce(c.account_id, BigInteger), c.currency, c.merchant, c.category, c.flow)
    query = _of(select(number, day, c.amount, c.description, *kind), owner, first, last, limit + 1)
    found = connection.execute(query).fetchall()
    return _columns(found[:limit], len(found) > limit)


def _columns(rows: Sequence[Any], truncated: bool) -> MovementColumns:
    numbers, days, amounts, descriptions, *traits = zip(*rows, strict=True) if rows else ((),) * 9
    known = {day: date.fromisoformat(day) for day in set(days)}
    places: dict[tuple[int, str, str, str, Any], int] = {}
    kinds = tuple(places.setdefault(trait, len(places)) for trait in zip(*traits, strict=True))
    return MovementColumns(
        ids=tuple(map(ids.to_text, numbers)),
        dates=tuple(known[day] for day in days),
        amounts=amounts,
        descriptions=descriptions,
        kinds=kinds,
        of_kind=tuple(
            MovementKind(
                account_id=ids.to_text(account), currency=currency, merchant=name or None, category=category, flow=flow
            )
            for account, currency, name, category, flow in places
        ),
        truncated=truncated,
    )


def _of(query: Select[Any], owner: str, first: date | None, last: date | None, limit: int) -> Select[Any]:
    query = query.where(c.owner == owner).order_by(c.date, c.id).limit(limit)
    if first is not None:
        query = query.where(c.date >= first)
    return query if last is None else query.where(c.date <= last)
