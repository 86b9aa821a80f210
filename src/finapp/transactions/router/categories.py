"""Categories and merchants over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, listed, tagged
from finapp.transactions.public import Category, CategoryPage, ChangeResult, MerchantPage, Transactions
from finapp.transactions.public.categorization import MerchantOffers
from finapp.transactions.schemas import CategoryBody, CategoryChangesBody, MerchantBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/categories", response_model=CategoryPage)
def categories(request: Request, caller: Caller, facade: Facade) -> Response:
    """The whole tree, parents before children."""
    return listed(request, facade.categories(owner=caller.household))


@router.post("/categories", status_code=201)
def create_category(body: CategoryBody, caller: Caller, facade: Facade, once: OnceKey) -> Category:
    """A category of the household's own, below a built-in leaf."""
    return facade.create_category(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.patch("/categories/{category_id}", response_model=Category)
def change_category(
    category_id: str, body: CategoryChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Renames a category or changes its need."""
    found = facade.change_category(
        owner=caller.household, person=caller.person, category_id=category_id, changes=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.delete("/categories/{category_id}", status_code=204)
def delete_category(category_id: str, caller: Caller, facade: Facade) -> None:
    """Deletes an unused category of the household's own."""
    facade.delete_category(owner=caller.household, person=caller.person, category_id=category_id)


@router.get("/merchants", response_model=MerchantPage)
def merchants(request: Request, caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Merchants with what was spent there, the largest first."""
    return listed(request, facade.merchants(owner=caller.household, limit=limit, cursor=cursor))


@router.get("/merchants/offers")
def merchant_offers(caller: Caller, facade: Facade) -> MerchantOffers:
    """Merchants that look like one under two spellings, with the evidence: merging accepts, giving a name refuses."""
    return facade.merchant_offers(owner=caller.household)


@router.patch("/merchants/{merchant_id}")
def rename_merchant(merchant_id: str, body: MerchantBody, caller: Caller, facade: Facade) -> ChangeResult:
    """Renames a merchant, or merges it into another one: its rows and those to come. It can be taken back."""
    return facade.rename_merchant(
        owner=caller.household, person=caller.person, merchant_id=merchant_id, name=body.name, into_id=body.into_id
    )


@router.post("/merchants/{merchant_id}/split")
def split_merchant(merchant_id: str, caller: Caller, facade: Facade) -> ChangeResult:
    """Takes a merchant out of the one it was counted as, with the rows whose own text names it."""
    return facade.split_merchant(owner=caller.household, person=caller.person, merchant_id=merchant_id)
