"""Changes over HTTP: bulk edits, history, undo, the bin, splits."""

from typing import Annotated

from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, given
from finapp.transactions.public import (
    BinPage,
    Change,
    ChangePage,
    ChangeResult,
    History,
    Splits,
    Transaction,
    Transactions,
)
from finapp.transactions.schemas import BulkBody, SimilarBody, SplitBody

router = Router()
Facade = Annotated[Transactions, given("transactions")]


@router.patch("/transactions")
def change_transactions(body: BulkBody, caller: Caller, facade: Facade) -> ChangeResult:
    """The same change for many rows, by ids or by a query. With `dry_run` only what would differ."""
    return facade.change_transactions(
        owner=caller.household,
        person=caller.person,
        selection=body.selection(),
        changes=body.changes.value(),
        dry_run=body.dry_run,
    )


@router.get("/transactions/bin")
def bin_(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> BinPage:
    """Deleted rows that can be restored, the newest rows first."""
    return facade.bin(owner=caller.household, limit=limit, cursor=cursor)


@router.get("/transactions/changes")
def changes(caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None) -> ChangePage:
    """What persons changed, newest first; each can be taken back."""
    return facade.changes(owner=caller.household, limit=limit, cursor=cursor)


@router.post("/transactions/undo/{change_id}")
def undo_change(change_id: str, caller: Caller, facade: Facade) -> Change:
    """Takes a change back. The answer is a change of its own, which can be taken back too."""
    return facade.undo_change(owner=caller.household, person=caller.person, change_id=change_id)


@router.post("/transactions/{transaction_id}/restore")
def restore_transaction(transaction_id: str, caller: Caller, facade: Facade) -> Transaction:
    """Takes a row out of the bin."""
    return facade.restore_transaction(owner=caller.household, person=caller.person, transaction_id=transaction_id)


@router.post("/transactions/{transaction_id}/similar")
def apply_to_similar(transaction_id: str, body: SimilarBody, caller: Caller, facade: Facade) -> ChangeResult:
    """The past rows of the same merchant that nobody has decided, given this row's category: shown, or changed."""
    return facade.apply_to_similar(
        owner=caller.household, person=caller.person, transaction_id=transaction_id, dry_run=body.dry_run
    )


@router.get("/transactions/{transaction_id}/history")
def history(transaction_id: str, caller: Caller, facade: Facade) -> History:
    """Who changed what of a row and when, newest first."""
    return facade.history(owner=caller.household, transaction_id=transaction_id)


@router.get("/transactions/{transaction_id}/splits")
def splits(transaction_id: str, caller: Caller, facade: Facade) -> Splits:
    """The parts of a row; none when it is not split."""
    return facade.splits(owner=caller.household, transaction_id=transaction_id)


@router.put("/transactions/{transaction_id}/splits")
def split(transaction_id: str, body: SplitBody, caller: Caller, facade: Facade, expected: Expected) -> Splits:
    """Splits a row, or splits it anew. The parts are rows of their own, which are counted and listed instead of it."""
    return facade.split(
        owner=caller.household,
        person=caller.person,
        transaction_id=transaction_id,
        parts=body.value(),
        expected=expected,
    )


@router.delete("/transactions/{transaction_id}/splits")
def merge(transaction_id: str, caller: Caller, facade: Facade, expected: Expected) -> Splits:
    """Merges the parts of a row again."""
    return facade.merge(owner=caller.household, person=caller.person, transaction_id=transaction_id, expected=expected)
