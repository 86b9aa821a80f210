"""Saved searches and their alerts over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged
from finapp.transactions.public import AlertHitPage, SavedSearch, SavedSearchPage, Transactions
from finapp.transactions.schemas.searches import SavedSearchBody, SavedSearchChangesBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/searches")
def saved_searches(caller: Caller, facade: Facade) -> SavedSearchPage:
    """Every saved search, with how often its alert was raised."""
    return facade.saved_searches(owner=caller.household)


@router.post("/searches", status_code=201)
def save_search(body: SavedSearchBody, caller: Caller, facade: Facade, once: OnceKey) -> SavedSearch:
    """Keeps a search. Its alert looks at the rows that come from now on."""
    return facade.save_search(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/searches/hits")
def all_hits(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> AlertHitPage:
    """How often alerts were raised, newest first."""
    return facade.alert_hits(owner=caller.household, search_id=None, limit=limit, cursor=cursor)


@router.get("/searches/{search_id}", response_model=SavedSearch)
def saved_search(search_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A saved search; `q` of `GET /transactions` takes its query."""
    found = facade.saved_search(owner=caller.household, search_id=search_id)
    return tagged(request, found, found.version)


@router.patch("/searches/{search_id}", response_model=SavedSearch)
def change_search(
    search_id: str, body: SavedSearchChangesBody, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes a saved search."""
    found = facade.change_search(
        owner=caller.household, person=caller.person, search_id=search_id, changes=body.value(), expected=expected
    )
    return tagged(request, found, found.version)


@router.delete("/searches/{search_id}", status_code=204)
def delete_search(search_id: str, caller: Caller, facade: Facade) -> None:
    """Forgets a saved search with its hits."""
    facade.delete_search(owner=caller.household, person=caller.person, search_id=search_id)


@router.get("/searches/{search_id}/hits")
def hits(search_id: str, caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> AlertHitPage:
    """How often the alert of one search was raised, newest first."""
    return facade.alert_hits(owner=caller.household, search_id=search_id, limit=limit, cursor=cursor)
