"""Stored rows of many amounts, each near days of its own: steps down one index, in one statement for many of them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.platform import driver
from finapp.transactions.domain.movement import AmountLookup

Sized = tuple[AmountLookup, int]
"""A lookup of one amount, and that amount in minor units with its sign."""
_AT_ONCE = 200
# In this order on SQLite: it would rather read every row of the household.
_NEAR = """
WITH asked(number, account, amount, currency, first_on, last_on) AS (VALUES {asked})
SELECT DISTINCT asked.number, t.{named} FROM asked CROSS JOIN transactions t
WHERE t.owner = ? AND t.amount = asked.amount AND t.date BETWEEN asked.first_on AND asked.last_on
AND t.currency = asked.currency AND (asked.account = 0 OR t.account_id = asked.account)
"""


def accounts(connection: Connection, owner: str, wanted: Sequence[Sized]) -> Iterator[tuple[AmountLookup, int, str]]:
    """Each lookup with its amount and an account that has such a row, once for every account."""
    for number, account_id in _near(connection, owner, wanted, "account_id"):
        yield *wanted[number], account_id


def numbered(connection: Connection, owner: str, wanted: Sequence[Sized]) -> set[str]:
    """The ids of all such rows."""
    return {transaction_id for _, transaction_id in _near(connection, owner, wanted, "id")}


def _near(connection: Connection, owner: str, wanted: Sequence[Sized], named: str) -> Iterator[tuple[int, str]]:
    for start in range(0, len(wanted), _AT_ONCE):
        values: list[int | str] = []
        some = wanted[start : start + _AT_ONCE]
        for number, (each, amount) in enumerate(some, start):
            account = 0 if each.account_id is None else ids.to_number(each.account_id)
            values += (number, account, amount, each.currency, each.first.isoformat(), each.last.isoformat())
        found = driver.execute(connection, _asking(len(some), named), (*values, ids.to_number(owner))).fetchall()
        yield from ((number, ids.to_text(told)) for number, told in found)


@lru_cache(2 * _AT_ONCE)
def _asking(lookups: int, named: str) -> str:
    return _NEAR.format(asked=", ".join(["(?, ?, ?, ?, ?, ?)"] * lookups), named=named)
