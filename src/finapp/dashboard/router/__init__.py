"""HTTP of the dashboard context."""

from fastapi import APIRouter

from finapp.dashboard.router import goals, screen

router = APIRouter(tags=["dashboard"])
router.include_router(screen.router)
router.include_router(goals.router)
