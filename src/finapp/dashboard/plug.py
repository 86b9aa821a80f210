"""dashboard, as the application mounts it."""

from finapp.auth.public import HouseholdDeleted
from finapp.dashboard import listeners
from finapp.dashboard.facade import LocalDashboard, Neighbours
from finapp.dashboard.jobs import Sender
from finapp.dashboard.public import Dashboard
from finapp.dashboard.router import router
from finapp.dashboard.tables import metadata
from finapp.fire.public import PlanChanged
from finapp.platform.plugs import Parts, Plug
from finapp.transactions.public import AlertRaised, StatementImported

NEEDS = ("auth", "transactions", "assets", "analytics", "reports", "fire")


def _build(parts: Parts) -> LocalDashboard:
    neighbours = Neighbours(**{name: parts.neighbours[name] for name in NEEDS})
    sender = Sender(database=parts.database, transactions=parts.neighbours["transactions"], clock=parts.clock)
    sender.start_when_needed()
    return LocalDashboard(database=parts.database, neighbours=neighbours, clock=parts.clock, wake=sender.wake)


plug = Plug(
    name="dashboard",
    protocol=Dashboard,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("dashboard", "goals", "webhooks"),
    needs=NEEDS,
    listens={
        HouseholdDeleted: listeners.on_household_deleted,
        StatementImported: listeners.on_statement_imported,
        AlertRaised: listeners.on_alert_raised,
        PlanChanged: listeners.on_plan_changed,
    },
)
