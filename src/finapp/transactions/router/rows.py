"""Rows over HTTP."""

from dataclasses import replace
from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import DEFAULT_LIMIT, Cursor, Expected, Limit, OnceKey, adapter, given, paged, tagged
from finapp.platform.shortcuts import Part
from finapp.transactions.public import (
    ChangedTransaction,
    Outline,
    Transaction,
    TransactionPage,
    Transactions,
)
from finapp.transactions.router.asking import Where
from finapp.transactions.schemas import TransactionBody, TransactionChangesBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/transactions", response_model=TransactionPage)
def transactions(
    request: Request, caller: Caller, facade: Facade, asked: Where, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Rows, newest first. `cursor` may be `date:YYYY-MM-DD` to jump there."""
    where = asked.value()

    def page(owner: str, part: Part) -> bytes:
        wanted, most = replace(where, query=part.text), part.limit or DEFAULT_LIMIT
        return facade.transactions_as_json(owner=owner, where=wanted, limit=most, cursor=part.cursor).encode()

    return paged(request, caller.household, page, Part(limit, cursor, where.query))


@router.get("/transactions/outline", response_model=Outline)
def outline(request: Request, caller: Caller, facade: Facade, asked: Where) -> Response:
    """How many rows of a filter each month has."""
    where = asked.value()

    def months(owner: str, part: Part) -> bytes:
        return adapter(Outline).dump_json(facade.outline(owner=owner, where=replace(where, query=part.text)))

    return paged(request, caller.household, months, Part(text=where.query))


@router.post("/transactions", status_code=201, response_model=Transaction)
def create_transaction(
    body: TransactionBody, request: Request, caller: Caller, facade: Facade, once: OnceKey
) -> Response:
    """Enters a row by hand."""
    made = facade.create_transaction(owner=caller.household, person=caller.person, new=body.value(), once=once)
    return tagged(request, made, made.version, status=201)


@router.get("/transactions/{transaction_id}", response_model=Transaction)
def transaction(transaction_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A row."""
    found = facade.transaction(owner=caller.household, transaction_id=transaction_id)
    return tagged(request, found, found.version)


@router.patch("/transactions/{transaction_id}", response_model=ChangedTransaction)
def change_transaction(
    transaction_id: str,
    body: TransactionChangesBody,
    request: Request,
    caller: Caller,
    facade: Facade,
    expected: Expected,
) -> Response:
    """Changes a row. A `category_id` is a correction that is learned from; the answer counts similar rows."""
    found = facade.change_transaction(
        owner=caller.household,
        person=caller.person,
        transaction_id=transaction_id,
        changes=body.value(),
        expected=expected,
    )
    similar = None
    if body.category_id is not None:
        similar = facade.similar_rows(owner=caller.household, transaction_id=transaction_id)
    changed = ChangedTransaction(**vars(found), similar=similar)
    return tagged(request, changed, found.version)


@router.delete("/transactions/{transaction_id}", status_code=204)
def delete_transaction(transaction_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a row."""
    facade.delete_transaction(
        owner=caller.household, person=caller.person, transaction_id=transaction_id, expected=expected
    )
