"""Rows whose category the categorizer is not sure of."""

from sqlalchemy import Connection, and_, func, or_

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
    query = selected().where(c.owner == owner, c.decided.is_(False), c.transfer_id.is_(None), unsure)
    if after is not None:
        amount, row_id = after
        query = query.where(or_(stake < amount, and_(stake == amount, c.id > row_id)))
    return read(connection, query.order_by(stake.desc(), c.id).limit(limit))
