"""HTTP of assets."""

from fastapi import APIRouter

from finapp.assets.router import assets, liabilities, wealth

router = APIRouter(tags=["assets"])
for part in (assets, liabilities, wealth):
    router.include_router(part.router)
