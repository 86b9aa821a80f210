"""The categorizer over HTTP: suggestions, rows to look at, decisions on many, and what it knows."""

from typing import Annotated

from pydantic import BaseModel
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Limit, adapter, given
from finapp.transactions.public import (
    CategorizationModel,
    ChangeResult,
    SimilarRows,
    Suggestion,
    Transactions,
    UncertainPage,
)
from finapp.transactions.schemas import DecisionsBody, SuggestBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


class Suggestions(BaseModel):
    """One suggestion for each row, in order."""

    items: list[Suggestion]


@router.post("/categorization/suggest", response_model=Suggestions)
def suggest(body: SuggestBody, caller: Caller, facade: Facade) -> Response:
    """What the categorizer says of rows, without storing them."""
    found = facade.suggest(owner=caller.household, country=body.country, currency=body.currency, rows=body.rows())
    # Rows of one payee have one and the same suggestion, which is written once; others get a turn in between.
    written = {id(one): one for one in found}
    shown = {key: adapter(Suggestion).dump_json(one) for key, one in written.items()}
    items = b",".join([shown[id(one)] for one in found])
    return Response(b'{"items":[' + items + b"]}", media_type="application/json")


@router.get("/categorization/model")
def categorization_model(caller: Caller, facade: Facade) -> CategorizationModel:
    """What decides categories, how right it proved, and what this household has taught it."""
    return facade.categorization_model(owner=caller.household)


@router.get("/categorization/review")
def uncertain_rows(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> UncertainPage:
    """Rows whose category should be looked at, the most money first, each with the three likeliest categories."""
    return facade.uncertain_rows(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/categorization/review")
def decide_categories(body: DecisionsBody, caller: Caller, facade: Facade) -> ChangeResult:
    """Accepts or corrects the categories of many rows, as one change that can be taken back."""
    return facade.decide_categories(owner=caller.household, person=caller.person, decisions=body.value())


@router.get("/transactions/{transaction_id}/similar")
def similar_rows(transaction_id: str, caller: Caller, facade: Facade) -> SimilarRows:
    """How many past rows of the same merchant nobody has decided, and the query that finds them."""
    return facade.similar_rows(owner=caller.household, transaction_id=transaction_id)
