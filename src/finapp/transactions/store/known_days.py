"""The rows of an account day by day, as statements print them: read without making rows of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from operator import itemgetter, methodcaller
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, select

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


class Standing(NamedTuple):
    """The rows of one day, by amount and, of equal ones, as they stand."""

    day: str
    ids: list[int]
    keys: list[Key]


def by_day(connection: Connection, owner: str, account_id: str, first: date, last: date) -> Iterator[Standing]:
    """Each day with rows; without days on which a row stands aside or is not booked yet."""
    return _standing(connection, owner, account_id, methodcaller("between", first, last))


def on_days(connection: Connection, owner: str, account_id: str, days: Sequence[str]) -> Iterator[Standing]:
    """As `by_day`, of some days."""
    for start in range(0, len(days), _AT_ONCE):
        some = [date.fromisoformat(day) for day in days[start : start + _AT_ONCE]]
        yield from _standing(connection, owner, account_id, methodcaller("in_", some))


def _standing(
    connection: Connection, owner: str, account_id: str, wanted: Callable[[Column[date]], ColumnElement[bool]]
) -> Iterator[Standing]:
    c, a = transactions.c, set_aside.c
    aside = a.owner == owner, a.account_id == account_id, wanted(a.date)
    left_out = {day.isoformat() for day in connection.execute(select(a.date).where(*aside).distinct()).scalars()}
    columns = c.date, c.amount, c.description, c.bank_id, c.balance_after, c.status, c.id
    printed = c.owner == owner, c.account_id == account_id, wanted(c.date), c.split_of.is_(None)
    query = select(*columns).where(*printed).order_by(c.date, c.amount, c.ordinal)
    with closing(connection.execute(query)) as result:
        for day, group in groupby(_stored(result), key=itemgetter(0)):
            found = list(group)
            if day not in left_out and not any(row[5] == "pending" for row in found):
                yield Standing(day, [row[6] for row in found], list(map(_key, found)))


def add_known(connection: Connection, import_id: str, lines: Sequence[tuple[int, int]]) -> None:
    """Says of lines of a file which rows they are, but for lines of which something is said already."""
    number = to_number(import_id)
    execute_many(connection, _KNOWN, [(number, *each) for each in lines])


def _stored(result: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as the database has them, days as text and ids as numbers, a few thousand in memory."""
    while rows := result.cursor.fetchmany(_AT_ONCE):
        yield from rows
