"""A fee beside cash or money between own accounts is spending of its own; the money itself is not."""

from datetime import date
from decimal import Decimal

from finapp.transactions.public import Account, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

HEAD = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
POUNDS = HEAD + (
    "TOPUP,Current,2026-05-02 10:00:00,2026-05-02 10:00:01,Top-Up by *1234,500.00,0.00,GBP,COMPLETED,500.00\n"
    "ATM,Current,2026-05-03 10:00:00,2026-05-03 12:00:01,Cash at Barclays,-50.00,1.50,GBP,COMPLETED,448.50\n"
    "EXCHANGE,Current,2026-05-04 10:00:00,2026-05-04 10:00:01,Exchanged to EUR,-100.00,0.50,GBP,COMPLETED,348.00\n"
    "CARD_PAYMENT,Current,2026-05-05 10:00:00,2026-05-06 10:00:01,Tesco,-20.00,0.20,GBP,COMPLETED,327.80\n"
)
EUROS = HEAD + (
    "EXCHANGE,Current,2026-05-04 10:00:00,2026-05-04 10:00:01,Exchanged to EUR,116.00,0.00,EUR,COMPLETED,116.00\n"
)


def rows(ledger: Ledger, account: Account) -> dict[str, tuple[str, str]]:
    where = TransactionFilter(account_id=account.id)
    found = ledger.facade.transactions(owner=OWNER, where=where, limit=100, cursor=None).items
    return {f"{row.date} {row.amount}": (row.flow, row.category) for row in found}


def test_the_fee_is_spending_and_the_money_is_not(ledger: Ledger) -> None:
    pounds, euros = ledger.account("Pounds", currency="GBP"), ledger.account("Euros", currency="EUR")
    purse = ledger.account("Purse", kind="cash", currency="GBP")
    taken = ledger.take(POUNDS.encode(), pounds)
    assert (taken.counts.imported, taken.counts.rejected, taken.reconciliation.balanced) == (4, 0, True)  # type: ignore[union-attr]
    alone = rows(ledger, pounds)
    assert alone["2026-05-03 -1.50"] == alone["2026-05-04 -0.50"] == ("expense", "bank_fees")
    assert alone["2026-05-04 -100.00"][0] == "transfer"
    assert "2026-05-06 -20.20" in alone, "a fee on a purchase is a part of its price"
    assert ledger.facade.account(owner=OWNER, account_id=pounds.id).balance == Decimal("327.80")
    ledger.row(purse, date(2026, 5, 3), "50.00", "Cash")
    ledger.take(EUROS.encode(), euros)
    found = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=100, cursor=None).items
    paired = {str(row.amount) for row in found if row.transfer_id is not None}
    assert {"-50.00", "50.00", "-100.00", "116.00"} <= paired
    assert rows(ledger, pounds)["2026-05-03 -1.50"] == ("expense", "bank_fees")
    again = ledger.take(POUNDS.encode(), pounds)
    assert (again.counts.imported, again.counts.duplicates) == (0, 4)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id)
    kept = ledger.facade.import_(owner=OWNER, import_id=again.id)
    assert (kept.counts.imported, kept.counts.duplicates) == (4, 0), "a row in parts is one row of the file"
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=again.id)
    assert rows(ledger, pounds) == {}
    assert not any(ledger.recounted().values())
