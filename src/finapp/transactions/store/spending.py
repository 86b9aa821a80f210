"""What was spent at a merchant, by which money movement knows a refund: the ends of indexes, not its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, text

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import Spent

_AT_ONCE = 300
# The conditions of the index of purchases, to the letter. The first purchase is looked for only where there is one, and
# among the rows of its merchant: by its flow or amount it would be looked for among all that was ever spent.
_SPENT = """
WITH asked(id) AS (VALUES %s), coins(code) AS (SELECT DISTINCT currency FROM accounts WHERE owner = :owner),
largest(id, code, amount) AS (
    SELECT asked.id, coins.code, (
        SELECT min(amount) FROM transactions
        WHERE owner = :owner AND merchant_id = asked.id AND currency = coins.code AND flow = 'expense' AND amount < 0)
    FROM asked CROSS JOIN coins)
SELECT id, code, amount, (
    SELECT date FROM transactions WHERE owner = :owner AND merchant_id = largest.id AND currency = largest.code
    AND flow || '' = 'expense' AND -amount > 0 ORDER BY date LIMIT 1)
FROM largest WHERE amount IS NOT NULL
"""


def spent_at(connection: Connection, owner: str, merchant_ids: Iterable[str]) -> dict[str, Spent]:
    """Merchant -> the first day money was spent there, and the most."""
    wanted = sorted(set(merchant_ids) - {""})
    found: dict[str, Spent] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = dict(enumerate(wanted[start : start + _AT_ONCE]))
        values = {"owner": ids.to_number(owner), **{f"m{number}": each for number, each in some.items()}}
        asked = ", ".join(f"(:m{number})" for number in some)
        for merchant_id, currency, most, first in connection.execute(text(_SPENT % asked), values):
            spent = Spent(date.fromisoformat(first), -from_minor(int(most), currency))
            known = found.get(merchant_id, spent)
            found[merchant_id] = Spent(min(known.first, spent.first), max(known.most, spent.most))
    return found


def tells_nothing_new(rows: Sequence[LedgerRow], spent: Mapping[str, Spent]) -> set[str]:
    """Merchants where money was spent before and as much without these rows: what came back from them is decided."""
    told, new = set[str](), set[str]()
    for row in rows:
        if row.amount >= 0:
            continue
        known = spent.get(row.merchant_id)
        within = known is not None and known.first <= row.date and -from_minor(row.amount, row.currency) <= known.most
        (told if within else new).add(row.merchant_id)
    return told - new
