"""fire, as the application mounts it."""

from finapp.auth.public import HouseholdDeleted
from finapp.fire.facade import LocalFire
from finapp.fire.listeners import on_household_deleted
from finapp.fire.public import Fire, PlanChanged
from finapp.fire.router import router
from finapp.fire.tables import metadata
from finapp.platform.plugs import Parts, Plug


def _build(parts: Parts) -> LocalFire:
    return LocalFire(
        database=parts.database,
        clock=parts.clock,
        auth=parts.neighbours["auth"],
        assets=parts.neighbours["assets"],
        analytics=parts.neighbours["analytics"],
    )


plug = Plug(
    name="fire",
    protocol=Fire,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("fire",),
    needs=("auth", "assets", "analytics"),
    announces=(PlanChanged,),
    listens={HouseholdDeleted: on_household_deleted},
)
