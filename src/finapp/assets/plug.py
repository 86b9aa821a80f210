"""assets, as the application mounts it: its rooms are imported when they are first asked for."""

from typing import Any

from sqlalchemy import MetaData

from finapp.platform.jobs import Every
from finapp.platform.operations import Router
from finapp.platform.plugs import Listeners, Parts, Plug, Regularly

LOOKED_AT = Every(minutes=60)
"""When last month's end is looked for. Hourly: a machine that sleeps at night would miss any one hour of the day."""


def _protocol() -> type[Any]:
    from finapp.assets.public import Assets

    return Assets


def _router() -> Router:
    from finapp.assets.router import router

    return router


def _metadata() -> MetaData:
    from finapp.assets.tables import metadata

    return metadata


def _build(parts: Parts) -> Any:
    from finapp.assets.facade import SNAPSHOT_JOB, LocalAssets
    from finapp.platform.exchange import ecb_rates

    facade = LocalAssets(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
        rates=ecb_rates(),
        keep_snapshot_later=lambda owner: parts.jobs.submit(SNAPSHOT_JOB, owner),
    )
    parts.jobs.register(SNAPSHOT_JOB, lambda owner: facade.keep_snapshot(owner=owner))
    return facade


def _listeners() -> Listeners:
    from finapp.assets import listeners
    from finapp.auth.public import HouseholdDeleted
    from finapp.transactions.public import HoldingsFound, HoldingsWithdrawn

    return {
        HouseholdDeleted: listeners.on_household_deleted,
        HoldingsFound: listeners.on_holdings_found,
        HoldingsWithdrawn: listeners.on_holdings_withdrawn,
    }


def _keep_snapshots(facade: Any) -> None:
    facade.keep_snapshots_later()


plug = Plug(
    name="assets",
    protocol=_protocol,
    build=_build,
    router=_router,
    metadata=_metadata,
    paths=("assets", "liabilities", "liquidations", "net-worth"),
    needs=("auth", "transactions"),
    listens=("HouseholdDeleted", "HoldingsFound", "HoldingsWithdrawn"),
    listeners=_listeners,
    regularly=(Regularly(name="assets.keep_snapshots", when=LOOKED_AT, work=_keep_snapshots),),
)
