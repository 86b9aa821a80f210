"""HTTP of the dashboard context."""

from fastapi import APIRouter

from finapp.dashboard.router import goals, screen
from finapp.platform.parameters import KnownOnly

router = APIRouter(tags=["dashboard"], dependencies=[KnownOnly])
router.include_router(screen.router)
router.include_router(goals.router)
