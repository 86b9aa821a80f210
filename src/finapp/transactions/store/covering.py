"""From when to when there are rows, month by month: from the kept sums, never from the rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.months import Month
from finapp.platform import driver
from finapp.transactions.public import Coverage

Edges = tuple[date, date, int]
"""The first and the last day with rows of a month, and how many rows it has."""


def of_every_month(connection: Connection, owner: str, account_id: str | None) -> dict[Month, Edges]:
    """Each month that has rows, in order."""
    return _read(connection, _EVERY, owner, account_id, ())


def of_months(
    connection: Connection, owner: str, account_id: str | None, months: Sequence[Month]
) -> dict[Month, Edges]:
    """Those of some months that have rows."""
    found: dict[Month, Edges] = {}
    for month in months:
        found |= _read(connection, _ONE, owner, account_id, (month,))
    return found


def coverage(edges: Mapping[Month, Edges]) -> Coverage:
    """What the months that have rows, in order, tell."""
    days = tuple(day for first, last, _ in edges.values() for day in (first, last))
    return Coverage(
        first=days[0] if days else None,
        last=days[-1] if days else None,
        rows=sum(count for _, _, count in edges.values()),
        active_days=days,
    )


def _read(
    connection: Connection, question: str, owner: str, account_id: str | None, asked: tuple[str, ...]
) -> dict[Month, Edges]:
    mine = (ids.to_number(owner),) if account_id is None else (ids.to_number(owner), ids.to_number(account_id))
    statement, times = _statement(question, account_id is None)
    rows = driver.execute(connection, statement, (*asked, *mine * times)).fetchall()
    return {
        Month(month): (date.fromisoformat(first), date.fromisoformat(last), int(count))
        for month, first, last, count in rows
        if first is not None
    }


@lru_cache
def _statement(question: str, of_household: bool) -> tuple[str, int]:
    """A question about a household or one of its accounts, and how often it names them."""
    mine = "owner = ?" if of_household else "owner = ? AND account_id = ?"
    return question.format(mine=mine, edges=_EDGES.format(mine=mine)), question.count("{mine}") + 3


_EDGES = (
    "(SELECT min(period) FROM daily_sums WHERE {mine} AND period BETWEEN month || '-01' AND month || '-31'), "
    "(SELECT max(period) FROM daily_sums WHERE {mine} AND period BETWEEN month || '-01' AND month || '-31'), "
    "(SELECT sum(count) FROM monthly_sums WHERE {mine} AND period = month)"
)
_ONE = "WITH asked(month) AS (VALUES (CAST(? AS TEXT))) SELECT month, {edges} FROM asked"
# Steps from month to month by the primary keys: the cost grows with the months that have rows, not their days.
_EVERY = (
    "WITH RECURSIVE months(month) AS (SELECT min(period) FROM monthly_sums WHERE {mine} UNION ALL "
    "SELECT (SELECT min(period) FROM monthly_sums WHERE {mine} AND period > month) FROM months "
    "WHERE month IS NOT NULL) SELECT month, {edges} FROM months WHERE month IS NOT NULL ORDER BY month"
)
