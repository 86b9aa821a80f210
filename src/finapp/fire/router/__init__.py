"""HTTP of financial independence."""

from fastapi import APIRouter

from finapp.fire.router import inquiries, plan, scenarios
from finapp.platform.parameters import KnownOnly

router = APIRouter(tags=["fire"], dependencies=[KnownOnly])
router.include_router(plan.router)
router.include_router(inquiries.router)
router.include_router(scenarios.router)
