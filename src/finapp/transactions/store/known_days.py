"""The rows of an account day by day, as statements print them: read without making rows of them."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from finapp.kernel.ids import to_number
from finapp.platform.bulk import execute_many
from finapp.transactions.domain.known_days import Key
from finapp.transactions.tables import set_aside, transactions

_AT_ONCE = 500
_KNOWN = (
    "INSERT INTO import_rows (import_id, line, outcome, transaction_id, reason) VALUES (?, ?, 'duplicate', ?, 'known') "
    "ON CONFLICT DO NOTHING"
)
_key = itemgetter(1, 2, 3, 4)


def by_day(
    connection: Connection, owner: str, account_id: str, first: date, last: date
) -> Iterator[tuple[str, list[Key]]]:
    """Each day with rows, and its rows by amount; without days on which a row stands aside or is not booked yet."""
    c, a = transactions.c, set_aside.c
    aside = a.owner == owner, a.account_id == account_id, a.date.between(first, last)
    left_out = {day.isoformat() for day in connection.execute(select(a.date).where(*aside).distinct()).scalars()}
    columns = c.date, c.amount, c.description, c.bank_id, c.balance_after, c.status
    printed = c.owner == owner, c.account_id == account_id, c.date.between(first, last), c.split_of.is_(None)
    query = select(*columns).where(*printed).order_by(c.date, c.amount, c.ordinal)
    with closing(connection.execute(query)) as result:
        for day, group in groupby(_stored(result), key=itemgetter(0)):
            found = list(group)
            if day not in left_out and not any(row[5] == "pending" for row in found):
                yield day, list(map(_key, found))


def ids_on(connection: Connection, owner: str, account_id: str, days: Sequence[str]) -> list[int]:
    """The rows of some days in the order of `by_day`."""
    c = transactions.c
    found: list[int] = []
    for start in range(0, len(days), _AT_ONCE):
        some = [date.fromisoformat(day) for day in days[start : start + _AT_ONCE]]
        query = select(c.id).where(c.owner == owner, c.account_id == account_id, c.date.in_(some), c.split_of.is_(None))
        with closing(connection.execute(query.order_by(c.date, c.amount, c.ordinal))) as result:
            found += [number for (number,) in _stored(result)]
    return found


def add_known(connection: Connection, import_id: str, lines: Sequence[tuple[int, int]]) -> None:
    """Says of lines of a file which rows they are, but for lines of which something is said already."""
    number = to_number(import_id)
    execute_many(connection, _KNOWN, [(number, *each) for each in lines])


def _stored(result: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as the database has them, days as text and ids as numbers, a few thousand in memory."""
    while rows := result.cursor.fetchmany(_AT_ONCE):
        yield from rows
