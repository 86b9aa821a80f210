"""HTTP of financial independence."""

from finapp.fire.router import inquiries, plan, scenarios
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly

router = Router(tags=["fire"], dependencies=[KnownOnly])
router.include_router(plan.router)
router.include_router(inquiries.router)
router.include_router(scenarios.router)
