"""HTTP of the dashboard context."""

from finapp.dashboard.router import digest, goals, screen, webhooks
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly

router = Router(tags=["dashboard"], dependencies=[KnownOnly])
router.include_router(screen.router)
router.include_router(goals.router)
router.include_router(digest.router)
router.include_router(webhooks.router)
