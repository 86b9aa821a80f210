"""What was spent at a merchant, by which money movement knows a refund: the ends of indexes, not its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import Spent
from finapp.transactions.store import accounts

_AT_ONCE = 300
# The conditions of the index of purchases, to the letter. The first purchase is looked for only where there is one, and
# among the rows of its merchant: by its flow or amount it would be looked for among all that was ever spent.
_SPENT = """
WITH asked(id) AS (VALUES {asked}), coins(code) AS (VALUES {coins}),
largest(id, code, amount) AS (
    SELECT asked.id, coins.code, (
        SELECT min(amount) FROM transactions
        WHERE owner = ? AND merchant_id = asked.id AND currency = coins.code AND flow = 'expense' AND amount < 0
        AND category <> 'card_spending_unseen')
    FROM asked CROSS JOIN coins)
SELECT id, code, amount, (
    SELECT date FROM transactions WHERE owner = ? AND merchant_id = largest.id AND currency = largest.code
    AND flow || '' = 'expense' AND -amount > 0 AND category <> 'card_spending_unseen' ORDER BY date LIMIT 1)
FROM largest WHERE amount IS NOT NULL
"""


def spent_at(connection: Connection, owner: str, merchant_ids: Iterable[str]) -> dict[str, Spent]:
    """Merchant -> the first day money was spent there, and the most."""
    wanted, coins = sorted(set(merchant_ids) - {""}), accounts.currencies(connection, owner)
    if not coins:
        return {}
    found: dict[str, Spent] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        values = (*some, *coins, *[ids.to_number(owner)] * 2)
        told = driver.execute(connection, _asking(len(some), len(coins)), values).fetchall()
        for merchant_id, currency, most, first in told:
            spent = Spent(date.fromisoformat(first), -from_minor(int(most), currency))
            known = found.get(merchant_id, spent)
            found[merchant_id] = Spent(min(known.first, spent.first), max(known.most, spent.most))
    return found


@lru_cache(2 * _AT_ONCE)
def _asking(merchants: int, coins: int) -> str:
    return _SPENT.format(asked=", ".join(["(?)"] * merchants), coins=", ".join(["(?)"] * coins))


def tells_nothing_new(rows: Sequence[LedgerRow], spent: Mapping[str, Spent]) -> set[str]:
    """Merchants where money was spent before and as much without these rows: what came back from them is decided."""
    found: dict[tuple[str, str], tuple[date, int]] = {}
    for row in rows:
        if row.amount < 0:
            place = row.merchant_id, row.currency
            first, most = found.get(place, (row.date, 0))
            found[place] = min(first, row.date), max(most, -row.amount)
    told, new = set[str](), set[str]()
    for (merchant_id, currency), (first, most) in found.items():
        known = spent.get(merchant_id)
        within = known is not None and known.first <= first and from_minor(most, currency) <= known.most
        (told if within else new).add(merchant_id)
    return told - new
