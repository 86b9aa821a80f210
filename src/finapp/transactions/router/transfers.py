"""Movements between own accounts over HTTP."""

from typing import Annotated

from fastapi import Query

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Limit, OnceKey, given
from finapp.transactions.public import Transactions, Transfer, TransferKind, TransferPage
from finapp.transactions.schemas import TransferBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/transfers")
def transfers(
    caller: Caller,
    facade: Facade,
    kind: Annotated[list[TransferKind] | None, Query()] = None,
    transaction_id: str | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TransferPage:
    """Pairs of rows that belong together, found and confirmed, with their evidence; newest first.

    A page may hold fewer pairs than `limit` while there is a next one.
    """
    kinds = tuple(kind or ())
    return facade.transfers(
        owner=caller.household, limit=limit, cursor=cursor, kinds=kinds, transaction_id=transaction_id
    )


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
