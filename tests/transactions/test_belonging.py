"""Which account a statement goes to, and which balance it leaves, whatever the order of imports."""

from datetime import date
from decimal import Decimal

import pytest

from finapp.transactions.domain.belonging import Candidate, Choice, choose
from finapp.transactions.domain.statement import AccountHint
from finapp.transactions.public import ImportAnswers, NewImport, Transaction, TransactionFilter
from tests.acceptance.story import statement
from tests.transactions.ledger import OWNER, PERSON, Ledger


def candidate(**said: object) -> Candidate:
    plain = {"id": "a", "kind": "checking", "currency": "INR", "institution": None, "last4": None}
    return Candidate(**{**plain, "has_rows": True, "same_export": False, **said})  # type: ignore[arg-type]


NEW, THIS, ASK = Choice(), Choice(account_id="a"), Choice(ask=("a",))


@pytest.mark.parametrize(
    ("hint", "account", "choice"),
    [
        ({}, {"has_rows": False}, THIS),
        ({}, {}, ASK),
        ({}, {"same_export": True}, ASK),
        ({}, {"same_export": True, "continued": True}, THIS),
        ({}, {"same_export": True, "has_rows": False}, THIS),
        ({}, {"same_export": True, "continued": True, "parted": True}, ASK),
        ({"number_last4": "4321"}, {"last4": "4321"}, THIS),
        ({"number_last4": "4321"}, {"last4": "9999", "same_export": True}, NEW),
        ({"number_last4": "4321"}, {}, ASK),
        ({"institution": "HDFC Bank"}, {"institution": "HDFC"}, ASK),
        ({"institution": "HDFC Bank"}, {"institution": "HDFC", "continued": True}, THIS),
        ({"institution": "Barclays"}, {"institution": "HSBC UK", "same_export": True}, NEW),
        ({"institution": "Chase", "kind": "credit_card"}, {"institution": "Chase"}, NEW),
        ({"institution": "Chase", "kind": "checking"}, {"institution": "Chase", "kind": "credit_card"}, NEW),
        ({"institution": "Chase"}, {"institution": "Chase", "kind": "credit_card"}, ASK),
        ({"currency": "USD"}, {"currency": "EUR", "same_export": True}, NEW),
        ({"name": "Assets:Bank:Savings"}, {"names": frozenset({"savings"})}, THIS),
    ],
)
def test_a_statement_goes_where_the_evidence_points(
    hint: dict[str, str], account: dict[str, object], choice: Choice
) -> None:
    assert choose(AccountHint(**hint), [candidate(**account)]) == choice


def test_without_any_account_a_new_one_is_opened() -> None:
    assert choose(AccountHint(), []) == NEW


MINT = b"""Date,Description,Original Description,Amount,Transaction Type,Category,Account Name
1/02/2026,Shop,SHOP,20.00,debit,Groceries,Everyday
1/13/2026,Cafe,CAFE,5.00,debit,Coffee Shops,Visa
1/14/2026,Acme,ACME PAYROLL,900.00,credit,Paycheck,Everyday
1/15/2026,Cafe,CAFE,5.00,debit,Coffee Shops,Visa
1/16/2026,Shop,SHOP,30.00,debit,Groceries,Everyday
"""


def held(ledger: Ledger) -> dict[str, Decimal]:
    return {account.name: account.balance for account in ledger.facade.accounts(owner=OWNER).items}


def test_a_file_of_several_accounts_fills_each_of_them(ledger: Ledger) -> None:
    done = ledger.take(MINT)
    assert (done.status, done.account_id, done.counts.imported) == ("done", None, 5)
    assert [(one.name, one.account_created, one.counts.imported) for one in done.accounts] == [
        ("Everyday", True, 3),
        ("Visa", True, 2),
    ]
    assert held(ledger) == {"Everyday": Decimal("850.00"), "Visa": Decimal("-10.00")}
    again = ledger.take(MINT)
    assert (again.counts.imported, again.counts.duplicates, len(held(ledger))) == (0, 5, 2)
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=done.id)
    assert held(ledger) == {"Everyday": Decimal("850.00"), "Visa": Decimal("-10.00")}, "the other import has the rows"
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=again.id)
    assert held(ledger) == {}


def test_a_dry_run_of_several_accounts_opens_none(ledger: Ledger) -> None:
    rehearsed = ledger.take(MINT, dry_run=True)
    assert [(one.account_id, one.counts.imported) for one in rehearsed.accounts] == [(None, 3), (None, 2)]
    assert held(ledger) == {}


def test_a_part_goes_to_the_account_of_its_name_or_of_its_rows(ledger: Ledger) -> None:
    ledger.account("visa", "credit_card")
    everyday = ledger.account("HDFC salary")
    for day, amount in ((2, "-20.00"), (14, "900.00"), (16, "-30.00")):
        ledger.row(everyday, date(2026, 1, day), amount, "AS THE BANK PRINTS IT")
    done = ledger.take(MINT)
    assert (done.counts.imported, done.counts.duplicates + done.counts.rejected) == (2, 3)
    assert sorted(held(ledger)) == ["HDFC salary", "visa"]


def test_an_unsure_account_is_asked_with_names_and_may_be_a_new_one(ledger: Ledger) -> None:
    plain = b"Date,Description,Amount\n2026-05-03,TEA,-9.00\n2026-05-13,TEA,-9.00\n"
    other = b"Date,Text,Amount,Balance\n2026-06-03,CAB,-7.00,3.00\n2026-06-13,CAB,-1.00,2.00\n"
    for name in ("First", "Second"):
        ledger.take(plain, ledger.account(name))
    asked = ledger.take(other)
    (question,) = asked.questions
    assert (asked.status, question.field) == ("needs_mapping", "account_id")
    assert [option.label for option in question.options] == ["First, INR", "Second, INR", "a new account"]
    assert question.choices == tuple(option.value for option in question.options)
    answers = ImportAnswers(account_id="new")
    done = ledger.facade.answer_import(owner=OWNER, person=PERSON, import_id=asked.id, answers=answers)
    assert (done.status, done.account_created, done.counts.imported) == ("done", True, 2)


def rows_of(ledger: Ledger) -> tuple[Transaction, ...]:
    return ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None).items


def halves() -> tuple[bytes, bytes]:
    lines = statement().split(b"\n")
    return b"\n".join(lines[:31]), b"\n".join([lines[0], *lines[31:]])


def balance(ledger: Ledger) -> list[tuple[Decimal, Decimal]]:
    return [(one.opening_balance, one.balance) for one in ledger.facade.accounts(owner=OWNER).items]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_balance_is_the_banks_whichever_half_came_first(ledger: Ledger, order: tuple[int, int]) -> None:
    for half in order:
        ledger.take(halves()[half])
    assert balance(ledger) == [(Decimal("50000.00"), Decimal("140000.00"))]


@pytest.mark.parametrize(("order", "left"), [((0, 1), "95000.00"), ((1, 0), "95000.00")])
def test_an_older_half_taken_back_leaves_the_newer_one_right(ledger: Ledger, order: tuple[int, int], left: str) -> None:
    taken = {half: ledger.take(halves()[half]).id for half in order}
    ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken[1])
    assert balance(ledger) == [(Decimal("50000.00"), Decimal(left))]


def test_a_closing_balance_printed_above_the_rows_sets_the_balance(ledger: Ledger) -> None:
    lines = (
        '"Girokonto";"DE00"',
        '"Kontostand vom 30.04.2026:";"1.234,56 €"',
        '""',
        (
            '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";'
            '"Umsatztyp";"Betrag (€)"'
        ),
        '"15.04.26";"15.04.26";"Gebucht";"A";"Vermieter";"Miete";"Ausgang";"-500,00"',
        '"20.04.26";"20.04.26";"Gebucht";"Arbeitgeber";"A";"Gehalt";"Eingang";"900,00"',
    )
    taken = ledger.take("\n".join(lines).encode(), ledger.account(currency="EUR"))
    assert taken.reconciliation is not None
    assert taken.reconciliation.opening_balance == Decimal("834.56")
    assert balance(ledger) == [(Decimal("834.56"), Decimal("1234.56"))]


def test_a_qif_file_of_a_bank_account_is_not_put_on_the_card_whose_file_came_before(ledger: Ledger) -> None:
    ledger.take(b"!Type:CCard\nD10/05/2026\nT-20.00\nPSHOP\n^\nD10/25/2026\nT-30.00\nPCAFE\n^\n")
    assert [one.kind for one in ledger.facade.accounts(owner=OWNER).items] == ["credit_card"]
    asked = ledger.take(b"!Type:Bank\nD10/01/2026\nT900.00\nPPAY\n^\nD10/14/2026\nT-700.00\nPRENT\n^\n")
    assert (asked.status, asked.questions[0].field) == ("needs_mapping", "account_id")
    more = ledger.take(b"!Type:CCard\nD11/05/2026\nT-21.00\nPSHOP\n^\nD11/25/2026\nT-31.00\nPCAFE\n^\n")
    assert (more.status, more.counts.imported, len(held(ledger))) == ("done", 2, 1)


def test_the_number_in_a_files_name_keeps_two_accounts_of_a_bank_apart(ledger: Ledger) -> None:
    head = b"Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
    one = head + b"DEBIT,10/14/2026,RENT,-700.00,ACH_DEBIT,200.00,,\nCREDIT,10/01/2026,PAY,900.00,ACH_CREDIT,900.00,,\n"
    two = head + b"CREDIT,10/15/2026,GIFT,50.00,ACH_CREDIT,80.00,,\nCREDIT,10/02/2026,GIFT,30.00,ACH_CREDIT,30.00,,\n"
    for name, content in (("Chase7782_Activity_20261101.CSV", one), ("Chase4410_Activity_20261101.CSV", two)):
        (ledger.spool / name).write_bytes(content)
        new = NewImport(upload=name, filename=name, digest="")
        started = ledger.facade.start_import(owner=OWNER, person=PERSON, new=new)
        assert ledger.facade.import_(owner=OWNER, import_id=started.id).status == "done"
    found = ledger.facade.accounts(owner=OWNER).items
    assert {account.number_last4: account.balance for account in found} == {
        "7782": Decimal("200.00"),
        "4410": Decimal("80.00"),
    }


CARD = b"""Name : THE HOLDER
Card No: 5129 67XX XXXX 4482
Statement Date: 20/11/2026,Total Dues: 0.00

Date,Transaction Description,Amount (in Rs.)
04/10/2026,AMAZON PAY INDIA BANGALORE,"1,250.00"
25/10/2026,CREDIT CARD PAYMENT Net Banking (Ref# 0001),"1,250.00 Cr"
"""


def test_a_heading_of_a_card_opens_a_card_and_its_bill_is_not_spending(ledger: Ledger) -> None:
    account = ledger.account()
    ledger.row(account, date(2026, 10, 24), "-1250.00", "IB BILLPAY DR-HDFCSI-512967XXXXXX4482")
    done = ledger.take(CARD)
    (card,) = [one for one in ledger.facade.accounts(owner=OWNER).items if one.id != account.id]
    assert (done.status, card.kind, card.number_last4, card.balance) == ("done", "credit_card", "4482", Decimal("0.00"))
    flows = [(row.flow, row.account_id == card.id) for row in rows_of(ledger)]
    assert sorted(flows) == [("expense", True), ("transfer", False), ("transfer", True)]


@pytest.mark.parametrize(
    "content",
    [
        (
            b'"Date","Transaction type","Description","Paid out","Paid in","Balance"\n'
            b'"01 Oct 2026","Bank credit","ACME SALARY","","900.00","900.00"\n'
            b'"09 Oct 2026","Cash machine withdrawal","LINK 49 MARE ST LONDON","40.00","","860.00"\n'
        ),
        (
            b"Date,Type,Description,Amount,Balance\n2026-10-01,CREDIT,ACME SALARY,900.00,900.00\n"
            b"2026-10-09,ATM,49 MARE ST,-40.00,860.00\n"
        ),
    ],
)
def test_the_banks_word_for_a_withdrawal_makes_it_cash(ledger: Ledger, content: bytes) -> None:
    assert ledger.take(content).status == "done"
    (drawn,) = [row for row in rows_of(ledger) if row.amount < 0]
    assert (drawn.category, drawn.flow) == ("cash", "transfer")


OFX = b"""OFXHEADER:100

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKACCTFROM><BANKID>1<ACCTID>100200307782<ACCTTYPE>CHECKING
</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261014<TRNAMT>-700.00<FITID>1<NAME>RENT</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1>
<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>INR<CCACCTFROM><ACCTID>5129670000009931</CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261015<TRNAMT>-20.00<FITID>2<NAME>SHOP</STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""


def test_a_card_beside_a_bank_account_in_one_ofx_file_is_a_card(ledger: Ledger) -> None:
    assert ledger.take(OFX).counts.imported == 2
    found = ledger.facade.accounts(owner=OWNER).items
    assert {(one.number_last4, one.kind) for one in found} == {("7782", "checking"), ("9931", "credit_card")}
    assert (ledger.take(OFX).counts.duplicates, len(held(ledger))) == (2, 2)


JOURNAL = b"""2026-04-30 * Opening balance
    Assets:Everyday  3000.00 INR
    Equity:Opening-Balances  -3000.00 INR

2026-05-01 * RENT
    Assets:Everyday  -1000.00 INR
    Expenses:Housing  1000.00 INR

2026-05-02 * SHOP
    Liabilities:Visa  -20.00 INR
    Expenses:Shopping  20.00 INR
"""


def test_what_opens_an_account_in_a_journal_is_its_opening_balance_and_no_row(ledger: Ledger) -> None:
    done = ledger.take(JOURNAL)
    assert (done.status, done.counts.imported) == ("done", 2)
    found = {one.name: (one.opening_balance, one.balance) for one in ledger.facade.accounts(owner=OWNER).items}
    assert found["Assets:Everyday"] == (Decimal("3000.00"), Decimal("2000.00"))
    assert found["Liabilities:Visa"] == (Decimal("0.00"), Decimal("-20.00"))
    again = ledger.take(JOURNAL)
    assert (again.counts.imported, again.counts.duplicates) == (0, 2)


FIREFLY = """journal_id,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,destination_name,category,tags
1,Withdrawal,INR,-54.32,,,Weekly,2026-01-28T00:00:00+01:00,Checking,Green Grocer,Groceries,
2,Transfer,INR,-100.00,,,Save,2026-01-30T00:00:00+01:00,Checking,Savings,,
"""  # noqa: E501  # as Firefly III writes it


def test_an_export_with_transfers_on_one_line_is_known_when_it_comes_again_with_more(ledger: Ledger) -> None:
    assert ledger.take(FIREFLY.encode()).counts.imported == 3
    more = "3,Deposit,INR,9.00,,,Gift,2026-01-31T00:00:00+01:00,Aunt,Checking,,\n"
    again = ledger.take((FIREFLY + more).encode())
    assert (again.status, again.counts.imported, again.counts.duplicates) == ("done", 1, 3)
