"""HTTP of financial independence."""

from fastapi import APIRouter

from finapp.fire.router import inquiries, plan, scenarios

router = APIRouter(tags=["fire"])
router.include_router(plan.router)
router.include_router(inquiries.router)
router.include_router(scenarios.router)
