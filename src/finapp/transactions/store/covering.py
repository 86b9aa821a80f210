"""From when to when there are rows, month by month: from the kept sums, never from the rows."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from finapp.kernel import ids
from finapp.kernel.months import Month
from finapp.platform import driver
from finapp.platform.driver import Glance
from finapp.transactions.public import Coverage

Edges = tuple[date, date, int]
"""The first and the last day with rows of a month, and how many rows it has."""


def edges(glance: Glance, owner: str, account_id: str | None, months: Sequence[Month] | None) -> dict[Month, Edges]:
    """Each month that has rows, in order; of some months those that have."""
    if months is None:
        return _read(glance, _EVERY, owner, account_id, ())
    found: dict[Month, Edges] = {}
    for month in months:
        found |= _read(glance, _ONE, owner, account_id, (month,))
    return found


def coverage(months: Mapping[Month, Edges]) -> Coverage:
    """What the months that have rows, in order, tell."""
    days = tuple(day for first, last, _ in months.values() for day in (first, last))
    return Coverage(
        first=days[0] if days else None,
        last=days[-1] if days else None,
        rows=sum(count for _, _, count in months.values()),
        active_days=days,
    )


def reach(glance: Glance, owner: str, first: date, last: date) -> tuple[date, date]:
    """The first and last day of a period that has the same rows and, as far as the years of its ends go, more whole
    months: days without rows before and after it are taken in."""
    number = ids.to_number(owner)
    values = (number, first.isoformat(), number, last.isoformat())
    [(before, after)] = driver.execute(glance, _AROUND, values).fetchall()
    begin, end = date(first.year, 1, 1), date(last.year, 12, 31)
    if before is not None:
        begin = max(begin, date.fromisoformat(before) + timedelta(days=1))
    if after is not None:
        end = min(end, date.fromisoformat(after) - timedelta(days=1))
    return begin, end


def _read(
    glance: Glance, question: str, owner: str, account_id: str | None, asked: tuple[str, ...]
) -> dict[Month, Edges]:
    mine = (ids.to_number(owner),) if account_id is None else (ids.to_number(owner), ids.to_number(account_id))
    statement, times = _statement(question, account_id is None)
    rows = driver.execute(glance, statement, (*asked, *mine * times)).fetchall()
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
_AROUND = (
    "SELECT (SELECT max(period) FROM daily_sums WHERE owner = ? AND period < ?), "
    "(SELECT min(period) FROM daily_sums WHERE owner = ? AND period > ?)"
)
_ONE = "WITH asked(month) AS (VALUES (CAST(? AS TEXT))) SELECT month, {edges} FROM asked"
# Steps from month to month by the primary keys: the cost grows with the months that have rows, not their days.
_EVERY = (
    "WITH RECURSIVE months(month) AS (SELECT min(period) FROM monthly_sums WHERE {mine} UNION ALL "
    "SELECT (SELECT min(period) FROM monthly_sums WHERE {mine} AND period > month) FROM months "
    "WHERE month IS NOT NULL) SELECT month, {edges} FROM months WHERE month IS NOT NULL ORDER BY month"
)
