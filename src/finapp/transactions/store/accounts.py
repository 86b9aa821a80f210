"""Accounts and what they hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Integer, Row, bindparam, delete, func, insert, select, update

from finapp.kernel import ids
from finapp.kernel.money import from_minor, to_minor
from finapp.kernel.months import Month, last_day, months_between
from finapp.platform import driver
from finapp.platform.bulk import execute_many
from finapp.platform.columns import Day, Id
from finapp.platform.driver import Glance
from finapp.platform.prepared import Query
from finapp.platform.standing import standing
from finapp.transactions.public import Account, AccountBalance, AccountChanges, AccountNotFound, NewAccount
from finapp.transactions.tables import (
    accounts,
    asserted_balances,
    daily_sums,
    monthly_sums,
    set_aside,
    transactions,
)

_CARD = "credit_card"
_OF: Any = bindparam("of", None, type_=Id())
_ONE = Query(select(accounts).where(accounts.c.owner == _OF, accounts.c.id == bindparam("one", None, type_=Id())))
_PAGE = Query(
    select(accounts)
    .where(accounts.c.owner == _OF, accounts.c.id > bindparam("after", None, type_=Id()))
    .order_by(accounts.c.id)
    .limit(bindparam("most", None, type_=Integer))
)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        kind=row.kind,
        currency=row.currency,
        institution=row.institution,
        number_last4=row.number_last4,
        opening_balance=from_minor(row.opening_balance, row.currency),
        interest_rate=row.interest_rate,
        balance=from_minor(row.opening_balance + row.moved, row.currency),
        version=row.version,
    )


def of_household(
    connection: Connection | Glance, owner: str, after: str | None = None, limit: int = 10_000
) -> list[Account]:
    """Accounts, oldest first."""
    return [_account(row) for row in _PAGE.rows(connection, of=owner, after=after or "", most=limit)]


def one(connection: Connection, owner: str, account_id: str) -> Account:
    """An account. Raises AccountNotFound."""
    found = _ONE.rows(connection, of=owner, one=account_id)
    if not found:
        raise AccountNotFound()
    return _account(found[0])


@standing("accounts.id", "accounts.kind")
def kinds(connection: Connection, owner: str) -> dict[str, str]:
    """Account -> its kind."""
    query = select(accounts.c.id, accounts.c.kind).where(accounts.c.owner == owner)
    return {row.id: row.kind for row in connection.execute(query)}


@standing("accounts.id", "accounts.currency")
def currencies(connection: Connection, owner: str) -> list[str]:
    """The currencies of the household's accounts."""
    query = select(accounts.c.currency).where(accounts.c.owner == owner).distinct()
    return sorted(connection.execute(query).scalars())


def add(connection: Connection, owner: str, person: str, new: NewAccount) -> Account:
    """A new account without rows."""
    account_id = ids.new_id()
    values = {**vars(new), "opening_balance": to_minor(new.opening_balance, new.currency, "opening_balance")}
    connection.execute(insert(accounts).values(id=account_id, owner=owner, person=person, moved=0, version=1, **values))
    return one(connection, owner, account_id)


def change(connection: Connection, account: Account, owner: str, changes: AccountChanges) -> Account:
    """Applies changes and raises the version."""
    values = {name: value for name, value in vars(changes).items() if value is not None}
    if changes.opening_balance is not None:
        values["opening_balance"] = to_minor(changes.opening_balance, account.currency, "opening_balance")
    query = update(accounts).where(accounts.c.id == account.id)
    connection.execute(query.values(**values, version=accounts.c.version + 1))
    return one(connection, owner, account.id)


def is_used(connection: Connection, owner: str, account_id: str) -> bool:
    """Whether an account has a row, counted or set aside, or a balance that a person has asserted."""
    queries = (
        select(table.c.id).where(table.c.owner == owner, table.c.account_id == account_id).limit(1)
        for table in (transactions, set_aside, asserted_balances)
    )
    return any(connection.execute(query).first() is not None for query in queries)


def remove(connection: Connection, account_id: str) -> None:
    """Deletes an account that has no rows left."""
    connection.execute(delete(accounts).where(accounts.c.id == account_id))


def move(connection: Connection, amounts: dict[str, int]) -> None:
    """Adds minor units to what accounts hold."""
    moved = [(amount, ids.to_number(account_id)) for account_id, amount in amounts.items() if amount]
    execute_many(connection, "UPDATE accounts SET moved = accounts.moved + ? WHERE accounts.id = ?", moved)


def spans(connection: Connection | Glance, owner: str) -> dict[str, tuple[date, date]]:
    """Account -> its first and last day with rows: the ends of an index, whatever lies between."""
    return {row[0]: (row[1], row[2]) for row in _SPANS.rows(connection, of=owner) if row[1] is not None}


def _end(of_days: Any) -> Any:
    c = transactions.c
    return select(of_days(c.date)).where(c.owner == _OF, c.account_id == accounts.c.id).scalar_subquery()


_SPANS = Query(
    select(accounts.c.id, _end(func.min).label("first"), _end(func.max).label("last")).where(accounts.c.owner == _OF)
)


def _ends() -> Query:
    """Every account with its first row's day, its last one's, and that of its last row up to a day."""
    c = transactions.c
    until = select(func.max(c.date)).where(
        c.owner == _OF, c.account_id == accounts.c.id, c.date <= bindparam("on", None, type_=Day())
    )
    ends = (_end(func.min), _end(func.max), until.scalar_subquery())
    return Query(select(accounts, *ends).where(accounts.c.owner == _OF).order_by(accounts.c.id))


_ENDS = _ends()
_MOVED = (
    "SELECT period, account_id, sum(amount) FROM monthly_sums WHERE owner = ?{account}{month} "
    "GROUP BY period, account_id ORDER BY period, account_id"
)


def balances(connection: Connection, owner: str, on: date) -> tuple[AccountBalance, ...]:
    """What every account held at the end of a day."""
    found = _ENDS.rows(connection, of=owner, on=on)
    days = {row.id: (row[-2], row[-1], _account(row)) for row in found}
    first_rows = {row.id: row[-3] for row in found}
    # What an account holds is kept; only a day before its last row has to be added up.
    past = any(newest is not None and newest > on for newest, _, _ in days.values())
    held = _moved_until(connection, owner, on) if past else {}
    answers = []
    for account_id, (last, last_on, account) in days.items():
        balance = account.balance
        if last is not None and last > on:
            balance = account.opening_balance + from_minor(held.get(account_id, 0), account.currency)
        answers.append(_balance(account, balance, on, (first_rows[account_id], last_on)))
    return tuple(answers)


def moved(
    glance: Glance, owner: str, account_id: str | None, months: Sequence[Month] | None
) -> dict[Month, dict[int, int]]:
    """Month -> the number of each account, or of one, with the minor units that it held more at its end; of all months
    that have rows when none are named."""
    mine = (ids.to_number(owner),) if account_id is None else (ids.to_number(owner), ids.to_number(account_id))
    asked = _MOVED.format(account="" if account_id is None else " AND account_id = ?", month="{month}")
    if months is None:
        read = driver.execute(glance, asked.format(month=""), mine).fetchall()
    else:
        one = asked.format(month=" AND period = ?")
        read = [row for month in months for row in driver.execute(glance, one, (*mine, month)).fetchall()]
    found: dict[Month, dict[int, int]] = {}
    for name, account, amount in read:
        found.setdefault(Month(name), {})[account] = int(amount)
    return found


def balances_by_month(
    glance: Glance, owner: str, first: Month, last: Month, months: Mapping[Month, Mapping[int, int]]
) -> tuple[AccountBalance, ...]:
    """What every account held at the end of each month; `months` are what `moved` says of all."""
    found_on, ends = spans(glance, owner), [(month, last_day(month)) for month in months_between(first, last)][::-1]
    later = [inside for month, inside in months.items() if month > last]
    by_account = []
    # What an account holds now is kept: from there back, a month costs the same however long the ledger is.
    for account in of_household(glance, owner):
        number = ids.to_number(account.id)
        first_on = found_on[account.id][0] if account.id in found_on else None
        left = account.balance - from_minor(sum(inside.get(number, 0) for inside in later), account.currency)
        found = []
        for month, end in ends:
            found.append(_balance(account, left, end, (first_on, None)))
            amount = months[month].get(number) if month in months else None
            if amount:
                left -= from_minor(amount, account.currency)
        by_account.append(found[::-1])
    return tuple(balance for of_month in zip(*by_account, strict=True) for balance in of_month)


def _balance(account: Account, balance: Decimal, on: date, rows_on: tuple[date | None, date | None]) -> AccountBalance:
    return AccountBalance(
        account_id=account.id,
        name=account.name,
        kind=account.kind,
        currency=account.currency,
        interest_rate=account.interest_rate,
        balance=balance,
        on=on,
        first_row_on=rows_on[0],
        last_row_on=rows_on[1],
    )


def _moved_until(connection: Connection, owner: str, on: date) -> dict[str, int]:
    month = on.isoformat()[:7]
    moved: dict[str, int] = {}
    whole = monthly_sums.c
    before = select(whole.account_id, func.sum(whole.amount)).where(whole.owner == owner, whole.period < month)
    for account_id, amount in connection.execute(before.group_by(whole.account_id)):
        moved[account_id] = int(amount)
    days = daily_sums.c
    within = select(days.account_id, func.sum(days.amount)).where(
        days.owner == owner, days.period >= f"{month}-01", days.period <= on.isoformat()
    )
    for account_id, amount in connection.execute(within.group_by(days.account_id)):
        moved[account_id] = moved.get(account_id, 0) + int(amount)
    return moved
