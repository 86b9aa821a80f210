"""Rows whose category the categorizer is not sure of."""

from typing import Any

from sqlalchemy import Connection, Select, or_

from finapp.kernel import ids
from finapp.platform import driver
from finapp.transactions.domain import taxonomy
from finapp.transactions.domain.categorizer import APPLIES
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.store.rows import read, selected
from finapp.transactions.tables import transactions

# Written so that no index by amount serves it: the merchant is what narrows the rows.
_SIMILAR = (
    "SELECT count(*), coalesce(sum(CASE WHEN category_id <> ? THEN 1 ELSE 0 END), 0) FROM transactions "
    "WHERE owner = ? AND merchant_id = ? AND decided = 0 AND id <> ? AND %s"
)


def page(connection: Connection, owner: str, limit: int, after: tuple[str | int, ...] | None) -> list[LedgerRow]:
    """Undecided rows that are uncategorized or stand on an unsure suggestion, the largest amounts first.

    Rows of a pair are sure by their pair, whatever their texts say.
    """
    # What left and what came are walked through by their amounts, each from its end of the index.
    both = [row for out in (True, False) for row in read(connection, _side(owner, after, out=out).limit(limit))]
    return sorted(both, key=lambda row: (-abs(row.amount), row.id))[:limit]


def _side(owner: str, after: tuple[str | int, ...] | None, *, out: bool) -> Select[Any]:
    c = transactions.c
    # A probability is kept as the text of a decimal fraction below or equal to one, so texts compare as numbers do.
    unsure = or_(c.category_id == taxonomy.UNCATEGORIZED, c.confidence < str(APPLIES))
    query = selected().where(c.owner == owner, c.decided.in_([False]), c.transfer_id.is_(None), unsure)
    query = query.where(c.amount <= 0 if out else c.amount > 0)
    if after is not None:
        stake, row_id = after
        last = -int(stake) if out else int(stake)
        # Said of the amount alone as well: an index is entered at a bound, and not at either side of an OR.
        query = query.where(c.amount >= last if out else c.amount <= last, or_(c.amount != last, c.id > row_id))
    return query.order_by(c.amount if out else c.amount.desc(), c.id)


def similar(connection: Connection, owner: str, row: LedgerRow) -> tuple[int, int]:
    """(undecided rows of the same merchant and direction besides this one, those of them in another category)."""
    same_way = "amount + 0 > 0" if row.amount > 0 else "amount + 0 <= 0"
    number = ids.to_number
    asked = row.category_id, number(owner), row.merchant_id, number(row.id)
    matched, count = driver.execute(connection, _SIMILAR % same_way, asked).fetchone()
    return int(matched), int(count)
