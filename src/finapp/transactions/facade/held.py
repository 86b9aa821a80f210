"""What an account held at the end of every day, and which statement its balance rests on."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from finapp.kernel.money import from_minor
from finapp.transactions.public import Account
from finapp.transactions.store import asserted, statements


class Held:
    """The balances of an account by day as its bank sees them: without what is not booked yet."""

    def __init__(self, connection: Connection, owner: str, account: Account) -> None:
        self._currency = account.currency
        self._opening = account.opening_balance
        self._days: list[date] = []
        self._moved: list[int] = []
        total = 0
        pending = dict(asserted.pending_by_day(connection, owner, account.id))
        for day, amount in asserted.moved_by_day(connection, owner, account.id):
            total += amount - pending.get(day, 0)
            self._days.append(day)
            self._moved.append(total)

    def on(self, day: date) -> Decimal:
        """The balance at the end of a day."""
        at = bisect_right(self._days, day)
        return self._opening + from_minor(self._moved[at - 1] if at else 0, self._currency)


def newest_confirmed(connection: Connection, owner: str, account_id: str) -> Row[Any] | None:
    """The statement with the latest last day whose own balances agree with its rows."""
    found = [
        row
        for row in statements.of_account(connection, owner, account_id)
        if row.closing_balance is not None and row.difference == 0 and row.period_last is not None
    ]
    return max(found, key=lambda row: (row.period_last, row.import_id), default=None)
