"""Rows over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from finapp.kernel.errors import Invalid
from finapp.platform.fields import Day, Money
from finapp.platform.identity import Caller
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged
from finapp.transactions.public import (
    CategorizationModel,
    Outline,
    Status,
    Suggestion,
    Transaction,
    TransactionFilter,
    TransactionPage,
    Transactions,
)
from finapp.transactions.schemas import Sort, SuggestBody, TransactionBody, TransactionChangesBody

router = APIRouter()
Facade = Annotated[Transactions, given("transactions")]
_FLOWS = ("income", "expense", "transfer", "investment", "debt", "refund")
_NEEDS = ("essential", "discretionary")


class Asked(BaseModel):
    """The filter of a list, as query parameters. Several kinds or needs are separated by commas."""

    model_config = ConfigDict(frozen=True)

    account_id: str | None = None
    category_id: str | None = None
    merchant_id: str | None = None
    tag: str | None = None
    first: Day | None = None
    last: Day | None = None
    min_amount: Money | None = None
    max_amount: Money | None = None
    kind: str | None = None
    need: str | None = None
    status: Status | None = None
    q: str | None = None
    asks: bool | None = None
    import_id: str | None = None
    sort: Sort = "-date"

    def value(self) -> TransactionFilter:
        """As transactions takes it. Raises Invalid for an unknown kind or need."""
        plain = self.model_dump(exclude={"kind", "need", "q", "sort"})
        flows: Any = _listed("kind", self.kind, _FLOWS)
        needs: Any = _listed("need", self.need, _NEEDS)
        return TransactionFilter(**plain, flows=flows, needs=needs, query=self.q, order=self.sort)


def _listed(field: str, text: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",")) if text else ()
    for part in found:
        if part not in known:
            raise Invalid(field, f"{part!r} is not one of {', '.join(known)}")
    return found


def _asked(
    account_id: str | None = None,
    category_id: str | None = None,
    merchant_id: str | None = None,
    tag: str | None = None,
    first: Annotated[Day | None, Query(alias="from")] = None,
    last: Annotated[Day | None, Query(alias="to")] = None,
    min_amount: Money | None = None,
    max_amount: Money | None = None,
    kind: Annotated[str | None, Query(max_length=100)] = None,
    need: Annotated[str | None, Query(max_length=100)] = None,
    status: Status | None = None,
    q: Annotated[str | None, Query(max_length=1000)] = None,
    asks: bool | None = None,
    import_id: str | None = None,
    sort: Sort = "-date",
) -> Asked:
    return Asked(**locals())


Where = Annotated[Asked, Depends(_asked)]


@router.get("/transactions")
def transactions(
    caller: Caller, facade: Facade, asked: Where, limit: Limit = 50, cursor: Cursor = None
) -> TransactionPage:
    """Rows, newest first. `cursor` may be `date:YYYY-MM-DD` to jump there."""
    return facade.transactions(owner=caller.household, where=asked.value(), limit=limit, cursor=cursor)


@router.get("/transactions/outline")
def outline(caller: Caller, facade: Facade, asked: Where) -> Outline:
    """How many rows of a filter each month has."""
    return facade.outline(owner=caller.household, where=asked.value())


@router.post("/transactions", status_code=201)
def create_transaction(body: TransactionBody, caller: Caller, facade: Facade, once: OnceKey) -> Transaction:
    """Enters a row by hand."""
    return facade.create_transaction(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/transactions/{transaction_id}", response_model=Transaction)
def transaction(transaction_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A row."""
    found = facade.transaction(owner=caller.household, transaction_id=transaction_id)
    return tagged(request, found, found.version)


@router.patch("/transactions/{transaction_id}", response_model=Transaction)
def change_transaction(
    transaction_id: str,
    body: TransactionChangesBody,
    request: Request,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes a row. A `category_id` is a correction that the categorizer learns from."""
    found = facade.change_transaction(
        owner=caller.household,
        person=caller.person,
        transaction_id=transaction_id,
        changes=body.value(),
        expected=expected,
    )
    return tagged(request, found, found.version)


@router.delete("/transactions/{transaction_id}", status_code=204)
def delete_transaction(transaction_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a row."""
    facade.delete_transaction(
        owner=caller.household, person=caller.person, transaction_id=transaction_id, expected=expected
    )


class Suggestions(BaseModel):
    """One suggestion for each row, in order."""

    items: list[Suggestion]


@router.post("/categorization/suggest")
def suggest(body: SuggestBody, caller: Caller, facade: Facade) -> Suggestions:
    """What the categorizer says of rows, without storing them."""
    found = facade.suggest(owner=caller.household, country=body.country, currency=body.currency, rows=body.rows())
    return Suggestions(items=list(found))


@router.get("/categorization/model")
def categorization_model(caller: Caller, facade: Facade) -> CategorizationModel:
    """What decides categories, and what this household has taught it."""
    return facade.categorization_model(owner=caller.household)
