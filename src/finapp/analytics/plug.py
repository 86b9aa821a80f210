"""analytics, as the application mounts it."""

from finapp.analytics.facade import EcbRates, LocalAnalytics
from finapp.analytics.public import Analytics
from finapp.analytics.router import router
from finapp.analytics.tables import metadata
from finapp.platform.plugs import Parts, Plug


def _build(parts: Parts) -> LocalAnalytics:
    return LocalAnalytics(
        database=parts.database,
        auth=parts.neighbours["auth"],
        transactions=parts.neighbours["transactions"],
        rates=EcbRates(),
    )


plug = Plug(
    name="analytics",
    protocol=Analytics,
    build=_build,
    router=router,
    metadata=metadata,
    paths=("analytics",),
    needs=("auth", "transactions"),
)
