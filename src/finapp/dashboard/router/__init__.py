"""HTTP of the dashboard context."""

from fastapi import APIRouter

from finapp.dashboard.router import goals

router = APIRouter(tags=["dashboard"])
router.include_router(goals.router)
