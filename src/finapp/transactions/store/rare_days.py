"""Rows of an account and a category that are seldom found together: the kept sums tell on which days there are any."""

from sqlalchemy import ColumnElement, Connection, and_, func, select

from finapp.transactions.public import TransactionFilter
from finapp.transactions.store import categories
from finapp.transactions.tables import daily_sums, monthly_sums, transactions

_SOON = 50
_READ = 25_000
"""So many rows are read in order in the time in which the days are found."""
_month, _day = monthly_sums.c, daily_sums.c


def days_of_both(connection: Connection, owner: str, asked: TransactionFilter) -> list[ColumnElement[bool]]:
    """That a row is of such a day; nothing where a page is soon full when either is read in order.

    The days are asked for with the rows, so that the condition holds whatever is written later.
    """
    if asked.account_id is None or asked.category_id is None or connection.dialect.name == "postgresql":
        return []
    below = categories.below(categories.tree(connection, owner), asked.category_id)
    mine, of_account = _month.owner == owner, _month.account_id == asked.account_id
    of_both = and_(mine, of_account, _month.category_id.in_(below))
    hits = _rows_of(connection, of_both)
    likeliest = max(_rows_of(connection, and_(mine, each)) for each in (of_account, _month.category_id.in_(below)))
    if _SOON * likeliest <= _READ * hits:
        return []
    of_month = _day.period.between(_month.period.concat("-01"), _month.period.concat("-31"))
    same = (_day[name] == _month[name] for name in ("owner", "account_id", "category_id", "flow", "need", "currency"))
    days = select(_day.period).where(of_both, of_month, *same)
    return [transactions.c.date.in_(days)]


def _rows_of(connection: Connection, condition: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.coalesce(func.sum(_month.count), 0)).where(condition)).scalar_one())
