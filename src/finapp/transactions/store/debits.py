"""Debits of a period, one by one."""

from datetime import date

from sqlalchemy import Connection

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import driver
from finapp.transactions.domain.doubled import Debit
from finapp.transactions.public import RepeatedDebit

# Written so that no index by amount serves it: the period is what narrows the rows.
_BETWEEN = (
    "SELECT id, date, account_id, merchant_id, merchant, currency, amount FROM transactions "
    "WHERE owner = ? AND date BETWEEN ? AND ? AND amount + 0 < 0 AND flow IN ('expense', 'debt') "
    "AND split_of IS NULL AND merchant_id <> ''"
)


def between(connection: Connection, owner: str, first: date, last: date) -> list[Debit]:
    """Money spent or paid for debts at a merchant, parts of split rows left out."""
    values = (ids.to_number(owner), first.isoformat(), last.isoformat())
    return list(map(Debit._make, driver.execute(connection, _BETWEEN, values).fetchall()))


def shown(one: Debit, other: Debit) -> RepeatedDebit:
    """A pair as the others see it."""
    days = sorted((one.day, other.day))
    return RepeatedDebit(
        account_id=ids.to_text(one.account),
        merchant=min(one.merchant, other.merchant),
        currency=one.currency,
        amount=from_minor(one.amount, one.currency),
        first_on=date.fromisoformat(days[0]),
        last_on=date.fromisoformat(days[1]),
        transaction_ids=(ids.to_text(one.id), ids.to_text(other.id)),
    )
