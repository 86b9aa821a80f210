"""reports, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug


def _protocol() -> type[Any]:
    from finapp.reports.public import Reports

    return Reports


def _router() -> Router:
    from finapp.reports.router import router

    return router


def _metadata() -> MetaData:
    from finapp.reports.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.reports.facade import LocalReports

    return LocalReports(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
        assets=parts.neighbours["assets"],
        analytics=parts.neighbours["analytics"],
    )


def _listeners() -> Listeners:
    from finapp.auth.public import HouseholdDeleted
    from finapp.reports.listeners import on_household_deleted

    return {HouseholdDeleted: on_household_deleted}


plug = Plug(
    name="reports",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("reports",),
    needs=("auth", "transactions", "assets", "analytics"),
    listens=("HouseholdDeleted",),
    listeners=_listeners,
)
