"""The ledger's promises on a real database."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.kernel.errors import Invalid, PreconditionFailed
from finapp.kernel.months import Month
from finapp.transactions.public import (
    AccountChanges,
    AccountNotFound,
    CategoryChanges,
    CategoryInUse,
    NewCategory,
    TransactionChanges,
    TransactionFilter,
    TransactionNotFound,
)
from tests.acceptance.story import statement
from tests.transactions.ledger import OWNER, PERSON, Ledger

STRANGER = "1m81qg8r01s09"


def everything(ledger: Ledger) -> list[tuple[object, ...]]:
    page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=500, cursor=None)
    return [(row.date, row.amount, row.description, row.category, row.flow, row.transfer_id) for row in page.items]


def test_a_statement_is_taken_in_once_and_every_row_is_accounted_for(ledger: Ledger) -> None:
    first = ledger.take(statement())
    again = ledger.take(statement())
    assert (first.counts.rows, first.counts.imported) == (60, 60)
    assert (again.counts.imported, again.counts.duplicates, again.counts.rejected) == (0, 60, 0)
    assert len(everything(ledger)) == 60
    assert not any(ledger.recounted().values())


def test_overlapping_statements_in_either_order_give_the_same_ledger(ledger: Ledger) -> None:
    ledger.take(statement(first_month=3, months=4))
    ledger.take(statement(first_month=1, months=4))
    assert len(everything(ledger)) == 60


def test_two_equal_fares_on_one_day_stay_two(ledger: Ledger) -> None:
    account = ledger.account()
    content = (
        b"Date,Description,Amount\n2026-03-13,METRO FARE,-40.00\n2026-03-13,METRO FARE,-40.00\n2026-03-14,TEA,-9\n"
    )
    assert ledger.take(content, account).counts.imported == 3
    assert ledger.take(content, account).counts.duplicates == 3
    assert ledger.facade.account(owner=OWNER, account_id=account.id).balance == Decimal("-89.00")


def test_an_import_taken_back_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    card = ledger.account("Card", "credit_card")
    ledger.row(card, date(2026, 2, 10), "12000.00", "PAYMENT RECEIVED")
    before = everything(ledger)
    taken = ledger.take(statement(), ledger.account())
    assert everything(ledger) != before
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    assert everything(ledger) == before
    assert not any(ledger.recounted().values())


def test_a_dry_run_says_what_would_happen_and_changes_nothing(ledger: Ledger) -> None:
    taken = ledger.take(statement(), dry_run=True)
    assert taken.counts.imported == 60
    assert everything(ledger) == []
    assert ledger.facade.accounts(owner=OWNER).items == ()


def test_a_transfer_between_own_accounts_is_one_movement_whichever_side_came_first(ledger: Ledger) -> None:
    salary, savings = ledger.account(), ledger.account("Savings", "savings")
    out = ledger.row(salary, date(2026, 5, 3), "-15000.00", "IMPS-TRANSFER TO SAVINGS")
    came = ledger.row(savings, date(2026, 5, 3), "15000.00", "IMPS-TRANSFER FROM OWN ACCOUNT")
    out = ledger.facade.transaction(owner=OWNER, transaction_id=out.id)
    assert (out.flow, came.flow) == ("transfer", "transfer")
    assert out.transfer_id == came.transfer_id is not None
    ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=came.id)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=out.id).transfer_id is None
    assert not any(ledger.recounted().values())


def test_a_correction_holds_and_teaches(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, date(2026, 5, 3), "-700.00", "UPI-QWERTY STORES-qwerty@ybl-123456")
    changes = TransactionChanges(category_id="pets")
    changed = ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=row.id, changes=changes)
    assert (changed.category, changed.flow, changed.need) == ("pets", "expense", "discretionary")
    similar = ledger.row(account, date(2026, 6, 3), "-900.00", "UPI-QWERTY STORES-qwerty@ybl-654321")
    assert similar.category == "pets"
    assert not any(ledger.recounted().values())


def test_an_own_category_counts_as_its_leaf_and_cannot_vanish_under_its_rows(ledger: Ledger) -> None:
    new = NewCategory(name="Aquarium", parent_id="pets", need="essential")
    own = ledger.facade.create_category(owner=OWNER, person=PERSON, new=new)
    row = ledger.row(ledger.account(), date(2026, 5, 3), "-700.00", "FISH FOOD", own.id)
    assert (row.category_id, row.category, row.need) == (own.id, "pets", "essential")
    (total,) = ledger.facade.monthly_totals(owner=OWNER, first=Month("2026-05"), last=Month("2026-05"))
    assert (total.category, total.category_id, total.need, total.amount) == ("pets", own.id, "essential", -700)
    with pytest.raises(CategoryInUse):
        ledger.facade.delete_category(owner=OWNER, person=PERSON, category_id=own.id)


def test_a_changed_need_moves_the_rows_that_are_there(ledger: Ledger) -> None:
    row = ledger.row(ledger.account(), date(2026, 5, 3), "-700.00", "SWIGGY", "dining")
    changes = CategoryChanges(need="essential")
    ledger.facade.change_category(owner=OWNER, person=PERSON, category_id="dining", changes=changes)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=row.id).need == "essential"
    assert not any(ledger.recounted().values())


def test_a_foreign_id_is_answered_like_an_unknown_one(ledger: Ledger) -> None:
    account = ledger.account()
    row = ledger.row(account, date(2026, 5, 3), "-1.00", "TEA")
    for owner, known in ((STRANGER, row.id), (OWNER, "not an id"), (OWNER, "0000000000000")):
        with pytest.raises(TransactionNotFound):
            ledger.facade.transaction(owner=owner, transaction_id=known)
    with pytest.raises(AccountNotFound):
        ledger.facade.account(owner=STRANGER, account_id=account.id)
    assert ledger.facade.transactions(owner=STRANGER, where=TransactionFilter(), limit=9, cursor=None).items == ()


def test_a_version_that_has_passed_is_refused(ledger: Ledger) -> None:
    account = ledger.account()
    changes = AccountChanges(name="Everyday")
    ledger.facade.change_account(owner=OWNER, person=PERSON, account_id=account.id, changes=changes, expected=1)
    with pytest.raises(PreconditionFailed):
        ledger.facade.change_account(owner=OWNER, person=PERSON, account_id=account.id, changes=changes, expected=1)


def test_more_decimals_than_the_currency_has_are_refused(ledger: Ledger) -> None:
    yen = ledger.account("Yen", "cash", "JPY")
    with pytest.raises(Invalid, match="more decimals"):
        ledger.row(yen, date(2026, 5, 3), "-1.5", "TEA")


def test_pages_meet_without_gap_or_overlap(ledger: Ledger) -> None:
    ledger.take(statement())
    seen, cursor = [], None
    while True:
        page = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=7, cursor=cursor)
        seen += [row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (TransactionFilter(flows=("income",)), 6),
        (TransactionFilter(needs=("essential",)), 24),
        (TransactionFilter(query="swiggy"), 6),
        (TransactionFilter(query="100%_"), 0),
        (TransactionFilter(category_id="g_food"), 12),
        (TransactionFilter(first=date(2026, 2, 1), last=date(2026, 2, 28)), 10),
        (TransactionFilter(min_amount=Decimal("0.01")), 6),
        (TransactionFilter(max_amount=Decimal("-25000"), min_amount=Decimal("-25000")), 6),
    ],
)
def test_filters_find_what_they_say(ledger: Ledger, where: TransactionFilter, count: int) -> None:
    ledger.take(statement())
    assert len(ledger.facade.transactions(owner=OWNER, where=where, limit=500, cursor=None).items) == count
    assert ledger.facade.outline(owner=OWNER, where=where).total == count


def test_balances_hold_on_any_day(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.row(account, date(2026, 4, 30), "100.00", "SALARY")
    ledger.row(account, date(2026, 5, 3), "-30.00", "TEA")
    on = {day: ledger.facade.account_balances(owner=OWNER, on=day)[0].balance for day in _DAYS}
    assert [on[day] for day in _DAYS] == [0, 100, 100, 70]
    by_month = ledger.facade.account_balances_by_month(owner=OWNER, first=Month("2026-03"), last=Month("2026-06"))
    assert [balance.balance for balance in by_month] == [0, 100, 70, 70]
    asked = [*by_month, *ledger.facade.account_balances(owner=OWNER, on=_DAYS[0])]
    assert {balance.first_row_on for balance in asked} == {date(2026, 4, 30)}
    empty = ledger.account()
    assert ledger.facade.account_balances(owner=OWNER, on=_DAYS[0])[-1].account_id == empty.id
    assert ledger.facade.account_balances(owner=OWNER, on=_DAYS[0])[-1].first_row_on is None


_DAYS = (date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 2), date(2026, 5, 3))


def test_deleting_an_account_takes_its_rows_and_sums_with_it(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.take(statement(), account)
    ledger.facade.delete_account(owner=OWNER, person=PERSON, account_id=account.id)
    assert everything(ledger) == []
    assert ledger.facade.coverage(owner=OWNER).rows == 0
    assert not any(ledger.recounted().values())
