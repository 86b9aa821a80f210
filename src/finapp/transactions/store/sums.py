"""Sums kept with the rows: changed in the commit that changes the rows, read instead of the rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.kernel.months import Month
from finapp.platform import driver
from finapp.platform.bulk import execute_many
from finapp.platform.driver import Glance
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.public import DailyTotal, MonthlyTotal
from finapp.transactions.store import accounts, changed
from finapp.transactions.tables import daily_sums, merchant_sums, merchant_years, monthly_sums, transactions

Sums = dict[tuple[Any, ...], list[int]]
"""Period, account and the further keys of a table of sums -> amount and count."""
_SPENDING = ("expense", "refund")


@dataclass(frozen=True)
class _Kept:
    """The two statements that change one table of sums."""

    add: str
    drop_empty: str

    @classmethod
    def of(cls, table: Table) -> "_Kept":
        keys = [column.name for column in table.primary_key]
        names, values = ", ".join(keys), ", ".join("?" * (len(keys) + 2))
        same = " AND ".join(f"{key} = ?" for key in keys)
        # Only names of our own tables are put into the text; every value is bound.
        add = (
            f"INSERT INTO {table.name} ({names}, amount, count) VALUES ({values}) "  # noqa: S608
            f"ON CONFLICT ({names}) DO UPDATE SET "
            f"amount = {table.name}.amount + excluded.amount, count = {table.name}.count + excluded.count"
        )
        return cls(add, f"DELETE FROM {table.name} WHERE {same} AND count = 0")  # noqa: S608

    def apply(self, connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
        """Adds rows of the table's keys in order, amount and count; a key whose count falls to 0 is dropped."""
        changed = [row for row in rows if row[-2] or row[-1]]
        execute_many(connection, self.add, changed)
        execute_many(connection, self.drop_empty, [row[:-2] for row in changed if row[-1] < 0])


_DAILY, _MONTHLY, _BY_MERCHANT, _MERCHANT_YEARS = (
    _Kept.of(table) for table in (daily_sums, monthly_sums, merchant_sums, merchant_years)
)
_MONTH, _YEAR = 7, 4
"""So many letters of a day name its month and its year."""


def shift(connection: Connection, owner: str, removed: Iterable[LedgerRow], added: Iterable[LedgerRow]) -> None:
    """Moves every sum from `removed` rows to `added` rows, and what the accounts hold with them."""
    daily: Sums = {}
    at_merchants: Sums = {}
    for sign, rows in ((-1, removed), (1, added)):
        for row in rows:
            amount, day = sign * row.amount, row.date
            _count(daily, (day, row.account_id, row.category_id, row.flow, row.need, row.currency), amount, sign)
            if row.flow in _SPENDING:
                _count(at_merchants, (day, row.account_id, row.merchant_id, row.currency), amount, sign)
    moved: dict[str, int] = {}
    for (_, account_id, *_), (amount, _) in daily.items():
        moved[account_id] = moved.get(account_id, 0) + amount
    days = {day: day.isoformat() for day, *_ in daily}
    dated: Sums = {(days[day], *rest): kept for (day, *rest), kept in daily.items()}
    by_merchant = _coarser({(days[day], *rest): kept for (day, *rest), kept in at_merchants.items()}, _MONTH)
    for kept, sums in (
        (_DAILY, dated),
        (_MONTHLY, _coarser(dated, _MONTH)),
        (_BY_MERCHANT, by_merchant),
        (_MERCHANT_YEARS, _coarser(by_merchant, _YEAR)),
    ):
        kept.apply(connection, _stored(owner, sums))
    accounts.move(connection, moved)
    changed.note(connection, owner, days.values())


def _coarser(sums: Sums, letters: int) -> Sums:
    """Sums of longer periods, of which so many letters of the shorter one's name tell."""
    found: Sums = {}
    for (period, *rest), (amount, count) in sums.items():
        _count(found, (period[:letters], *rest), amount, count)
    return found


def _count(sums: Sums, key: tuple[Any, ...], amount: int, count: int) -> None:
    kept = sums.get(key)
    if kept is None:
        sums[key] = [amount, count]
    else:
        kept[0] += amount
        kept[1] += count


def _stored(owner: str, sums: Sums) -> Iterator[tuple[Any, ...]]:
    """Rows of a table of sums in the order of its key."""
    number = ids.to_number(owner)
    for (period, account_id, *rest), (amount, count) in sorted(sums.items()):
        yield number, period, ids.to_number(account_id), *rest, amount, count


def monthly(
    glance: Glance, owner: str, first: Month, last: Month, account_id: str | None, leaves: Mapping[str, str]
) -> tuple[MonthlyTotal, ...]:
    """The kept sums of a range of months; `leaves` maps the household's own categories to their leaf."""
    return tuple(
        MonthlyTotal(
            month=Month(period),
            category=leaves.get(category_id, category_id),
            category_id=category_id,
            flow=flow,
            need=need or None,
            currency=currency,
            amount=from_minor(int(amount), currency),
            count=int(count),
        )
        for period, category_id, flow, need, currency, amount, count in _totals(
            glance, monthly_sums, owner, first, last, account_id
        )
    )


def daily(
    glance: Glance, owner: str, first: date, last: date, account_id: str | None, leaves: Mapping[str, str]
) -> tuple[DailyTotal, ...]:
    """The kept sums of a range of days."""
    found = _totals(glance, daily_sums, owner, first.isoformat(), last.isoformat(), account_id)
    return tuple(_daily_total(row, leaves) for row in found)


def _totals(
    glance: Glance, table: Table, owner: str, first: str, last: str, account_id: str | None
) -> list[tuple[Any, ...]]:
    values = [ids.to_number(owner), first, last, *([] if account_id is None else [ids.to_number(account_id)])]
    # Only names of our own tables are put into the text.
    asked = _TOTALS.format(table=table.name, account="" if account_id is None else " AND account_id = ?")
    found: list[tuple[Any, ...]] = driver.execute(glance, asked, values).fetchall()
    return found


_TOTALS = (
    "SELECT period, category_id, flow, need, currency, sum(amount), sum(count) FROM {table} "
    "WHERE owner = ? AND period BETWEEN ? AND ?{account} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
)


def by_period(
    glance: Glance,
    owner: str,
    periods: Sequence[tuple[date, date]],
    account_id: str | None,
    leaves: Mapping[str, str],
) -> tuple[DailyTotal, ...]:
    """The kept sums of each period, as of its first day; `periods` are (first, last) days that do not overlap."""
    found: list[DailyTotal] = []
    for number in range(0, len(periods), _PERIODS_AT_ONCE):
        some = periods[number : number + _PERIODS_AT_ONCE]
        days = [day.isoformat() for period in some for day in period]
        whose = [ids.to_number(owner), *([] if account_id is None else [ids.to_number(account_id)])]
        mine = "d.owner = ?" if account_id is None else "d.owner = ? AND d.account_id = ?"
        asked = _BY_PERIOD.format(listed=", ".join(["(?, ?)"] * len(some)), mine=mine)
        rows = driver.execute(glance, asked, (*days, *whose)).fetchall()
        found += (_daily_total(row, leaves) for row in rows)
    return tuple(found)


_PERIODS_AT_ONCE = 400
_BY_PERIOD = (
    "WITH asked(first_on, last_on) AS (VALUES {listed}) "
    "SELECT a.first_on, d.category_id, d.flow, d.need, d.currency, sum(d.amount), sum(d.count) "
    "FROM asked a JOIN daily_sums d ON d.period BETWEEN a.first_on AND a.last_on WHERE {mine} "
    "GROUP BY a.first_on, d.category_id, d.flow, d.need, d.currency ORDER BY 1, 2, 3, 4, 5"
)


def of_filter(
    connection: Connection, conditions: Iterable[ColumnElement[bool]], leaves: Mapping[str, str]
) -> tuple[DailyTotal, ...]:
    """What the rows of a filter add up to, by day: for questions that no kept sum answers."""
    c = transactions.c
    keys = (c.date, c.category_id, c.flow, c.need, c.currency)
    query = select(*keys, func.sum(c.amount), func.sum(1)).where(*conditions).group_by(*keys).order_by(*keys)
    return tuple(_daily_total(tuple(row), leaves) for row in connection.execute(query))


def _daily_total(row: tuple[Any, ...], leaves: Mapping[str, str]) -> DailyTotal:
    day, category_id, flow, need, currency, amount, count = row
    return DailyTotal(
        day=day if isinstance(day, date) else date.fromisoformat(day),
        category=leaves.get(category_id, category_id),
        category_id=category_id,
        flow=flow,
        need=need or None,
        currency=currency,
        amount=from_minor(int(amount), currency),
        count=int(count),
    )
