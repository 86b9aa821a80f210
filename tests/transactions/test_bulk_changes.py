"""The same change for many rows at once."""

from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid
from finapp.transactions.public import (
    BulkChanges,
    CategoryNotFound,
    Selection,
    TransactionChanges,
    TransactionFilter,
    TransactionNotFound,
)
from tests.acceptance.story import statement
from tests.transactions.changing import DAY, WHO, newest, rows_of, state
from tests.transactions.ledger import OWNER, Ledger


def test_a_bulk_edit_is_rehearsed_made_and_taken_back_as_one_change(ledger: Ledger) -> None:
    ledger.take(statement(), ledger.account())
    before, version = state(ledger), ledger.facade.version(owner=OWNER)
    selection = Selection(where=TransactionFilter(query="swiggy"))
    changes = BulkChanges(values=TransactionChanges(category_id="groceries", status="reconciled"), add_tags=("office",))
    asked = {"selection": selection, "changes": changes}
    rehearsed = ledger.facade.change_transactions(**WHO, **asked, dry_run=True)
    assert (rehearsed.changed, rehearsed.change_id, len(rehearsed.rows)) == (6, None, 6)
    assert rehearsed.rows[0].after["category_id"] == "groceries"
    assert (state(ledger), ledger.facade.version(owner=OWNER)) == (before, version)
    made = ledger.facade.change_transactions(**WHO, **asked, dry_run=False)
    assert made.rows == rehearsed.rows
    tagged = rows_of(ledger, TransactionFilter(tag="office"))
    assert {(row.category, row.status) for row in tagged} == {("groceries", "reconciled")}
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=str(made.change_id))
    assert state(ledger) == before


def test_a_bulk_edit_without_rows_or_changes_is_refused(ledger: Ledger) -> None:
    nothing = BulkChanges(values=TransactionChanges())
    note = BulkChanges(values=TransactionChanges(note="x"))
    row = ledger.row(ledger.account(), DAY, "-1.00", "TEA")
    for selection, changes in (
        (Selection(ids=(row.id,)), nothing),
        (Selection(), note),
        (Selection(ids=(row.id,), where=TransactionFilter()), note),
        (Selection(ids=(row.id,)), BulkChanges(values=TransactionChanges(amount=Decimal("-2.00")))),
    ):
        with pytest.raises(Invalid):
            ledger.facade.change_transactions(**WHO, selection=selection, changes=changes, dry_run=False)
    wanted = Selection(ids=(row.id, "0000000000000"))
    with pytest.raises(TransactionNotFound):
        ledger.facade.change_transactions(**WHO, selection=wanted, changes=note, dry_run=False)
    assert rows_of(ledger)[0].note is None


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_unknown_category_is_refused_also_where_no_row_is_found(ledger: Ledger, dry_run: bool) -> None:
    row = ledger.row(ledger.account(), DAY, "-1.00", "TEA")
    before = newest(ledger)
    nobody = Selection(where=TransactionFilter(query="coffee"))
    changes = BulkChanges(values=TransactionChanges(category_id="no_such_one"))
    with pytest.raises(CategoryNotFound):
        ledger.facade.change_transactions(**WHO, selection=nobody, changes=changes, dry_run=dry_run)
    assert (newest(ledger), rows_of(ledger)) == (before, (row,))
