"""The largest purchase at each merchant in each year: kept in the commit that changes the rows."""

from collections.abc import Iterable

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.platform import driver
from finapp.platform.bulk import execute_many
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.taxonomy import CARD_SPENDING_UNSEEN

PURCHASES = f"flow = 'expense' AND amount < 0 AND category <> '{CARD_SPENDING_UNSEEN}' AND merchant_id <> ''"
"""The condition of the rows that are purchases: a bill is none."""
RECOUNT = (
    "SELECT owner, merchant_id, currency, substr(date, 1, 4) AS year, min(amount) AS amount "  # noqa: S608
    f"FROM transactions WHERE {PURCHASES}{{mine}} GROUP BY owner, merchant_id, currency, substr(date, 1, 4)"
)
"""What the table holds, from the rows."""
_NAMED = "owner, merchant_id, currency, year, amount"
_PLACE = "owner = ? AND merchant_id = ? AND currency = ? AND year = ?"
_ADD = (
    f"INSERT INTO largest_purchases ({_NAMED}) VALUES (?, ?, ?, ?, ?) "  # noqa: S608
    "ON CONFLICT (owner, merchant_id, currency, year) DO UPDATE SET amount = excluded.amount "
    "WHERE excluded.amount < largest_purchases.amount"
)
_DROP = f"DELETE FROM largest_purchases WHERE {_PLACE} AND amount >= ? RETURNING 1"  # noqa: S608
# Written so that the rows of the merchant and the year are looked through, not all that was ever spent.
_FIND = (
    f"INSERT INTO largest_purchases ({_NAMED}) "  # noqa: S608
    "SELECT owner, merchant_id, currency, ?, min(amount) FROM transactions "
    "WHERE owner = ? AND merchant_id = ? AND currency = ? AND date BETWEEN ? AND ? "
    f"AND flow || '' = 'expense' AND -amount > 0 AND category <> '{CARD_SPENDING_UNSEEN}' "
    "GROUP BY owner, merchant_id, currency"
)
Place = tuple[str, str, str]
"""Merchant, currency and year."""


def grow(connection: Connection, owner: str, rows: Iterable[LedgerRow]) -> None:
    """Takes stored rows in."""
    number = ids.to_number(owner)
    found = sorted(_by_place(rows).items())
    execute_many(connection, _ADD, [(number, *place, amount) for place, amount in found])


def shrink(connection: Connection, owner: str, rows: Iterable[LedgerRow]) -> None:
    """Finds the largest purchases anew where these rows were them; they are changed or gone already."""
    number = ids.to_number(owner)
    for (merchant_id, currency, year), amount in sorted(_by_place(rows).items()):
        place = number, merchant_id, currency
        if driver.execute(connection, _DROP, (*place, year, amount)).fetchall():
            driver.execute(connection, _FIND, (year, *place, f"{year}-01-01", f"{year}-12-31"))


def rebuild(connection: Connection, owner: str) -> None:
    """Finds all of them anew."""
    number = ids.to_number(owner)
    driver.execute(connection, "DELETE FROM largest_purchases WHERE owner = ?", (number,))
    counted = RECOUNT.format(mine=" AND owner = ?")
    driver.execute(connection, f"INSERT INTO largest_purchases ({_NAMED}) {counted}", (number,))


def _by_place(rows: Iterable[LedgerRow]) -> dict[Place, int]:
    """The largest purchase among the rows at each place."""
    found: dict[tuple[str, str, int], int] = {}
    for row in rows:
        if row.flow == "expense" and row.amount < 0 and row.merchant_id and row.category != CARD_SPENDING_UNSEEN:
            place = row.merchant_id, row.currency, row.date.year
            if row.amount < found.get(place, 0):
                found[place] = row.amount
    return {(merchant_id, currency, f"{year:04}"): amount for (merchant_id, currency, year), amount in found.items()}
