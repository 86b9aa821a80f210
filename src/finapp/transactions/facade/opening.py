"""Opening balances: what the newest statement confirms stays confirmed, whatever older rows come and go."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from finapp.transactions.domain.reconciliation import Balances
from finapp.transactions.facade.held import Held, newest_confirmed
from finapp.transactions.public import Account, AccountChanges
from finapp.transactions.store import accounts, statements


def confirmed(connection: Connection, owner: str, account: Account) -> Row[Any] | None:
    """The newest statement, when the ledger has its closing balance."""
    newest = newest_confirmed(connection, owner, account.id)
    if newest is None or Held(connection, owner, account).on(newest.period_last) != newest.closing_balance:
        return None
    return newest


def differences(connection: Connection, owner: str, import_id: str) -> dict[str, tuple[str, Decimal]]:
    """Account -> its newest statement's import, and by how much the ledger differs from that: of an import's
    accounts, before the import is taken back."""
    found = {}
    for account_id in {each.account_id for each in statements.of_import(connection, import_id)}:
        newest = newest_confirmed(connection, owner, account_id)
        if newest is not None:
            held = Held(connection, owner, accounts.one(connection, owner, account_id))
            found[account_id] = newest.import_id, held.on(newest.period_last) - newest.closing_balance
    return found


def restore_opening(
    connection: Connection, owner: str, kept: Row[Any], before: Mapping[str, tuple[str, Decimal]] | None
) -> None:
    """Takes back what an import did to the opening balance, once its rows are gone.

    The balance of the newest of the other statements stays as it was `before`, in agreement or not, and what the
    opening balance was moved by is that statement's from then on, while any of its rows stand.
    """
    account = accounts.one(connection, owner, kept.account_id)
    newest = newest_confirmed(connection, owner, kept.account_id)
    was = (before or {}).get(kept.account_id)
    opening = account.opening_balance - kept.opening_moved
    if newest is not None and statements.stands(connection, owner, newest):
        wrong = Held(connection, owner, account).on(newest.period_last) - newest.closing_balance
        if was is not None and was[0] == newest.import_id:
            wrong -= was[1]
        elif not kept.opening_moved:
            return
        statements.add_to_opening(connection, newest, kept.opening_moved - wrong)
        opening = account.opening_balance - wrong
    if opening != account.opening_balance:
        accounts.change(connection, account, owner, AccountChanges(opening_balance=opening))


def jump(
    connection: Connection,
    owner: str,
    account: Account,
    newest: Row[Any],
    days: tuple[date | None, date | None],
    balances: Balances,
) -> Decimal | None:
    """By how much the ledger differs from a later statement that does not go on where the newest one ended.

    None where it does go on: then a difference is for a person to see.
    """
    (first, last), closing = days, balances.closing
    if first is None or last is None or closing is None or balances.difference != 0:
        return None
    if first <= newest.period_last or balances.opening == newest.closing_balance:
        return None
    return Held(connection, owner, account).on(last) - closing
