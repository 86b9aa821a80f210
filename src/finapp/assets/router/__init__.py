"""HTTP of assets."""

from fastapi import APIRouter

from finapp.assets.router import assets, liabilities, sales, wealth

router = APIRouter(tags=["assets"])
for part in (sales, assets, liabilities, wealth):
    router.include_router(part.router)
