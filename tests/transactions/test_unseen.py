"""Pending payments that never come, are edited, or are known to several statements."""

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finapp.kernel.errors import Invalid
from finapp.transactions.public import Account, NewPart, TransactionChanges, TransactionFilter
from finapp.transactions.public.imports import DoubtfulRow
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO = {"owner": OWNER, "person": PERSON}
HEAD = "Date,Description,Amount,Status,Balance\n"
SALARY = "2026-01-08,ACME SALARY,1000.00,Posted,1000.00\n"
WAITING = f"""{HEAD}{SALARY}2026-01-09,GREEN GROCER,-12.00,Pending,
2026-01-10,PETROL STATION,-40.00,Pending,
2026-01-10,BOOK SHOP,-7.00,Pending,
"""
BOOKED = f"""{HEAD}{SALARY}2026-01-11,GREEN GROCER LEEDS,-12.00,Posted,988.00
2026-01-12,BOOK SHOP LEEDS,-7.00,Posted,981.00
"""
MONTH = f"{BOOKED}2026-01-31,RENT,-100.00,Posted,881.00\n"
PENDING = ["2026-01-09 -12.00 pending", "2026-01-10 -40.00 pending", "2026-01-10 -7.00 pending"]
POSTED = ["2026-01-11 -12.00 posted", "2026-01-12 -7.00 posted"]


@pytest.fixture
def account(ledger: Ledger) -> Account:
    return ledger.account()


def take(ledger: Ledger, text: str, account: Account) -> str:
    return ledger.take(text.encode(), account).id


def undo(ledger: Ledger, import_id: str) -> list[str]:
    undone = ledger.facade.undo_import(**WHO, import_id=import_id)
    return [each.message for each in undone.stayed]


def rows(ledger: Ledger) -> list[str]:
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=100, cursor=None).items
    return sorted(f"{row.date} {row.amount} {row.status}" for row in found if row.amount not in (1000, -100))


def the(ledger: Ledger, words: str) -> str:
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(query=words), limit=9, cursor=None).items
    return found[0].id


def asked(ledger: Ledger) -> tuple[DoubtfulRow, ...]:
    return ledger.facade.doubtful_rows(owner=OWNER, limit=10, cursor=None).items


def test_a_pending_payment_that_a_later_statement_lacks_is_asked_about(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    take(ledger, BOOKED, account)
    assert asked(ledger) == ()
    late = ledger.take(MONTH.encode(), account)
    (question,) = asked(ledger)
    assert (question.transaction.amount, question.question, question.choices) == (-40, "unseen", ("keep", "remove"))
    assert question.missing_from == (late.id,)
    assert "pending since 2026-01-10" in question.message
    assert any("not in it: 1" in each for each in late.warnings)
    with pytest.raises(Invalid):
        ledger.facade.decide_doubtful(**WHO, transaction_id=question.transaction.id, decision="new")
    undo(ledger, late.id)
    assert asked(ledger) == ()
    assert not any(ledger.recounted().values())


def test_what_became_of_it_can_be_said_and_taken_back(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    take(ledger, BOOKED, account)
    late = take(ledger, MONTH, account)
    row_id = asked(ledger)[0].transaction.id
    kept = ledger.facade.decide_doubtful(**WHO, transaction_id=row_id, decision="keep")
    assert (asked(ledger), PENDING[1] in rows(ledger)) == ((), True)
    take(ledger, f"{MONTH}2026-02-20,TEA,-3.00,Posted,878.00\n", account)
    assert asked(ledger) == ()
    ledger.facade.undo_change(**WHO, change_id=kept.id)
    removed = ledger.facade.decide_doubtful(**WHO, transaction_id=row_id, decision="remove")
    assert (asked(ledger), PENDING[1] in rows(ledger)) == ((), False)
    ledger.facade.undo_change(**WHO, change_id=removed.id)
    assert (len(asked(ledger)), PENDING[1] in rows(ledger)) == (1, True)
    ledger.facade.decide_doubtful(**WHO, transaction_id=row_id, decision="remove")
    undo(ledger, late)
    assert PENDING[1] not in rows(ledger), "the other statement lacks it as well"
    assert not any(ledger.recounted().values())


def test_a_removal_goes_back_with_the_last_statement_that_asked_for_it(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    parts = (NewPart(amount=Decimal(-15)), NewPart(amount=Decimal(-25)))
    whole = the(ledger, "petrol")
    ledger.facade.split(**WHO, transaction_id=whole, parts=parts)
    before = rows(ledger)
    late = take(ledger, MONTH, account)
    (question,) = asked(ledger)
    assert question.transaction.id == whole
    ledger.facade.decide_doubtful(**WHO, transaction_id=whole, decision="remove")
    assert rows(ledger) == POSTED
    assert undo(ledger, late) == []
    assert rows(ledger) == before
    assert not any(ledger.recounted().values())


def test_a_statement_that_still_prints_it_as_pending_asks_nothing(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    take(ledger, f"{WAITING}2026-01-31,RENT,-100.00,Posted,881.00\n", account)
    assert asked(ledger) == ()


def test_a_booking_goes_back_row_by_row_and_what_stays_is_said(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    booked = take(ledger, BOOKED, account)
    grocer, shop = the(ledger, "grocer"), the(ledger, '"book shop"')
    ledger.facade.change_transaction(**WHO, transaction_id=grocer, changes=TransactionChanges(status="reconciled"))
    ledger.facade.change_transaction(**WHO, transaction_id=shop, changes=TransactionChanges(note="for the holidays"))
    (message,) = undo(ledger, booked)
    assert "status" in message
    assert rows(ledger) == [*PENDING[1:], "2026-01-11 -12.00 reconciled"]
    assert ledger.facade.transaction(owner=OWNER, transaction_id=shop).note == "for the holidays"
    assert not any(ledger.recounted().values())


def test_a_row_that_another_statement_has_booked_stays_booked(ledger: Ledger, account: Account) -> None:
    take(ledger, WAITING, account)
    first, second = take(ledger, BOOKED, account), take(ledger, MONTH, account)
    undo(ledger, first)
    assert rows(ledger) == [PENDING[1], *POSTED]
    again = take(ledger, WAITING, account)
    undo(ledger, second)
    assert rows(ledger) == PENDING
    undo(ledger, again)
    assert rows(ledger) == PENDING
    assert not any(ledger.recounted().values())


def test_a_row_that_only_a_list_of_pending_ones_still_has_is_pending(ledger: Ledger, account: Account) -> None:
    booked = take(ledger, BOOKED, account)
    early = take(ledger, WAITING, account)
    undo(ledger, booked)
    assert rows(ledger) == PENDING
    undo(ledger, early)
    assert rows(ledger) == []
    assert not any(ledger.recounted().values())


def test_a_booking_that_a_person_decided_outlives_the_statement_that_brought_the_row(
    ledger: Ledger, account: Account
) -> None:
    early = take(ledger, f"{HEAD}{SALARY}2026-01-09,SEASIDE HOTEL,-820.00,Pending,\n", account)
    booked = take(ledger, f"{HEAD}{SALARY}2026-01-11,SEASIDE HOTEL LEEDS,-835.00,Posted,165.00\n", account)
    row_id = asked(ledger)[0].transaction.id
    ledger.facade.decide_doubtful(**WHO, transaction_id=row_id, decision="duplicate")
    undo(ledger, early)
    assert rows(ledger) == ["2026-01-11 -835.00 posted"]
    undo(ledger, booked)
    assert rows(ledger) == []
    assert not any(ledger.recounted().values())


def test_a_booking_stays_with_the_last_of_the_statements_that_print_it(ledger: Ledger, account: Account) -> None:
    early, booked, month = (take(ledger, text, account) for text in (WAITING, BOOKED, MONTH))
    undo(ledger, early)
    undo(ledger, booked)
    assert rows(ledger) == POSTED
    undo(ledger, month)
    assert rows(ledger) == []
    assert not any(ledger.recounted().values())


FILES = (WAITING, BOOKED, MONTH, f"{HEAD}{SALARY}2026-01-09,GREEN GROCER,-12.00,Pending,\n")
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, len(FILES) - 1)), min_size=2, max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_rows_are_as_the_standing_statements_print_them_whatever_comes_and_goes(
    steps: list[tuple[bool, int]],
) -> None:
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(Path(home))
        try:
            account, stands = ledger.account(), list[tuple[str, int]]()
            for taken, which in steps:
                if taken or not stands:
                    stands.append((take(ledger, FILES[which], account), which))
                else:
                    undo(ledger, stands.pop(which % len(stands))[0])
                has = {each for _, each in stands}
                pending = {0: PENDING, 3: PENDING[:1]}
                wanted = {row for each in has & {0, 3} for row in pending[each]}
                if has & {1, 2}:
                    wanted = (wanted & {PENDING[1]}) | set(POSTED)
                assert rows(ledger) == sorted(wanted)
                late = 2 in has and PENDING[1] in wanted
                assert len(asked(ledger)) == late
            assert not any(ledger.recounted().values())
        finally:
            ledger.database.close()
