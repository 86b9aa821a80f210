"""HTTP of transactions."""

from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly
from finapp.transactions.router import (
    accounts,
    attachments,
    categories,
    categorization,
    changes,
    export,
    imports,
    rates,
    reconciling,
    rows,
    rules,
    searches,
    transfers,
)

router = Router(tags=["transactions"], dependencies=[KnownOnly])
# Fixed paths below /accounts and /transactions stand before those that take an id.
for part in (
    rates,
    reconciling,
    accounts,
    changes,
    export,
    attachments,
    categorization,
    rows,
    categories,
    imports,
    transfers,
    searches,
    rules,
):
    router.include_router(part.router)

__all__ = ["router"]
