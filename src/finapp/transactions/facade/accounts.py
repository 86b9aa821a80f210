"""Accounts."""

from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.domain.ledger import LedgerRow, Place, Placed, Step
from finapp.transactions.facade.base import Base
from finapp.transactions.facade.kinds import decide_again
from finapp.transactions.public import Account, AccountChanges, AccountPage, NewAccount
from finapp.transactions.store import accounts, aside, images, rows

_AT_ONCE = 5_000
"""Rows of a deleted account that are moved together."""


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

            def add() -> Account:
                with self._changing(unit, person, ()).keeping("account", accounts={}):
                    return accounts.add(unit.connection, owner, person, new)

            return unit.once(once, Account, add)

    def change_account(
        self, *, owner: str, person: str, account_id: str, changes: AccountChanges, expected: int | None = None
    ) -> Account:
        """Changes an account; rows whose meaning depends on its kind are decided anew in the same commit.

        Raises AccountNotFound, PreconditionFailed.
        """
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            before = accounts.one(unit.connection, owner, account_id)
            require_version(expected, before.version)
            changing = self._changing(unit, person, holders)
            with changing.keeping("account", accounts={"id": account_id}):
                changed = accounts.change(unit.connection, before, owner, changes)
            if changed.kind == before.kind:
                return changed
            decide_again(changing.ledger, account_id)
            return accounts.one(unit.connection, owner, account_id)

    def delete_account(self, *, owner: str, person: str, account_id: str, expected: int | None = None) -> None:
        """Deletes an account with its rows, as one change that can be taken back; pairs with other accounts are
        dissolved. Raises AccountNotFound."""
        holders = self._holders(owner)
        with self._database.write(owner) as unit:
            connection = unit.connection
            before = accounts.one(connection, owner, account_id)
            require_version(expected, before.version)
            changing = self._changing(unit, person, holders)
            change_id = changing.start("account_deleted")
            keys = {"accounts": {"id": account_id}, "asserted_balances": {"account_id": account_id}}
            was = {table: images.taken(connection, table, owner, **key) for table, key in keys.items()}
            while held := rows.of_account(connection, owner, account_id, _AT_ONCE):
                changing.make(change_id, [_gone("ledger", row) for row in held])
            aside_rows = aside.of_account(connection, owner, account_id)
            changing.make(change_id, [_gone(place, row) for place, row in aside_rows])
            accounts.remove(connection, account_id)
            about = [images.changed(connection, table, owner, was[table], **key) for table, key in keys.items()]
            # The account comes first: what is said of it needs it.
            changing.note(change_id, [image for found in reversed(about) for image in found])


def _gone(place: Place, row: LedgerRow) -> Step:
    return Step(transaction_id=row.id, before=Placed(place=place, row=row), after=None)
