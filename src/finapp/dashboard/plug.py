"""dashboard, as the application mounts it."""

from finapp.auth.public import HouseholdDeleted
from finapp.dashboard.facade import LocalDashboard, Neighbours
from finapp.dashboard.listeners import on_household_deleted
from finapp.dashboard.public import Dashboard
from finapp.dashboard.router import router
from finapp.dashboard.tables import metadata
from finapp.platform.plugs import Parts, Plug

NEEDS = ("auth", "transactions", "assets", "analytics", "reports", "fire")


def _build(parts: Parts) -> LocalDashboard:
    neighbours = Neighbours(**{name: parts.neighbours[name] for name in NEEDS})
    return LocalDashboard(database=parts.database, neighbours=neighbours)


plug = Plug(
    name="dashboard",
    protocol=Dashboard,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("dashboard", "goals"),
    needs=NEEDS,
    listens={HouseholdDeleted: on_household_deleted},
)
