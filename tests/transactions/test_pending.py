"""Payments that a bank has not booked yet: they arrive as pending, are booked once, and go back with the import."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.public import Account, NewPart, Transaction, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

EARLY = b"""Date,Description,Amount,Status,Balance
2026-01-08,ACME SALARY,1000.00,Posted,1000.00
2026-01-09,GREEN GROCER,-12.00,Pending,
2026-01-09,GREEN GROCER,-12.00,Pending,
2026-01-10,PETROL STATION,-40.00,Pending,
"""
LATER = b"""Date,Description,Amount,Status,Balance
2026-01-08,ACME SALARY,1000.00,Posted,1000.00
2026-01-11,GREEN GROCER LEEDS GB,-12.00,Posted,988.00
2026-01-12,GREEN GROCER LEEDS GB,-12.00,Posted,976.00
2026-01-12,BOOK SHOP,-7.00,Posted,969.00
"""


@pytest.fixture
def account(ledger: Ledger) -> Account:
    return ledger.account()


def rows(ledger: Ledger) -> list[str]:
    found: tuple[Transaction, ...] = ledger.facade.transactions(
        owner=OWNER, where=TransactionFilter(), limit=100, cursor=None
    ).items
    return sorted(f"{row.date} {row.amount} {row.status}" for row in found)


BEFORE = [
    "2026-01-08 1000.00 posted",
    "2026-01-09 -12.00 pending",
    "2026-01-09 -12.00 pending",
    "2026-01-10 -40.00 pending",
]
AFTER = [
    "2026-01-08 1000.00 posted",
    "2026-01-10 -40.00 pending",
    "2026-01-11 -12.00 posted",
    "2026-01-12 -12.00 posted",
    "2026-01-12 -7.00 posted",
]


def test_what_is_not_booked_yet_arrives_as_pending_and_is_in_no_balance_of_the_bank(
    ledger: Ledger, account: Account
) -> None:
    taken = ledger.take(EARLY, account)
    assert taken.counts is not None
    assert (taken.counts.imported, taken.counts.rejected) == (4, 0)
    assert rows(ledger) == BEFORE
    assert taken.reconciliation is not None
    assert taken.reconciliation.balanced
    statement = ledger.facade.account_statements(owner=OWNER, account_id=account.id).items[0]
    assert statement.difference == 0
    assert statement.ledger_difference == 0


def test_pending_rows_are_booked_once_and_go_back_with_the_import(ledger: Ledger, account: Account) -> None:
    ledger.take(EARLY, account)
    booked = ledger.take(LATER, account)
    assert booked.counts is not None
    assert (booked.counts.imported, booked.counts.duplicates) == (1, 3)
    assert rows(ledger) == AFTER
    again = ledger.take(LATER, account)
    assert again.counts is not None
    assert (again.counts.imported, again.counts.duplicates) == (0, 4)
    early = ledger.take(EARLY, account)
    assert early.counts is not None
    assert (early.counts.imported, early.counts.duplicates) == (0, 4)
    assert rows(ledger) == AFTER
    for each in (early, again, booked):
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=each.id)
    assert rows(ledger) == BEFORE
    assert not any(ledger.recounted().values())


def test_a_list_of_pending_rows_that_comes_late_adds_only_what_is_not_booked(ledger: Ledger, account: Account) -> None:
    ledger.take(LATER, account)
    ledger.take(EARLY, account)
    assert rows(ledger) == AFTER


def test_an_equal_amount_in_other_words_is_for_a_person_to_decide(ledger: Ledger, account: Account) -> None:
    ledger.take(EARLY, account)
    found = ledger.take(b"Date,Description,Amount\n2026-01-13,HARDWARE STORE,-40.00\n2026-01-14,TAXI,-9.00\n", account)
    assert found.counts is not None
    assert (found.counts.imported, found.counts.rejected) == (1, 1)
    assert [row.reason for row in found.rows if row.outcome == "rejected"] == ["needs_review"]


def test_a_row_that_was_edited_while_pending_keeps_its_note(ledger: Ledger, account: Account) -> None:
    ledger.take(b"Date,Description,Amount,Status\n2026-01-10,PETROL STATION,-40.00,Pending\n", account)
    kept = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=10, cursor=None).items[0]
    assert kept.date == date(2026, 1, 10)
    ledger.take(b"Date,Description,Amount,Status\n2026-01-12,PETROL STATION 42,-40.00,Posted\n", account)
    now = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=10, cursor=None).items
    assert [(row.id, row.date, row.status) for row in now] == [(kept.id, date(2026, 1, 12), "posted")]


def test_a_row_that_was_split_while_pending_is_booked_with_its_parts(ledger: Ledger, account: Account) -> None:
    ledger.take(EARLY, account)
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=10, cursor=None).items
    whole = next(row for row in found if row.amount == -12)
    parts = (NewPart(amount=Decimal(-5)), NewPart(amount=Decimal(-7)))
    ledger.facade.split(owner=OWNER, person=PERSON, transaction_id=whole.id, parts=parts)
    before = rows(ledger)
    booked = ledger.take(LATER, account)
    assert booked.counts is not None
    assert (booked.counts.imported, booked.counts.duplicates, booked.counts.rejected) == (1, 3, 0)
    after = rows(ledger)
    assert [row for row in after if "pending" in row] == ["2026-01-10 -40.00 pending"]
    assert sorted(row.split()[1] for row in after) == ["-12.00", "-40.00", "-5.00", "-7.00", "-7.00", "1000.00"]
    told = ledger.facade.splits(owner=OWNER, transaction_id=whole.id)
    assert {(row.date, row.status) for row in (told.transaction, *told.parts)} == {(told.transaction.date, "posted")}
    assert not any(ledger.recounted().values())
    early = ledger.take(EARLY, account)
    assert early.counts is not None
    assert (early.counts.imported, rows(ledger)) == (0, after)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=early.id)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=booked.id)
    assert rows(ledger) == before
    assert ledger.facade.splits(owner=OWNER, transaction_id=whole.id).transaction.status == "pending"
    assert not any(ledger.recounted().values())


def test_a_row_that_was_deleted_while_pending_takes_its_booking_in_the_bin(ledger: Ledger, account: Account) -> None:
    ledger.take(EARLY, account)
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=10, cursor=None).items
    deleted = [row.id for row in found if row.amount == -12]
    for each in deleted:
        ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=each)
    before = rows(ledger)
    booked = ledger.take(LATER, account)
    assert booked.counts is not None
    assert (booked.counts.imported, booked.counts.duplicates) == (1, 3)
    assert rows(ledger) == [*before, "2026-01-12 -7.00 posted"]
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=booked.id)
    assert rows(ledger) == before
    ledger.take(LATER, account)
    for each in deleted:
        ledger.facade.restore_transaction(owner=OWNER, person=PERSON, transaction_id=each)
    assert rows(ledger) == AFTER
    ledger.take(EARLY, account)
    assert rows(ledger) == AFTER
    assert not any(ledger.recounted().values())


HOTEL = b"""Date,Description,Amount,Status,Balance
2026-01-08,ACME SALARY,10000.00,Posted,10000.00
2026-01-09,SEASIDE HOTEL,-820.00,Pending,
2026-01-10,FUEL PUMP 7,-1.00,Pending,
2026-01-10,BOOK SHOP,-40.00,Pending,
"""
STAYED = b"""Date,Description,Amount,Status,Balance
2026-01-08,ACME SALARY,10000.00,Posted,10000.00
2026-01-11,SEASIDE HOTEL LEEDS,-835.00,Posted,9165.00
2026-01-12,FUEL PUMP 7 LEEDS,-61.30,Posted,9103.70
2026-01-12,BOOK SHOP,-90.00,Posted,9013.70
"""


def test_a_payment_that_is_booked_at_another_amount_is_asked_about_and_booked_once(
    ledger: Ledger, account: Account
) -> None:
    ledger.take(HOTEL, account)
    before = rows(ledger)
    booked = ledger.take(STAYED, account)
    assert booked.counts is not None
    assert (booked.counts.imported, booked.counts.duplicates, booked.counts.rejected) == (1, 1, 2)
    assert "820.00 that is pending since 2026-01-09 booked as this?" in str(booked.rows)
    asked = ledger.facade.doubtful_rows(owner=OWNER, limit=10, cursor=None).items
    said = {each.transaction.amount: [like.amount for like in each.like] for each in asked}
    assert said == {Decimal(-835): [Decimal(-820)], Decimal("-61.30"): [Decimal(-1)]}
    for each in asked:
        ledger.facade.decide_doubtful(
            owner=OWNER, person=PERSON, transaction_id=each.transaction.id, decision="duplicate"
        )
    after = [
        "2026-01-08 10000.00 posted",
        "2026-01-10 -40.00 pending",
        "2026-01-11 -835.00 posted",
        "2026-01-12 -61.30 posted",
        "2026-01-12 -90.00 posted",
    ]
    assert rows(ledger) == after
    again = [ledger.take(HOTEL, account), ledger.take(STAYED, account)]
    assert [each.counts.imported for each in again if each.counts] == [0, 0]
    assert (rows(ledger), ledger.facade.doubtful_rows(owner=OWNER, limit=10, cursor=None).items) == (after, ())
    for each_import in (*again, booked):
        ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=each_import.id)
    assert rows(ledger) == before
    assert not any(ledger.recounted().values())


def test_a_file_that_does_not_cover_the_day_of_a_pending_row_asks_nothing_of_it(
    ledger: Ledger, account: Account
) -> None:
    ledger.take(HOTEL, account)
    later = ledger.take(b"Date,Description,Amount\n2026-01-11,SEASIDE HOTEL,-835.00\n2026-01-12,A,-2.00\n", account)
    assert later.counts is not None
    assert (later.counts.imported, later.counts.rejected) == (2, 0)


def test_an_equal_amount_that_a_person_knows_as_the_pending_one_books_it(ledger: Ledger, account: Account) -> None:
    ledger.take(EARLY, account)
    ledger.take(b"Date,Description,Amount\n2026-01-13,HARDWARE STORE,-40.00\n2026-01-14,TAXI,-9.00\n", account)
    asked = ledger.facade.doubtful_rows(owner=OWNER, limit=10, cursor=None).items
    change = ledger.facade.decide_doubtful(
        owner=OWNER, person=PERSON, transaction_id=asked[0].transaction.id, decision="duplicate"
    )
    assert "2026-01-13 -40.00 posted" in rows(ledger)
    assert "2026-01-10 -40.00 pending" not in rows(ledger)
    ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=change.id)
    assert "2026-01-10 -40.00 pending" in rows(ledger)
    again = ledger.facade.doubtful_rows(owner=OWNER, limit=10, cursor=None).items
    assert [each.transaction.id for each in again] == [each.transaction.id for each in asked]
