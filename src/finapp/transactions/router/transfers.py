"""Movements between own accounts over HTTP."""

from typing import Annotated

from fastapi import APIRouter

from finapp.platform.identity import Caller
from finapp.platform.routes import Cursor, Limit, OnceKey, given
from finapp.transactions.public import Transactions, Transfer, TransferPage
from finapp.transactions.schemas import TransferBody

router = APIRouter()
Facade = Annotated[Transactions, given("transactions")]


@router.get("/transfers")
def transfers(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> TransferPage:
    """Pairs of rows that are one movement, found and confirmed, with their evidence; newest first."""
    return facade.transfers(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/transfers", status_code=201)
def confirm_transfer(body: TransferBody, caller: Caller, facade: Facade, once: OnceKey) -> Transfer:
    """Says that two rows are one movement."""
    first, second = body.transaction_ids
    return facade.confirm_transfer(
        owner=caller.household, person=caller.person, transaction_ids=(first, second), once=once
    )


@router.delete("/transfers/{transfer_id}", status_code=204)
def reject_transfer(transfer_id: str, caller: Caller, facade: Facade) -> None:
    """Says that a pair is not one movement; it is never suggested again."""
    facade.reject_transfer(owner=caller.household, person=caller.person, transfer_id=transfer_id)
