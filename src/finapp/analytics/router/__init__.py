"""HTTP of the analytics context."""

from fastapi import APIRouter

from finapp.analytics.router import budgets, periods

router = APIRouter(tags=["analytics"])
router.include_router(periods.router)
router.include_router(budgets.router)
