"""What follows for rows when an account becomes one of another kind."""

from finapp.transactions.facade.settling import Ledger
from finapp.transactions.facade.unmoved import CARD_BILLS
from finapp.transactions.store import rows

_AT_ONCE = 5_000
"""Rows that are decided together."""


def decide_again(ledger: Ledger, account_id: str) -> None:
    """Decides anew what depends on the kind of an account: its rows, those they are paired with, and card bills.

    Call it once the account has its new kind, in the same write.
    """
    held = rows.of_account(ledger.connection, ledger.owner, account_id)
    bills = rows.of_leaves(ledger.connection, ledger.owner, sorted(CARD_BILLS))
    affected = [*held, *(row for row in bills if row.account_id != account_id)]
    for start in range(0, len(affected), _AT_ONCE):
        some = rows.by_ids(ledger.connection, ledger.owner, [row.id for row in affected[start : start + _AT_ONCE]])
        ledger.settle(new=some, gone=some)
