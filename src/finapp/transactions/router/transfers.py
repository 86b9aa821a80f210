"""Movements between own accounts over HTTP."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import DEFAULT_LIMIT, Cursor, Limit, OnceKey, adapter, given, paged
from finapp.platform.shortcuts import Part
from finapp.transactions.public import Transactions, Transfer, TransferKind, TransferPage
from finapp.transactions.schemas import TransferBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/transfers", response_model=TransferPage)
def transfers(
    request: Request,
    caller: Caller,
    facade: Facade,
    kind: Annotated[list[TransferKind] | None, Query()] = None,
    transaction_id: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Pairs of rows that belong together, found and confirmed, with their evidence; newest first.

    A page may hold fewer pairs than `limit` while there is a next one.
    """
    kinds = tuple(kind or ())

    def page(owner: str, part: Part) -> bytes:
        most = part.limit or DEFAULT_LIMIT
        found = facade.transfers(
            owner=owner, limit=most, cursor=part.cursor, kinds=kinds, transaction_id=transaction_id
        )
        return adapter(TransferPage).dump_json(found)

    return paged(request, caller.household, page, Part(limit, cursor))


@router.post("/transfers", status_code=201)
def confirm_transfer(body: TransferBody, caller: Caller, facade: Facade, once: OnceKey) -> Transfer:
    """Says that two rows are one movement, or a purchase and what came back of it."""
    first, second = body.transaction_ids
    return facade.confirm_transfer(
        owner=caller.household, person=caller.person, transaction_ids=(first, second), kind=body.kind, once=once
    )


@router.delete("/transfers/{transfer_id}", status_code=204)
def reject_transfer(transfer_id: str, caller: Caller, facade: Facade) -> None:
    """Says that a pair is not one movement; it is never suggested again."""
    facade.reject_transfer(owner=caller.household, person=caller.person, transfer_id=transfer_id)
