"""reports, as the application mounts it."""

from finapp.auth.public import HouseholdDeleted
from finapp.platform.plugs import Parts, Plug
from finapp.reports.facade import LocalReports
from finapp.reports.listeners import on_household_deleted
from finapp.reports.public import Reports
from finapp.reports.router import router
from finapp.reports.tables import metadata


def _build(parts: Parts) -> LocalReports:
    return LocalReports(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
        assets=parts.neighbours["assets"],
        analytics=parts.neighbours["analytics"],
    )


plug = Plug(
    name="reports",
    protocol=Reports,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("reports",),
    needs=("auth", "transactions", "assets", "analytics"),
    listens={HouseholdDeleted: on_household_deleted},
)
