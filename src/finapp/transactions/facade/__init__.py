"""The local implementation of transactions, a file for each thing it keeps."""

from finapp.platform.portable import PortableRows, forget
from finapp.platform.unit import Unit
from finapp.transactions.facade.accounts import Accounts
from finapp.transactions.facade.attaching import Attaching
from finapp.transactions.facade.bulk import Bulk
from finapp.transactions.facade.categories import Categories
from finapp.transactions.facade.deciding import Deciding
from finapp.transactions.facade.history import Histories
from finapp.transactions.facade.imports import Imports
from finapp.transactions.facade.knowing import Knowing
from finapp.transactions.facade.merchants import Merchants
from finapp.transactions.facade.rates import Rates
from finapp.transactions.facade.readings import Readings
from finapp.transactions.facade.reconciling import Reconciling
from finapp.transactions.facade.reviewing import Reviewing
from finapp.transactions.facade.rows import Rows
from finapp.transactions.facade.rules import Rules
from finapp.transactions.facade.searches import Searches
from finapp.transactions.facade.similar import Similar
from finapp.transactions.facade.splitting import Splitting
from finapp.transactions.facade.suggesting import Suggesting
from finapp.transactions.facade.transfers import Transfers
from finapp.transactions.store import changed, recounting, texts


class LocalTransactions(
    PortableRows,
    Accounts,
    Rows,
    Histories,
    Splitting,
    Attaching,
    Bulk,
    Rules,
    Suggesting,
    Similar,
    Deciding,
    Knowing,
    Transfers,
    Rates,
    Searches,
    Categories,
    Merchants,
    Imports,
    Reviewing,
    Reconciling,
    Readings,
):
    """Keeps the ledger in this context's database."""

    def discard_rows(self, *, owner: str) -> None:
        with self._database.write(owner) as unit:
            days = changed.every(unit.connection, owner)
            forget(unit.connection, self._database.metadata, owner)
            # What others have kept of these days is no longer so.
            changed.note(unit.connection, owner, days)

    def _derive(self, unit: Unit) -> None:
        owner = unit.owner or ""
        recounting.rebuild(unit.connection, owner)
        texts.learn_the_rest(unit.connection, owner)


__all__ = ["LocalTransactions"]
