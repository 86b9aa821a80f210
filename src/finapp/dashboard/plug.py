"""dashboard, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug

NEEDS = ("auth", "transactions", "assets", "analytics", "reports", "fire")


def _protocol() -> type[Any]:
    from finapp.dashboard.public import Dashboard

    return Dashboard


def _router() -> Router:
    from finapp.dashboard.router import router

    return router


def _metadata() -> MetaData:
    from finapp.dashboard.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.dashboard.facade import LocalDashboard, Neighbours
    from finapp.dashboard.jobs.sending import Sender

    neighbours = Neighbours(**{name: parts.neighbours[name] for name in NEEDS})
    sender = Sender(database=parts.database, transactions=parts.neighbours["transactions"], clock=parts.clock)
    sender.start_when_needed()
    return LocalDashboard(database=parts.database, neighbours=neighbours, clock=parts.clock, wake=sender.wake)


def _is_waited_for(parts: Parts) -> bool:
    from finapp.dashboard.jobs.waiting import has_webhooks

    return has_webhooks(parts.database)


def _listeners() -> Listeners:
    from finapp.auth.public import HouseholdDeleted
    from finapp.dashboard import listeners
    from finapp.fire.public import PlanChanged
    from finapp.transactions.public import AlertRaised, StatementImported

    return {
        HouseholdDeleted: listeners.on_household_deleted,
        StatementImported: listeners.on_statement_imported,
        AlertRaised: listeners.on_alert_raised,
        PlanChanged: listeners.on_plan_changed,
    }


plug = Plug(
    name="dashboard",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("dashboard", "goals", "webhooks"),
    needs=NEEDS,
    listens=("HouseholdDeleted", "StatementImported", "AlertRaised", "PlanChanged"),
    listeners=_listeners,
    is_waited_for=_is_waited_for,
)
