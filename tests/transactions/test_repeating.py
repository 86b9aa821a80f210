"""A file that comes a second time is known by its content, as long as all it brought is there."""

from datetime import date
from decimal import Decimal

from finapp.transactions.public import Account, Import, NewImport, TransactionChanges, TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

_FILE = b"""Date,Description,Amount,Balance
2026-03-01,SALARY ACME LTD,90000.00,190000.00
2026-03-02,SWIGGY BANGALORE,-450.50,189549.50
2026-03-02,SWIGGY BANGALORE,-450.50,189099.00
2026-03-04,UBER TRIP,-120.00,188979.00
"""


def take(ledger: Ledger, account: Account | None, content: bytes = _FILE, digest: str = "same") -> Import:
    (ledger.spool / "upload").write_bytes(content)
    account_id = account.id if account is not None else None
    new = NewImport(upload="upload", filename="statement.csv", digest=digest, account_id=account_id)
    queued = ledger.facade.start_import(owner=OWNER, person=PERSON, new=new)
    return ledger.facade.import_(owner=OWNER, import_id=queued.id)


def count(ledger: Ledger) -> int:
    return ledger.facade.outline(owner=OWNER, where=TransactionFilter()).total


def test_every_row_of_a_known_file_is_known_without_reading_it(ledger: Ledger) -> None:
    account = ledger.account()
    first = take(ledger, account)
    # What lies in the spool is another file: it is never opened.
    again = take(ledger, account, b"no statement at all")
    assert (first.counts.imported, again.counts.imported, again.counts.duplicates) == (4, 0, 4)
    assert (again.status, again.account_id, again.layout) == ("done", account.id, first.layout)
    assert (again.period_first, again.period_last) == (date(2026, 3, 1), date(2026, 3, 4))
    assert again.reconciliation == first.reconciliation
    assert again.accounts[0].counts == again.counts
    assert [(row.line, row.outcome, row.reason) for row in again.rows] == [
        (line, "duplicate", "known") for line in (2, 3, 4, 5)
    ]
    assert len({row.transaction_id for row in again.rows}) == 4
    assert count(ledger) == 4


def test_a_known_file_says_what_reading_it_again_says(ledger: Ledger) -> None:
    account = ledger.account()
    take(ledger, account)
    known = take(ledger, account)
    read = take(ledger, account, digest="named otherwise")
    assert known.rows == read.rows
    assert (known.counts, known.reconciliation, known.mapping) == (read.counts, read.reconciliation, read.mapping)


def test_without_an_account_a_known_file_is_of_the_account_it_was_of(ledger: Ledger) -> None:
    first = take(ledger, None)
    again = take(ledger, None)
    assert again.account_id == first.account_id
    assert (first.account_created, again.account_created) == (True, False)
    assert again.counts.duplicates == 4


def test_for_another_account_the_file_is_read(ledger: Ledger) -> None:
    take(ledger, ledger.account())
    assert take(ledger, ledger.account("Other")).counts.imported == 4


def test_once_a_row_is_gone_the_file_is_read_again(ledger: Ledger) -> None:
    account = ledger.account()
    take(ledger, account)
    [uber] = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(query="uber"), limit=5, cursor=None).items
    ledger.facade.delete_transaction(owner=OWNER, person=PERSON, transaction_id=uber.id)
    assert take(ledger, account).counts.duplicates == 4
    assert take(ledger, account, b"no statement at all").status == "failed"


def test_once_an_amount_is_another_the_file_is_read_again(ledger: Ledger) -> None:
    account = ledger.account()
    take(ledger, account)
    [uber] = ledger.facade.transactions(owner=OWNER, where=TransactionFilter(query="uber"), limit=5, cursor=None).items
    changes = TransactionChanges(amount=Decimal("-99.00"))
    ledger.facade.change_transaction(owner=OWNER, person=PERSON, transaction_id=uber.id, changes=changes)
    assert take(ledger, account).counts.imported == 1


def test_what_was_taken_back_comes_anew(ledger: Ledger) -> None:
    account = ledger.account()
    first = take(ledger, account)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=first.id)
    assert take(ledger, account).counts.imported == 4


def test_a_known_file_that_is_taken_back_takes_nothing_with_it(ledger: Ledger) -> None:
    account = ledger.account()
    take(ledger, account)
    again = take(ledger, account)
    before = ledger.facade.account(owner=OWNER, account_id=account.id).balance
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=again.id)
    assert count(ledger) == 4
    assert ledger.facade.account(owner=OWNER, account_id=account.id).balance == before


def test_a_file_with_two_rows_on_one_line_is_known_as_well(ledger: Ledger) -> None:
    rows = "".join(
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2026030{day}<TRNAMT>-{day}.00<FITID>{day}<NAME>SHOP</STMTTRN>"
        for day in (1, 2, 3)
    )
    content = (
        "OFXHEADER:100\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKACCTFROM><ACCTID>1</BANKACCTFROM>"
        f"<BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )
    account = ledger.account()
    first = take(ledger, account, content.encode())
    again = take(ledger, account, content.encode())
    assert (first.counts.imported, again.status, again.counts.duplicates) == (3, "done", 3)
