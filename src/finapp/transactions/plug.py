"""transactions, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.kernel.events import Event
from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug


def _protocol() -> type[Any]:
    from finapp.transactions.public import Transactions

    return Transactions


def _router() -> Router:
    from finapp.transactions.router import router

    return router


def _metadata() -> MetaData:
    from finapp.transactions.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.transactions.facade import LocalTransactions

    return LocalTransactions(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        jobs=parts.jobs,
        directory=parts.directory,
    )


def _is_waited_for(parts: Parts) -> bool:
    from finapp.transactions.jobs import has_unfinished_imports

    return has_unfinished_imports(parts.database, parts.directory)


def _events() -> tuple[type[Event], ...]:
    from finapp.transactions.public import AlertRaised, HoldingsFound, HoldingsWithdrawn, StatementImported

    return StatementImported, HoldingsFound, HoldingsWithdrawn, AlertRaised


def _listeners() -> Listeners:
    from finapp.auth.public import HouseholdDeleted
    from finapp.transactions.listeners import on_household_deleted

    return {HouseholdDeleted: on_household_deleted}


plug = Plug(
    name="transactions",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
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
    announces=_events,
    listens=("HouseholdDeleted",),
    listeners=_listeners,
    is_waited_for=_is_waited_for,
)
