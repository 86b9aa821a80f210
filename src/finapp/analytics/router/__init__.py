"""HTTP of the analytics context."""

from finapp.analytics.router import budgets, export, history, periods
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly

router = Router(tags=["analytics"], dependencies=[KnownOnly])
router.include_router(export.router)
router.include_router(history.router)
router.include_router(periods.router)
router.include_router(budgets.router)
