"""analytics, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug


def _protocol() -> type[Any]:
    from finapp.analytics.public import Analytics

    return Analytics


def _router() -> Router:
    from finapp.analytics.router import router

    return router


def _metadata() -> MetaData:
    from finapp.analytics.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.analytics.facade import LocalAnalytics

    return LocalAnalytics(
        database=parts.database,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
    )


def _listeners() -> Listeners:
    from finapp.analytics.listeners import on_household_deleted
    from finapp.auth.public import HouseholdDeleted

    return {HouseholdDeleted: on_household_deleted}


plug = Plug(
    name="analytics",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("analytics", "budgets"),
    needs=("auth", "transactions"),
    listens=("HouseholdDeleted",),
    listeners=_listeners,
)
