"""Rows whose category the categorizer is not sure of."""

from sqlalchemy import Connection, and_, case, func, or_, select

from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import APPLIES
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.store.rows import read, selected
from finapp.transactions.tables import transactions


def page(connection: Connection, owner: str, limit: int, after: tuple[str | int, ...] | None) -> list[LedgerRow]:
    """Undecided rows that are uncategorized or stand on an unsure suggestion, the largest amounts first.

    Rows of a pair are sure by their pair, whatever their texts say.
    """
    c = transactions.c
    stake = func.abs(c.amount)
    # A probability is kept as the text of a decimal fraction below or equal to one, so texts compare as numbers do.
    unsure = or_(c.category_id == taxonomy.UNCATEGORIZED, c.confidence < str(APPLIES))
    query = selected().where(c.owner == owner, c.decided.in_([False]), c.transfer_id.is_(None), unsure)
    if after is not None:
        amount, row_id = after
        query = query.where(or_(stake < amount, and_(stake == amount, c.id > row_id)))
    return read(connection, query.order_by(stake.desc(), c.id).limit(limit))


def similar(connection: Connection, owner: str, row: LedgerRow) -> tuple[int, int]:
    """(undecided rows of the same merchant and direction besides this one, those of them in another category)."""
    c = transactions.c
    # Written so that no index by amount serves it: the merchant is what narrows the rows.
    same_way = c.amount + 0 > 0 if row.amount > 0 else c.amount + 0 <= 0
    other = func.sum(case((c.category_id != row.category_id, 1), else_=0))
    query = select(func.count(), func.coalesce(other, 0)).where(
        c.owner == owner, c.merchant_id == row.merchant_id, c.decided.in_([False]), same_way, c.id != row.id
    )
    matched, count = connection.execute(query).one()
    return int(matched), int(count)
