"""assets, as the application mounts it."""

from finapp.assets.facade import SNAPSHOT_JOB, SNAPSHOTS_JOB, LocalAssets
from finapp.assets.listeners import on_holdings_found, on_holdings_withdrawn, on_household_deleted
from finapp.assets.public import Assets
from finapp.assets.router import router
from finapp.assets.tables import metadata
from finapp.auth.public import HouseholdDeleted
from finapp.platform.exchange import ecb_rates
from finapp.platform.jobs import Every
from finapp.platform.plugs import Parts, Plug
from finapp.transactions.public import HoldingsFound, HoldingsWithdrawn

LOOKED_AT = Every(minutes=60)
"""When last month's end is looked for. Hourly: a machine that sleeps at night would miss any one hour of the day."""


def _build(parts: Parts) -> Assets:
    facade = LocalAssets(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
        rates=ecb_rates(),
        keep_snapshot_later=lambda owner: parts.jobs.submit(SNAPSHOT_JOB, owner),
    )
    parts.jobs.register(SNAPSHOT_JOB, lambda owner: facade.keep_snapshot(owner=owner))
    parts.jobs.every(SNAPSHOTS_JOB, LOOKED_AT, facade.keep_snapshots_later)
    return facade


plug = Plug(
    name="assets",
    protocol=Assets,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("assets", "liabilities", "liquidations", "net-worth"),
    needs=("auth", "transactions"),
    listens={
        HouseholdDeleted: on_household_deleted,
        HoldingsFound: on_holdings_found,
        HoldingsWithdrawn: on_holdings_withdrawn,
    },
    prepare=LocalAssets.prepare,
)
