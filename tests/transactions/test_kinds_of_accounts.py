"""An account that becomes one of another kind: what its rows and other accounts' card bills mean follows."""

from datetime import date

from finapp.transactions.public import Account, AccountChanges, Transaction
from tests.transactions.ledger import OWNER, PERSON, Ledger


def flow_of(ledger: Ledger, row: Transaction) -> str:
    return ledger.facade.transaction(owner=OWNER, transaction_id=row.id).flow


def become(ledger: Ledger, account: Account, kind: str) -> None:
    changes = AccountChanges(kind=kind)  # type: ignore[arg-type]
    ledger.facade.change_account(owner=OWNER, person=PERSON, account_id=account.id, changes=changes)


def last_change(ledger: Ledger) -> str:
    return ledger.facade.changes(owner=OWNER, limit=1, cursor=None).items[0].id


def test_bills_of_an_account_that_becomes_a_card_are_no_spending_and_are_again_when_it_is_taken_back(
    ledger: Ledger,
) -> None:
    bank, card = ledger.account(), ledger.account("Plastic 4417")
    ledger.row(card, date(2026, 5, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    ledger.row(card, date(2026, 5, 8), "-1846.60", "APOLLO PHARMACY CHENNAI")
    ledger.row(card, date(2026, 6, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    ledger.row(card, date(2026, 7, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    bill = ledger.row(bank, date(2026, 6, 19), "-7000.00", "HDFC CREDIT CARD 4417")
    assert flow_of(ledger, bill) == "expense"
    version = ledger.facade.version(owner=OWNER)
    become(ledger, card, "credit_card")
    changed = last_change(ledger)
    assert flow_of(ledger, bill) == "transfer"
    assert ledger.facade.version(owner=OWNER) != version
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=changed)
    assert flow_of(ledger, bill) == "expense"
    assert not any(ledger.recounted().values())
    ledger.facade.undo_change(owner=OWNER, person=PERSON, change_id=last_change(ledger))
    assert flow_of(ledger, bill) == "transfer"


def test_the_payment_of_a_card_that_was_a_bank_account_is_paired_with_its_bill(ledger: Ledger) -> None:
    bank, card = ledger.account(), ledger.account("Plastic 4417")
    ledger.row(card, date(2026, 5, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    paid = ledger.row(card, date(2026, 5, 20), "3499.00", "PAYMENT RECEIVED - AUTOPAY THANK YOU")
    bill = ledger.row(bank, date(2026, 5, 19), "-3499.00", "HDFC CREDIT CARD 4417")
    become(ledger, card, "credit_card")
    found = [ledger.facade.transaction(owner=OWNER, transaction_id=row.id) for row in (paid, bill)]
    assert [(row.flow, row.category) for row in found] == [("transfer", "card_payment")] * 2
    assert len({row.transfer_id for row in found} - {None}) == 1


def test_a_card_that_becomes_a_bank_account_leaves_its_bill_as_spending(ledger: Ledger) -> None:
    bank, card = ledger.account(), ledger.account("Plastic 4417", kind="credit_card")
    ledger.row(card, date(2026, 5, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    ledger.row(card, date(2026, 6, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    ledger.row(card, date(2026, 7, 3), "-3499.00", "AMAZON PAY INDIA BANGALORE")
    bill = ledger.row(bank, date(2026, 6, 19), "-7000.00", "HDFC CREDIT CARD 4417")
    assert flow_of(ledger, bill) == "transfer"
    become(ledger, card, "checking")
    assert flow_of(ledger, bill) == "expense"
