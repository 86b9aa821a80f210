"""Splits, history, undo and the bin on a real database."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid
from finapp.kernel.months import Month
from finapp.transactions.public import (
    AccountChanges,
    AlreadySplit,
    AlreadyUndone,
    CategoryChanges,
    ChangeSuperseded,
    NewCategory,
    TransactionChanges,
    TransactionFilter,
    TransactionNotFound,
)
from tests.acceptance.story import statement
from tests.transactions.changing import DAY, WHO, newest, rows_of, split, state
from tests.transactions.ledger import OWNER, PERSON, Ledger


def test_sums_follow_the_parts_of_a_split_and_the_whole_again_when_merged(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-1000.00", "DMART", "groceries")
    before = state(ledger)
    made = split(ledger, row, ("-700.00", None), ("-300.00", "pets"))
    assert made.transaction.splits == tuple(part.id for part in made.parts)
    totals = ledger.facade.monthly_totals(owner=OWNER, first=Month("2026-05"), last=Month("2026-05"))
    assert {total.category: total.amount for total in totals} == {"groceries": -700, "pets": -300}
    assert [each.amount for each in rows_of(ledger, TransactionFilter(category_id="pets"))] == [-300]
    assert not any(ledger.recounted().values())
    ledger.facade.merge(**WHO, transaction_id=row.id)
    assert state(ledger) == before
    assert not any(ledger.recounted().values())


def test_a_split_can_be_given_other_parts(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-1000.00", "DMART", "groceries")
    split(ledger, row, ("-700.00", None), ("-300.00", "pets"))
    again = split(ledger, row, ("-500.00", "pets"), ("-250.00", "dining"), ("-250.00", None))
    assert [part.amount for part in again.parts] == [-500, -250, -250]
    assert len(rows_of(ledger)) == 3
    assert not any(ledger.recounted().values())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ((("-700.00", None), ("-299.99", None)), "parts"),
        ((("-1000.00", None),), "parts"),
        ((("-1000.00", None), ("0.00", None)), "parts.1.amount"),
        ((("-999.999", None), ("-0.001", None)), "parts.0.amount"),
    ],
)
def test_parts_that_are_not_the_whole_are_refused(
    ledger: Ledger, said: tuple[tuple[str, str | None], ...], field: str
) -> None:
    row = ledger.row(ledger.account(), DAY, "-1000.00", "DMART")
    with pytest.raises(Invalid) as refusal:
        split(ledger, row, *said)
    assert refusal.value.field == field
    assert len(rows_of(ledger)) == 1


def test_a_split_row_is_changed_by_its_parts_only(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-1000.00", "DMART")
    made = split(ledger, row, ("-700.00", None), ("-300.00", "pets"))
    with pytest.raises(AlreadySplit):
        ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=TransactionChanges(note="x"))
    with pytest.raises(AlreadySplit):
        ledger.facade.delete_transaction(**WHO, transaction_id=made.parts[0].id)
    changes = TransactionChanges(amount=Decimal("-1.00"))
    with pytest.raises(AlreadySplit):
        ledger.facade.change_transaction(**WHO, transaction_id=made.parts[0].id, changes=changes)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).splits


def test_a_split_row_goes_with_its_parts_and_comes_back_with_them(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, DAY, "-1000.00", "DMART", "groceries")
    split(ledger, row, ("-700.00", None), ("-300.00", "pets"))
    before, (part, _) = state(ledger), rows_of(ledger)
    with pytest.raises(AlreadySplit, match="goes with its whole"):
        ledger.facade.delete_transaction(**WHO, transaction_id=part.id)
    ledger.facade.delete_transaction(**WHO, transaction_id=row.id)
    assert rows_of(ledger) == ()
    assert [one.transaction.id for one in ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items] == [row.id]
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=newest(ledger))
    assert state(ledger) == before
    ledger.facade.delete_transaction(**WHO, transaction_id=row.id)
    restored = ledger.facade.restore_transaction(**WHO, transaction_id=row.id)
    assert (restored.amount, [one.id for one in rows_of(ledger)]) == (row.amount, [row.id])
    assert not any(ledger.recounted().values())


def test_a_statement_imported_again_does_not_bring_back_split_or_deleted_rows(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(statement(), account)
    first, second, *_ = rows_of(ledger)
    half = (first.amount / 2).quantize(Decimal("0.01"))
    split(ledger, first, (str(half), None), (str(first.amount - half), "pets"))
    ledger.facade.delete_transaction(**WHO, transaction_id=second.id)
    again = ledger.take(statement(), account)
    assert (again.counts.imported, again.counts.duplicates) == (0, 60)
    assert not any(ledger.recounted().values())


def test_a_deleted_row_waits_in_the_bin_and_comes_back_as_it_was(ledger: Ledger) -> None:
    account = ledger.account()
    twin = ledger.row(account, DAY, "-40.00", "METRO")
    row = ledger.row(account, DAY, "-40.00", "METRO")
    before = state(ledger)
    ledger.facade.delete_transaction(**WHO, transaction_id=row.id)
    ledger.row(account, DAY, "-40.00", "METRO")
    (binned,) = ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items
    assert (binned.transaction.id, binned.deleted_by) == (row.id, PERSON)
    with pytest.raises(TransactionNotFound):
        ledger.facade.transaction(owner=OWNER, transaction_id=row.id)
    ledger.facade.restore_transaction(**WHO, transaction_id=row.id)
    assert {twin.id, row.id} < {each.id for each in rows_of(ledger)}
    assert [each for each in state(ledger) if each[0] in (twin.id, row.id)] == before
    assert not any(ledger.recounted().values())


def test_history_tells_who_changed_what_down_to_the_import(ledger: Ledger) -> None:
    ledger.take(statement(), ledger.account())
    row = rows_of(ledger)[0]
    changes = TransactionChanges(note="checked", tags=("tax",))
    ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=changes)
    entries = ledger.facade.history(owner=OWNER, transaction_id=row.id).items
    assert [entry.kind for entry in entries] == ["changed", "imported"]
    arrived = entries[1].after
    assert set(entries[1].before.values()) == {None}
    assert (arrived["amount"], arrived["date"], arrived["description"], arrived["place"]) == (
        str(row.amount),
        row.date.isoformat(),
        row.description,
        "ledger",
    )
    assert not {"note", "tags"} & set(arrived)
    assert (entries[0].person, entries[0].before, entries[0].after) == (
        PERSON,
        {"tags": None, "note": None},
        {"tags": "tax", "note": "checked"},
    )
    with pytest.raises(TransactionNotFound):
        ledger.facade.history(owner=OWNER, transaction_id="0000000000000")


def test_every_kind_of_change_can_be_taken_back_and_taken_back_again(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, DAY, "-1000.00", "DMART")
    other = ledger.row(account, DAY, "-1000.00", "DMART")

    def change() -> None:
        changes = TransactionChanges(category_id="pets", amount=Decimal("-900.00"), date=date(2026, 6, 1))
        ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=changes)

    for make in (
        change,
        lambda: ledger.facade.delete_transaction(**WHO, transaction_id=other.id),
        lambda: split(ledger, other, ("-700.00", None), ("-300.00", "pets")),
        lambda: ledger.row(account, DAY, "-5.00", "TEA"),
    ):
        before = state(ledger)
        make()
        after, change_id = state(ledger), newest(ledger)
        undone = ledger.facade.undo_change(**WHO, change_id=change_id)
        assert state(ledger) == before
        with pytest.raises(AlreadyUndone):
            ledger.facade.undo_change(**WHO, change_id=change_id)
        ledger.facade.undo_change(**WHO, change_id=undone.id)
        assert state(ledger) == after
        ledger.facade.undo_change(**WHO, change_id=change_id)
        assert state(ledger) == before
        assert not any(ledger.recounted().values())


def test_a_change_below_a_later_one_cannot_be_taken_back_alone(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), DAY, "-700.00", "DMART")
    for note in ("one", "two"):
        ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=TransactionChanges(note=note))
    _, first, *_ = ledger.facade.changes(owner=OWNER, limit=9, cursor=None).items
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=first.id)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).note == "two"


def test_a_correction_taken_back_is_unlearned(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, DAY, "-700.00", "UPI-QWERTY STORES-qwerty@ybl-123456")
    cold = row.category
    changes = TransactionChanges(category_id="pets")
    ledger.facade.change_transaction(**WHO, transaction_id=row.id, changes=changes)
    ledger.facade.undo_change(**WHO, change_id=newest(ledger))
    assert ledger.row(account, DAY, "-900.00", "UPI-QWERTY STORES-qwerty@ybl-654321").category == cold


def test_a_deleted_account_comes_back_with_its_rows_pairs_bin_and_balance(ledger: Ledger) -> None:
    account, savings = ledger.account(), ledger.account("Savings", "savings")
    out = ledger.row(account, DAY, "-15000.00", "IMPS-TRANSFER TO SAVINGS")
    ledger.row(savings, DAY, "15000.00", "IMPS-TRANSFER FROM OWN ACCOUNT")
    gone = ledger.row(account, DAY, "-450.00", "SWIGGY")
    ledger.facade.delete_transaction(**WHO, transaction_id=gone.id)
    ledger.facade.change_account(**WHO, account_id=account.id, changes=AccountChanges(name="Main"))
    before = ledger.facade.account(owner=OWNER, account_id=account.id)
    ledger.facade.delete_account(**WHO, account_id=account.id)
    assert [one.id for one in ledger.facade.accounts(owner=OWNER).items] == [savings.id]
    assert ledger.facade.transfers(owner=OWNER, limit=9, cursor=None).items == ()
    deletion = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    assert (deletion.kind, deletion.count) == ("account_deleted", 2)
    undo = ledger.facade.undo_change(**WHO, change_id=deletion.id)
    after = ledger.facade.account(owner=OWNER, account_id=account.id)
    assert (after.name, after.balance) == ("Main", before.balance)
    assert [pair.out.id for pair in ledger.facade.transfers(owner=OWNER, limit=9, cursor=None).items] == [out.id]
    assert [one.transaction.id for one in ledger.facade.bin(owner=OWNER, limit=9, cursor=None).items] == [gone.id]
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(**WHO, change_id=undo.id)
    assert [one.id for one in ledger.facade.accounts(owner=OWNER).items] == [savings.id]


def test_a_renamed_account_and_a_changed_need_are_taken_back(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, DAY, "-450.00", "SWIGGY", category="dining")
    ledger.facade.change_account(**WHO, account_id=account.id, changes=AccountChanges(name="Main"))
    ledger.facade.change_category(**WHO, category_id="dining", changes=CategoryChanges(need="essential"))
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).need == "essential"
    need, name = ledger.facade.changes(owner=OWNER, limit=2, cursor=None).items
    assert (need.kind, name.kind) == ("category", "account")
    ledger.facade.undo_change(**WHO, change_id=need.id)
    ledger.facade.undo_change(**WHO, change_id=name.id)
    assert ledger.facade.account(owner=OWNER, account_id=account.id).name == account.name
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).need == "discretionary"
    assert not any(ledger.recounted().values())
    ledger.facade.change_account(**WHO, account_id=account.id, changes=AccountChanges(name="Other"))
    renamed = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.facade.change_account(**WHO, account_id=account.id, changes=AccountChanges(name="Third"))
    with pytest.raises(ChangeSuperseded):
        ledger.facade.undo_change(**WHO, change_id=renamed.id)


def test_an_own_category_that_was_deleted_comes_back(ledger: Ledger) -> None:
    new = NewCategory(name="Coffee", parent_id="dining")
    made = ledger.facade.create_category(**WHO, new=new)
    ledger.facade.delete_category(**WHO, category_id=made.id)
    deletion = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
    ledger.facade.undo_change(**WHO, change_id=deletion.id)
    assert [one.name for one in ledger.facade.categories(owner=OWNER).items if one.id == made.id] == ["Coffee"]
