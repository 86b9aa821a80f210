"""HTTP of transactions."""

from fastapi import APIRouter

from finapp.transactions.router import accounts, categories, imports, rows

router = APIRouter(tags=["transactions"])
for part in (accounts, rows, categories, imports):
    router.include_router(part.router)

__all__ = ["router"]
