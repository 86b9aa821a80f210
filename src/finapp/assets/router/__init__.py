"""HTTP of assets."""

from fastapi import APIRouter

from finapp.assets.router import assets, imports, liabilities, sales, wealth

router = APIRouter(tags=["assets"])
for part in (sales, imports, assets, liabilities, wealth):
    router.include_router(part.router)
