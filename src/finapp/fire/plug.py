"""fire, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.kernel.events import Event
from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug


def _protocol() -> type[Any]:
    from finapp.fire.public import Fire

    return Fire


def _router() -> Router:
    from finapp.fire.router import router

    return router


def _metadata() -> MetaData:
    from finapp.fire.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.fire.facade import LocalFire

    return LocalFire(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        assets=parts.neighbours["assets"],
        analytics=parts.neighbours["analytics"],
    )


def _events() -> tuple[type[Event], ...]:
    from finapp.fire.public import PlanChanged

    return (PlanChanged,)


def _listeners() -> Listeners:
    from finapp.auth.public import HouseholdDeleted
    from finapp.fire.listeners import on_household_deleted

    return {HouseholdDeleted: on_household_deleted}


plug = Plug(
    name="fire",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("fire",),
    needs=("auth", "assets", "analytics"),
    announces=_events,
    listens=("HouseholdDeleted",),
    listeners=_listeners,
)
