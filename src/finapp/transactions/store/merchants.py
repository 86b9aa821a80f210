"""Merchants as the ledger groups them."""

from sqlalchemy import Connection, func, select, tuple_

from finapp.kernel.money import from_minor
from finapp.transactions.public import Merchant
from finapp.transactions.tables import merchant_sums, transactions


def page(
    connection: Connection, owner: str, limit: int, after: tuple[str | int, ...] | None
) -> tuple[list[Merchant], tuple[str | int, ...] | None]:
    """Merchants by what was spent there, the largest first, and the sort values of the last one."""
    c = merchant_sums.c
    total = func.sum(c.amount)
    query = select(c.merchant_id, c.currency, total, func.sum(c.count)).where(c.owner == owner)
    query = query.group_by(c.merchant_id, c.currency).order_by(total, c.merchant_id, c.currency)
    if after is not None:
        query = query.having(tuple_(total, c.merchant_id, c.currency) > after)
    found = connection.execute(query.limit(limit + 1)).all()
    last = found[limit - 1] if len(found) > limit else None
    more = (int(last[2]), str(last[0]), str(last[1])) if last is not None else None
    return [_merchant(connection, owner, *row) for row in found[:limit]], more


def _merchant(connection: Connection, owner: str, merchant_id: str, currency: str, total: int, count: int) -> Merchant:
    c = transactions.c
    mine = (c.owner == owner, c.merchant_id == merchant_id)
    newest = select(c.merchant, c.date).where(*mine).order_by(c.date.desc(), c.id.desc()).limit(1)
    name, last_on = connection.execute(newest).one()
    first_on = connection.execute(select(func.min(c.date)).where(*mine)).scalar_one()
    return Merchant(
        id=merchant_id,
        name=name,
        currency=currency,
        total=-from_minor(int(total), currency),
        count=int(count),
        first_on=first_on,
        last_on=last_on,
    )
