"""Pairs are shown with their evidence, confirmed and rejected by a person, and both can be taken back."""

from datetime import date, timedelta

import pytest

from finapp.transactions.public import (
    NewAccount,
    NotATransfer,
    Transaction,
    TransactionNotFound,
    Transfer,
    TransferNotFound,
)
from tests.transactions.ledger import OWNER, PERSON, Ledger

WHO = {"owner": OWNER, "person": PERSON}
DAY = date(2026, 5, 3)


def pairs(ledger: Ledger) -> tuple[Transfer, ...]:
    return ledger.facade.transfers(owner=OWNER, limit=50, cursor=None).items


def moved(ledger: Ledger, day: date = DAY) -> tuple[Transaction, Transaction]:
    out = ledger.row(ledger.account(), day, "-15000.00", "IMPS-TRANSFER TO SAVINGS")
    into = ledger.row(ledger.account("Savings", "savings"), day, "15000.00", "IMPS-TRANSFER FROM OWN ACCOUNT")
    return out, into


def flows(ledger: Ledger, *rows: Transaction) -> list[str]:
    return [ledger.facade.transaction(owner=OWNER, transaction_id=row.id).flow for row in rows]


def test_a_pair_is_shown_with_its_evidence(ledger: Ledger) -> None:
    out, into = moved(ledger)
    (pair,) = pairs(ledger)
    assert (pair.out.id, pair.into.id, pair.amount, pair.kind) == (out.id, into.id, 15000, "transfer")
    assert not pair.confirmed
    assert {"amount", "days:0", "out_says_transfer"} <= set(pair.evidence)
    assert 0 < pair.confidence < 1


def test_a_rejected_pair_is_not_suggested_again_until_the_word_is_taken_back(ledger: Ledger) -> None:
    out, into = moved(ledger)
    ledger.facade.reject_transfer(**WHO, transfer_id=pairs(ledger)[0].id)
    assert pairs(ledger) == ()
    ledger.row(ledger.account("Third"), DAY, "-1.00", "TEA")
    assert pairs(ledger) == ()
    assert not any(ledger.recounted().values())
    change = ledger.facade.changes(owner=OWNER, limit=9, cursor=None).items[2]
    assert change.kind == "transfer_rejected"
    ledger.facade.undo_change(**WHO, change_id=change.id)
    assert [pair.out.id for pair in pairs(ledger)] == [out.id]
    assert flows(ledger, out, into) == ["transfer", "transfer"]


def test_a_word_holds_or_not_however_often_it_is_taken_back(ledger: Ledger) -> None:
    moved(ledger)
    ledger.facade.reject_transfer(**WHO, transfer_id=pairs(ledger)[0].id)
    seen = []
    for _ in range(6):
        newest = ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0]
        ledger.facade.undo_change(**WHO, change_id=newest.id)
        seen.append(len(pairs(ledger)))
    assert seen == [1, 0, 1, 0, 1, 0]
    standing = [change.undone_by is None for change in ledger.facade.changes(owner=OWNER, limit=7, cursor=None).items]
    assert standing == [True, False, True, False, True, False, True]


def test_two_rows_that_nothing_connects_are_one_movement_once_a_person_says_so(ledger: Ledger) -> None:
    out = ledger.row(ledger.account(), DAY, "-777.00", "CHQ 000123")
    into = ledger.row(ledger.account("Savings", "savings"), date(2026, 6, 20), "777.00", "CLEARING 99")
    assert pairs(ledger) == ()
    pair = ledger.facade.confirm_transfer(**WHO, transaction_ids=(into.id, out.id))
    assert (pair.out.id, pair.into.id, pair.confirmed, pair.evidence) == (out.id, into.id, True, ("confirmed",))
    assert flows(ledger, out, into) == ["transfer", "transfer"]
    ledger.row(ledger.account("Third"), DAY, "777.00", "CLEARING 98")
    assert [found.id for found in pairs(ledger)] == [pair.id]
    ledger.facade.reject_transfer(**WHO, transfer_id=pair.id)
    assert pairs(ledger) == ()
    assert not any(ledger.recounted().values())


def test_confirming_another_partner_lets_the_first_one_go(ledger: Ledger) -> None:
    out, first = moved(ledger)
    other = ledger.row(ledger.account("Third"), DAY, "15000.00", "NEFT IN")
    ledger.facade.confirm_transfer(**WHO, transaction_ids=(out.id, other.id))
    ledger.facade.confirm_transfer(**WHO, transaction_ids=(out.id, first.id))
    (pair,) = pairs(ledger)
    assert (pair.out.id, pair.into.id) == (out.id, first.id)
    assert ledger.facade.transaction(owner=OWNER, transaction_id=other.id).transfer_id is None
    assert not any(ledger.recounted().values())


def test_rows_that_cannot_be_one_movement_are_refused(ledger: Ledger) -> None:
    account, savings = ledger.account(), ledger.account("Savings", "savings")
    out = ledger.row(account, DAY, "-100.00", "A")
    refund = ledger.row(account, DAY, "100.00", "B")
    less = ledger.row(savings, DAY, "99.00", "C")
    for pair in ((out.id, out.id), (out.id, refund.id), (out.id, less.id), (refund.id, less.id)):
        with pytest.raises(NotATransfer):
            ledger.facade.confirm_transfer(**WHO, transaction_ids=pair)
    with pytest.raises(TransactionNotFound):
        ledger.facade.confirm_transfer(**WHO, transaction_ids=(out.id, "0000000000000"))
    with pytest.raises(TransferNotFound):
        ledger.facade.reject_transfer(**WHO, transfer_id=out.id)


def test_refunds_said_of_one_purchase_are_together_no_more_than_it(ledger: Ledger) -> None:
    account = ledger.account()
    bought = ledger.row(account, DAY, "-90.00", "NOMA")
    parts = [ledger.row(account, date(2026, 5, 20), amount, "FROM SOMEBODY") for amount in ("30.00", "60.00", "0.01")]
    for part in parts[:2]:
        ledger.facade.confirm_transfer(**WHO, transaction_ids=(bought.id, part.id), kind="refund")
    with pytest.raises(NotATransfer, match="more came back"):
        ledger.facade.confirm_transfer(**WHO, transaction_ids=(bought.id, parts[2].id), kind="refund")
    ledger.facade.confirm_transfer(**WHO, transaction_ids=(bought.id, parts[1].id), kind="reversal")
    assert sorted(pair.kind for pair in pairs(ledger)) == ["refund", "reversal"]


def test_pages_of_pairs_meet(ledger: Ledger) -> None:
    salary, savings = ledger.account(), ledger.account("Savings", "savings")
    for day in range(1, 29, 9):
        ledger.row(salary, date(2026, 5, day), f"-{day}00.00", "TRANSFER TO OWN ACCOUNT")
        ledger.row(savings, date(2026, 5, day), f"{day}00.00", "TRANSFER FROM OWN ACCOUNT")
    seen, cursor = [], None
    while True:
        page = ledger.facade.transfers(owner=OWNER, limit=1, cursor=cursor)
        seen += [pair.amount for pair in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [2800, 1900, 1000, 100]


def test_what_came_back_is_shown_with_its_purchase_and_never_counted_as_income(ledger: Ledger) -> None:
    account = ledger.account()
    bought = ledger.row(account, DAY, "-1499.00", "UPI-MYNTRA-MYNTRA@YBL-412345678901")
    ledger.row(account, DAY, "-2499.00", "UPI-MYNTRA-MYNTRA@YBL-412345678999")
    failed = ledger.row(account, DAY, "-300.00", "UPI-ZOMATO-ZOMATO@YBL-412345670000")
    back = ledger.row(account, date(2026, 5, 20), "1499.00", "UPIRET-MYNTRA-412345678901")
    undone = ledger.row(account, DAY, "300.00", "REV-UPI-ZOMATO-ZOMATO@YBL-412345670000")
    found = {pair.kind: pair for pair in pairs(ledger)}
    assert {kind: (pair.out.id, pair.into.id) for kind, pair in found.items()} == {
        "refund": (bought.id, back.id),
        "reversal": (failed.id, undone.id),
    }
    assert {"amount", "days:17"} <= set(found["refund"].evidence)
    assert any(code.startswith("same_reference:") for code in found["refund"].evidence)
    assert flows(ledger, back, undone, bought) == ["refund", "refund", "expense"]
    only = ledger.facade.transfers(owner=OWNER, limit=9, cursor=None, kinds=("reversal",)).items
    of_row = ledger.facade.transfers(owner=OWNER, limit=9, cursor=None, transaction_id=bought.id).items
    assert [pair.id for pair in only] == [found["reversal"].id]
    assert [pair.id for pair in of_row] == [found["refund"].id]


def test_a_part_that_came_back_says_how_much_and_of_several_purchases_nothing(ledger: Ledger) -> None:
    account = ledger.account()
    bought = ledger.row(account, date(2026, 5, 1), "-1000.00", "UPI-MYNTRA-MYNTRA@YBL-1")
    ledger.row(account, date(2026, 5, 9), "400.00", "REFUND UPI-MYNTRA-MYNTRA@YBL")
    (pair,) = pairs(ledger)
    assert (pair.out.id, pair.amount) == (bought.id, 400)
    assert "part:0.40" in pair.evidence
    ledger.row(account, DAY, "-900.00", "UPI-MYNTRA-MYNTRA@YBL-2")
    assert pairs(ledger) == ()


def test_a_rejected_refund_is_of_the_next_likely_purchase(ledger: Ledger) -> None:
    account = ledger.account()
    older = ledger.row(account, date(2026, 5, 1), "-1000.00", "UPI-MYNTRA-MYNTRA@YBL-1")
    newer = ledger.row(account, DAY, "-1000.00", "UPI-MYNTRA-MYNTRA@YBL-2")
    ledger.row(account, date(2026, 5, 9), "1000.00", "REFUND UPI-MYNTRA-MYNTRA@YBL")
    (pair,) = pairs(ledger)
    assert pair.out.id == newer.id
    ledger.facade.reject_transfer(**WHO, transfer_id=pair.id)
    (other,) = pairs(ledger)
    assert other.out.id == older.id
    ledger.facade.reject_transfer(**WHO, transfer_id=other.id)
    assert pairs(ledger) == ()
    for change in ledger.facade.changes(owner=OWNER, limit=2, cursor=None).items:
        ledger.facade.undo_change(**WHO, change_id=change.id)
    assert [found.id for found in pairs(ledger)] == [pair.id]


def test_a_reimbursement_that_a_person_names_takes_the_category_of_what_it_paid(ledger: Ledger) -> None:
    account = ledger.account()
    trip = ledger.row(account, DAY, "-8000.00", "INDIGO AIRLINES")
    stay = ledger.row(account, DAY, "-2000.00", "OYO ROOMS")
    paid = ledger.row(account, date(2026, 6, 20), "10000.00", "NEFT CR-CITI0000001-ACME LTD-JUNE")
    assert flows(ledger, paid) == ["income"]
    for bought in (trip, stay):
        made = ledger.facade.confirm_transfer(**WHO, transaction_ids=(bought.id, paid.id), kind="reimbursement")
        assert (made.kind, made.confirmed, made.amount) == ("reimbursement", True, -bought.amount)
    assert {pair.out.id for pair in pairs(ledger)} == {trip.id, stay.id}
    assert flows(ledger, paid) == ["refund"]
    assert ledger.facade.transaction(owner=OWNER, transaction_id=paid.id).category == "travel"
    with pytest.raises(NotATransfer, match="more came back"):
        ledger.facade.confirm_transfer(**WHO, transaction_ids=(stay.id, paid.id), kind="refund")
    assert not any(ledger.recounted().values())
    for change in ledger.facade.changes(owner=OWNER, limit=2, cursor=None).items:
        ledger.facade.undo_change(**WHO, change_id=change.id)
    assert flows(ledger, paid) == ["income"]
    assert pairs(ledger) == ()


def test_pages_of_both_sorts_of_pairs_meet(ledger: Ledger) -> None:
    moved(ledger)
    account = ledger.account("Third")
    for day in (1, 4, 7):
        ledger.row(account, date(2026, 5, day), f"-{day}00.00", f"UPI-MYNTRA-MYNTRA@YBL-{day}")
        ledger.row(account, date(2026, 5, day + 1), f"{day}00.00", "REFUND UPI-MYNTRA-MYNTRA@YBL")
    seen, cursor = [], None
    while True:
        page = ledger.facade.transfers(owner=OWNER, limit=1, cursor=cursor)
        seen += [pair.id for pair in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [pair.id for pair in pairs(ledger)]
    assert len(set(seen)) == 4


@pytest.mark.parametrize("turned", [False, True])
def test_a_purchase_turned_into_instalments_is_one_pair_whichever_row_came_first(ledger: Ledger, turned: bool) -> None:
    card = ledger.account("Card", "credit_card")
    said = [(DAY, "-30000.00", "CROMA ELECTRONICS PUNE"), (date(2026, 5, 20), "30000.00", "CROMA EMI CONVERSION-CR")]
    rows = [ledger.row(card, *each) for each in (reversed(said) if turned else said)]
    (pair,) = pairs(ledger)
    assert (pair.kind, pair.amount) == ("instalments", 30000)
    assert flows(ledger, *rows) == ["transfer", "transfer"]
    ledger.facade.reject_transfer(**WHO, transfer_id=pair.id)
    assert "expense" in flows(ledger, *rows)
    assert not any(ledger.recounted().values())


def test_a_stored_refund_stays_one_when_a_transfer_of_its_amount_arrives(ledger: Ledger) -> None:
    everyday, other = ledger.account("Everyday"), ledger.account("Other bank")
    ledger.row(everyday, date(2026, 1, 5), "-1500.00", "POS DECATHLON")
    back = ledger.row(everyday, date(2026, 3, 20), "500.00", "POS DECATHLON")
    ledger.row(other, date(2026, 3, 21), "-500.00", "IMPS TRANSFER 8827 RAMESH")
    now = ledger.facade.transaction(owner=OWNER, transaction_id=back.id)
    assert (back.flow, now.flow, now.category) == ("refund", "refund", back.category)


def test_a_refund_of_long_ago_is_found_whatever_else_its_page_shows(ledger: Ledger) -> None:
    account = ledger.account()
    lines = ["2020-01-05,SWIGGY BANGALORE,-743.00", "2020-01-11,REFUND SWIGGY BANGALORE,743.00"]
    days = [DAY + timedelta(days=number % 300) for number in range(520)]
    lines += [f"{day},SWIGGY BANGALORE,-{800 + number}.00" for number, day in enumerate(days)]
    lines += [f"{max(days)},REFUND SWIGGY BANGALORE,1319.00"]
    ledger.take("\n".join(["Date,Description,Amount", *sorted(lines)]).encode(), account)
    assert {pair.amount for pair in pairs(ledger)} == {743, 1319}


def test_money_to_one_broker_is_not_what_reached_another(ledger: Ledger) -> None:
    account = ledger.account(currency="USD")
    fidelity, vanguard = (
        ledger.facade.create_account(
            **WHO, new=NewAccount(name="Brokerage", kind="investment", currency="USD", institution=broker)
        )
        for broker in ("Fidelity", "Vanguard")
    )
    bought = ledger.row(account, DAY, "-500.00", "VANGUARD BUY INVESTMENT")
    ledger.row(fidelity, DAY + timedelta(days=1), "500.00", "DEPOSIT")
    assert (pairs(ledger), flows(ledger, bought)) == ((), ["investment"])
    reached = ledger.row(vanguard, DAY + timedelta(days=2), "500.00", "CONTRIBUTION")
    (pair,) = pairs(ledger)
    assert (pair.into.id, flows(ledger, bought, reached)) == (reached.id, ["investment", "transfer"])
