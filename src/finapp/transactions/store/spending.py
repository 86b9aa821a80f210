"""What was spent at a merchant, by which money movement knows a refund: kept facts, not its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import Spent

_AT_ONCE = 300
# The first purchase is looked for among the rows of its merchant: by its flow or amount it would be looked for among
# all that was ever spent.
_SPENT = """
WITH largest(id, code, amount, year) AS (
    SELECT merchant_id, currency, min(amount), min(year) FROM largest_purchases
    WHERE owner = ? AND merchant_id IN ({asked}) GROUP BY merchant_id, currency)
SELECT id, code, amount, (
    SELECT date FROM transactions WHERE owner = ? AND merchant_id = largest.id AND currency = largest.code
    AND date >= largest.year AND flow || '' = 'expense' AND -amount > 0 AND category <> 'card_spending_unseen'
    ORDER BY date LIMIT 1)
FROM largest
"""


def spent_at(connection: Connection, owner: str, merchant_ids: Iterable[str]) -> dict[str, Spent]:
    """Merchant -> the first day money was spent there, and the most."""
    wanted, number = sorted(set(merchant_ids) - {""}), ids.to_number(owner)
    found: dict[str, Spent] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        told = driver.execute(connection, _asking(len(some)), (number, *some, number)).fetchall()
        for merchant_id, currency, most, first in told:
            spent = Spent(date.fromisoformat(first), -from_minor(int(most), currency))
            known = found.get(merchant_id, spent)
            found[merchant_id] = Spent(min(known.first, spent.first), max(known.most, spent.most))
    return found


@lru_cache(2 * _AT_ONCE)
def _asking(merchants: int) -> str:
    return _SPENT.format(asked=", ".join("?" * merchants))


def tells_nothing_new(rows: Sequence[LedgerRow], spent: Mapping[str, Spent]) -> set[str]:
    """Merchants where money was spent before and as much without these rows: what came back from them is decided."""
    found: dict[tuple[str, str], tuple[date, int]] = {}
    for row in rows:
        if row.amount < 0:
            place = row.merchant_id, row.currency
            known = found.get(place)
            if known is None:
                found[place] = row.date, -row.amount
            elif row.date < known[0] or -row.amount > known[1]:
                found[place] = min(known[0], row.date), max(known[1], -row.amount)
    told, new = set[str](), set[str]()
    for (merchant_id, currency), (first, most) in found.items():
        before = spent.get(merchant_id)
        within = before is not None and before.first <= first and from_minor(most, currency) <= before.most
        (told if within else new).add(merchant_id)
    return told - new
