"""analytics, as the application mounts it."""

from finapp.analytics.facade import LocalAnalytics
from finapp.analytics.listeners import on_household_deleted
from finapp.analytics.public import Analytics
from finapp.analytics.router import router
from finapp.analytics.tables import metadata
from finapp.auth.public import HouseholdDeleted
from finapp.platform.plugs import Parts, Plug


def _build(parts: Parts) -> LocalAnalytics:
    return LocalAnalytics(
        database=parts.database,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
    )


plug = Plug(
    name="analytics",
    protocol=Analytics,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("analytics", "budgets"),
    needs=("auth", "transactions"),
    listens={HouseholdDeleted: on_household_deleted},
)
