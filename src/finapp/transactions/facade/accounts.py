"""Accounts."""

from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.settling import Ledger
from finapp.transactions.public import Account, AccountChanges, AccountPage, NewAccount
from finapp.transactions.store import accounts, aside, rows


class Accounts(Base):
    """The household's accounts."""

    def accounts(self, *, owner: str, limit: int = 500, cursor: str | None = None) -> AccountPage:
        """Accounts, oldest first."""
        after = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            found = accounts.of_household(connection, owner, after, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return AccountPage(items=tuple(found[:limit]), next_cursor=more)

    def account(self, *, owner: str, account_id: str) -> Account:
        """An account. Raises AccountNotFound."""
        with self._database.read() as connection:
            return accounts.one(connection, owner, account_id)

    def create_account(self, *, owner: str, person: str, new: NewAccount, once: Once | None = None) -> Account:
        """Opens an account in the ledger. Raises Invalid."""
        with self._database.write(owner) as unit:
            return unit.once(once, Account, lambda: accounts.add(unit.connection, owner, person, new))

    def change_account(
        self, *, owner: str, person: str, account_id: str, changes: AccountChanges, expected: int | None = None
    ) -> Account:
        """Changes an account. Raises AccountNotFound, PreconditionFailed."""
        with self._database.write(owner) as unit:
            before = accounts.one(unit.connection, owner, account_id)
            require_version(expected, before.version)
            return accounts.change(unit.connection, before, owner, changes)

    def delete_account(self, *, owner: str, person: str, account_id: str, expected: int | None = None) -> None:
        """Deletes an account with its rows; pairs with other accounts are dissolved. Raises AccountNotFound."""
        holders = self._auth.household(owner=owner).members
        with self._database.write(owner) as unit:
            before = accounts.one(unit.connection, owner, account_id)
            require_version(expected, before.version)
            Ledger(unit.connection, owner, holders).settle(gone=rows.of_account(unit.connection, owner, account_id))
            aside.take(unit.connection, [row for _, row in aside.of_account(unit.connection, owner, account_id)])
            accounts.remove(unit.connection, account_id)
