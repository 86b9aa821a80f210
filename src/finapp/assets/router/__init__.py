"""HTTP of assets."""

from fastapi import APIRouter

from finapp.assets.router import assets, imports, liabilities, sales, wealth
from finapp.platform.parameters import KnownOnly

router = APIRouter(tags=["assets"], dependencies=[KnownOnly])
for part in (sales, imports, assets, liabilities, wealth):
    router.include_router(part.router)
