"""What each import said of each account, and balances that a person asserts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from finapp.kernel.money import from_minor
from finapp.transactions.tables import daily_sums, imports, statements, transactions


def put(connection: Connection, owner: str, import_id: str, values: Sequence[Mapping[str, Any]]) -> None:
    """Replaces what an import says of its accounts, in the order of its parts."""
    remove(connection, import_id)
    rows = [{**each, "import_id": import_id, "part": part, "owner": owner} for part, each in enumerate(values)]
    if rows:
        connection.execute(insert(statements), rows)


def remove(connection: Connection, import_id: str) -> None:
    """Deletes what an import says of its accounts."""
    connection.execute(delete(statements).where(statements.c.import_id == import_id))


def add_to_opening(connection: Connection, kept: Row[Any], amount: Decimal) -> None:
    """Says that a statement has moved the opening balance of its account by so much more."""
    c = statements.c
    same = (c.import_id == kept.import_id, c.part == kept.part)
    connection.execute(update(statements).where(*same).values(opening_moved=kept.opening_moved + amount))


def of_import(connection: Connection, import_id: str) -> list[Row[Any]]:
    """What an import says of its accounts."""
    query = select(statements).where(statements.c.import_id == import_id).order_by(statements.c.part)
    return list(connection.execute(query))


def of_imports(connection: Connection, import_ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """What each import says of its accounts."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    query = select(statements).where(statements.c.import_id.in_(import_ids)).order_by(statements.c.part)
    for row in connection.execute(query):
        found[row.import_id].append(row)
    return found


def of_account(connection: Connection, owner: str, account_id: str) -> list[Row[Any]]:
    """The statements of an account that were taken in, the earliest period first, each with its file."""
    s, i = statements.c, imports.c
    query = select(statements, i.filename, i.result, i.finished_at).join(imports, i.id == s.import_id)
    query = query.where(s.owner == owner, s.account_id == account_id, i.status == "done", i.dry_run.in_([False]))
    return list(connection.execute(query.order_by(s.period_first, s.period_last, s.import_id)))


def taken_in(connection: Connection, owner: str) -> list[Row[Any]]:
    """Every statement that was taken in: account, name, period, balances, and the result of its import."""
    s, i = statements.c, imports.c
    said = (s.account_id, s.name, s.period_first, s.period_last, s.opening_balance, s.closing_balance, s.difference)
    query = select(*said, i.result).join(imports, i.id == s.import_id)
    return list(connection.execute(query.where(s.owner == owner, i.status == "done", i.dry_run.in_([False]))))


DayAndAmount = tuple[date, int]
"""A day and an amount in minor units."""


def in_minor_units(seen: Iterable[tuple[date, Decimal]], currency: str) -> set[DayAndAmount]:
    """Days and amounts as rows are stored; without those that the currency cannot hold."""
    step = from_minor(1, currency)
    return {(day, int(amount / step)) for day, amount in seen if amount % step == 0}


def shared(
    connection: Connection, owner: str, pairs: Collection[DayAndAmount], currency: str
) -> dict[str, set[DayAndAmount]]:
    """Account -> the days and amounts that it has rows of."""
    found: dict[str, set[DayAndAmount]] = defaultdict(set)
    c = transactions.c
    query = select(c.account_id, c.date, c.amount).where(c.owner == owner, c.currency == currency).distinct()
    days, amounts = sorted({day for day, _ in pairs}), sorted({amount for _, amount in pairs})
    for row in connection.execute(query.where(c.amount.in_(amounts), c.date.in_(days))) if pairs else ():
        if (row.date, row.amount) in pairs:
            found[row.account_id].add((row.date, row.amount))
    return found


def held_between(connection: Connection, owner: str, first: date, last: date) -> dict[str, tuple[date, date, int]]:
    """Account -> its first and its last day with rows in a period, and how many rows it has then."""
    c = daily_sums.c
    query = select(c.account_id, func.min(c.period), func.max(c.period), func.sum(c.count))
    query = query.where(c.owner == owner, c.period.between(str(first), str(last))).group_by(c.account_id)
    found = connection.execute(query)
    return {account: (date.fromisoformat(low), date.fromisoformat(high), int(n)) for account, low, high, n in found}


def latest_texts(connection: Connection, owner: str, account_id: str, limit: int) -> list[str]:
    """The texts of an account's newest rows."""
    c = transactions.c
    query = select(c.description).where(c.owner == owner, c.account_id == account_id)
    return list(connection.execute(query.order_by(c.date.desc(), c.id.desc()).limit(limit)).scalars())


def stands(connection: Connection, owner: str, statement: Row[Any]) -> bool:
    """Whether any row that a statement brought, this one or another, is on one of its days."""
    c = transactions.c
    mine = (c.owner == owner, c.account_id == statement.account_id, c.import_id.is_not(None))
    days = c.date.between(statement.period_first, statement.period_last)
    return connection.execute(select(c.id).where(*mine, days).limit(1)).first() is not None
