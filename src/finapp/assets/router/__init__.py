"""HTTP of assets."""

from finapp.assets.router import assets, imports, liabilities, sales, wealth
from finapp.platform.operations import Router
from finapp.platform.parameters import KnownOnly

router = Router(tags=["assets"], dependencies=[KnownOnly])
for part in (sales, imports, assets, liabilities, wealth):
    router.include_router(part.router)
