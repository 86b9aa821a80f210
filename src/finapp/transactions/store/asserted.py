"""Balances that a person asserts, and what an account moved day by day."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, func, select

from finapp.kernel import ids
from finapp.platform.database import insert_into
from finapp.transactions.tables import IS_PENDING, asserted_balances, daily_sums, transactions

Asserted = tuple[str, date, int]
"""Id, day, and balance in minor units."""


def of_account(connection: Connection, owner: str, account_id: str) -> list[Asserted]:
    """What was asserted of an account, newest day first."""
    c = asserted_balances.c
    query = select(c.id, c.date, c.balance).where(c.owner == owner, c.account_id == account_id)
    return [(row.id, row.date, row.balance) for row in connection.execute(query.order_by(c.date.desc()))]


def put(
    connection: Connection, owner: str, person: str, account_id: str, day: date, balance: int, now: datetime
) -> Asserted:
    """Asserts a balance, or another one for the same day."""
    c = asserted_balances.c
    values = {"balance": balance, "person": person, "at": now}
    row = insert_into(connection, asserted_balances).values(
        id=ids.new_id(), owner=owner, account_id=account_id, date=day, **values
    )
    kept = row.on_conflict_do_update(index_elements=[c.account_id, c.date], set_=values).returning(c.id)
    return str(connection.execute(kept).scalar_one()), day, balance


def remove(connection: Connection, owner: str, account_id: str, balance_id: str) -> bool:
    """Forgets an asserted balance; False when there is none."""
    c = asserted_balances.c
    found = connection.execute(
        delete(asserted_balances).where(c.owner == owner, c.account_id == account_id, c.id == balance_id)
    )
    return found.rowcount > 0


def pending_by_day(connection: Connection, owner: str, account_id: str) -> list[tuple[date, int]]:
    """What the rows of an account that are not booked yet sum to on each day, in minor units."""
    c = transactions.c
    query = select(c.date, func.sum(c.amount)).where(c.owner == owner, c.account_id == account_id, IS_PENDING)
    return [(day, int(amount)) for day, amount in connection.execute(query.group_by(c.date))]


def moved_by_day(connection: Connection, owner: str, account_id: str) -> list[tuple[date, int]]:
    """What the rows of an account sum to on each day, oldest first, in minor units."""
    c = daily_sums.c
    query = select(c.period, func.sum(c.amount)).where(c.owner == owner, c.account_id == account_id)
    found = connection.execute(query.group_by(c.period).order_by(c.period))
    return [(date.fromisoformat(day), int(amount)) for day, amount in found]
