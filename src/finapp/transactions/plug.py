"""transactions, as the application mounts it."""

from finapp.auth.public import HouseholdDeleted
from finapp.platform.plugs import Parts, Plug
from finapp.transactions import listeners
from finapp.transactions.facade import LocalTransactions
from finapp.transactions.public import AlertRaised, HoldingsFound, HoldingsWithdrawn, StatementImported, Transactions
from finapp.transactions.router import router
from finapp.transactions.tables import metadata


def _build(parts: Parts) -> LocalTransactions:
    return LocalTransactions(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        jobs=parts.jobs,
        directory=parts.directory,
    )


plug = Plug(
    name="transactions",
    protocol=Transactions,
    build=_build,
    router=router,
    metadata=metadata,
    paths=(
        "accounts",
        "transactions",
        "categories",
        "merchants",
        "imports",
        "categorization",
        "transfers",
        "rules",
        "attachments",
        "exchange-rates",
        "searches",
    ),
    needs=("auth",),
    announces=(StatementImported, HoldingsFound, HoldingsWithdrawn, AlertRaised),
    listens={HouseholdDeleted: listeners.on_household_deleted},
)
