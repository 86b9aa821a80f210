"""Formats with named fields, spreadsheets, PDF and exports of other programs are read to the same rows."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from finapp.transactions.domain.reconciliation import reconcile
from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.formats import formats
from tests.transactions.readers.pdf_writer import pdf, table


def read(content: bytes | str, **options: object) -> Statement:
    statement = read_statement(content.encode() if isinstance(content, str) else content, **options)  # type: ignore[arg-type]
    assert isinstance(statement, Statement), statement
    return statement


def shown(statement: Statement) -> list[str]:
    return [f"{row.date} {row.amount} {row.description}" for row in statement.rows]


OFX1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260131<LANGUAGE>ENG<FI><ORG>Example Bank<FID>123</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>123456789<ACCTID>00012345678<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260101<DTEND>20260131
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260109120000[-5:EST]
<TRNAMT>-54.32
<FITID>2026010901
<NAME>GREEN GROCER &amp; SONS
<MEMO>AUSTIN TX
</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260102<TRNAMT>1000.00<FITID>2026010201<NAME>ACME PAYROLL<MEMO></STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>945.68<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def test_ofx_1_leaves_its_tags_open() -> None:
    statement = read(OFX1, filename="download.qfx")
    assert shown(statement) == ["2026-01-09 -54.32 GREEN GROCER & SONS AUSTIN TX", "2026-01-02 1000.00 ACME PAYROLL"]
    assert [row.bank_id for row in statement.rows] == ["2026010901", "2026010201"]
    assert (statement.account.number_last4, statement.account.currency) == ("5678", "USD")
    assert str(statement.closing_balance) == "945.68"


def test_ofx_2_is_xml_and_a_card_is_a_card() -> None:
    statement = read("""<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF><CCACCTFROM><ACCTID>4930********1234</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260109</DTPOSTED><TRNAMT>-54,32</TRNAMT><FITID>A1</FITID>
<PAYEE><NAME>Caf\u00e9</NAME><ADDR1></ADDR1></PAYEE><SIC>5411</SIC></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>""")
    assert shown(statement) == ["2026-01-09 -54.32 Caf\u00e9"]
    assert statement.account.kind == "credit_card"
    assert statement.rows[0].mcc == "5411"


def test_ofx_with_a_doctype_is_refused() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read('<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "b">]><OFX></OFX>')
    assert refused.value.reason == "forbidden_content"


QIF = """!Type:Bank
D1/31'26
T-54.32
PGreen Grocer
MWeekly
LFood:Groceries
^
D1/ 2'26
T1,000.00
PAcme
L[Savings]
^
"""


def test_qif_tells_transfers_from_categories() -> None:
    statement = read(QIF, filename="export.qif")
    assert shown(statement) == ["2026-01-31 -54.32 Green Grocer Weekly", "2026-01-02 1000.00 Acme"]
    assert statement.rows[0].category_hint == "Food:Groceries"
    assert statement.rows[1].transfer_hint == "Savings"


def test_qif_asks_when_dates_can_be_read_both_ways() -> None:
    answer = read_statement(b"!Type:CCard\nD01/02/2026\nT-5.00\nPShop\n^\n", filename="card.qif")
    assert isinstance(answer, NeedsMapping)
    assert answer.question == "date_order"
    statement = read(b"!Type:CCard\nD01/02/2026\nT-5.00\nPShop\n^\n", mapping=Mapping(date_order="mdy"))
    assert statement.rows[0].date == date(2026, 1, 2)


CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>ACCOUNT HOLDER</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">795.68</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-02</Dt></BookgDt><ValDt><Dt>2026-01-03</Dt></ValDt><AcctSvcrRef>R1</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Acme GmbH</Nm></Pty></Dbtr><Cdtr><Pty><Nm>ACCOUNT HOLDER</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>Gehalt</Ustrd><Ustrd>Januar</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">104.32</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-28</Dt></BookgDt><AcctSvcrRef>R2</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>R2a</AcctSvcrRef></Refs><Amt Ccy="EUR">54.32</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Nm>Gr\u00fcner Markt</Nm></Cdtr></RltdPties></TxDtls>
<TxDtls><Refs><AcctSvcrRef>R2b</AcctSvcrRef></Refs><Amt Ccy="EUR">50.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Nm>Landlord</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-01-30</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def test_camt_053_takes_the_booking_date_and_splits_a_batch_that_adds_up() -> None:
    statement = read(CAMT, filename="camt.xml")
    assert shown(statement) == ["2026-01-02 1000.00 Acme GmbH Gehalt Januar", "2026-01-28 -54.32 Gr\u00fcner Markt",
                                "2026-01-28 -50.00 Landlord", "2026-01-30 -9.00 "]  # fmt: skip
    assert [row.bank_id for row in statement.rows] == ["R1", "R2a", "R2b", None]
    assert [row.status for row in statement.rows] == ["posted", "posted", "posted", "pending"]
    assert reconcile(statement).difference == 0
    assert (str(statement.opening_balance), str(statement.closing_balance)) == ("-100.00", "795.68")
    assert statement.layout == "camt.053"


def test_camt_cut_off_or_with_a_doctype_is_refused() -> None:
    for content, reason in (
        (CAMT[:600], "damaged"),
        (CAMT.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY a "b">]>', 1), "forbidden_content"),
    ):
        with pytest.raises(UnreadableStatement) as refused:
            read(content)
        assert refused.value.reason == reason


MT940 = """:20:STARTUMS
:25:12030000/0000202051
:28C:00001/001
:60F:C251231EUR100,00
:61:2601020102CR1000,00N062NONREF
:86:166?00GUTSCHRIFT?109310?20SVWZ+Gehalt Januar?3012030000?31DE02120300000000202051?32Acme GmbH
:61:2601280128DR54,32N005NONREF//4711
:86:106?00KARTENZAHLUNG?20Gruener Markt?21Berlin?32Gruener Markt
:62F:C260131EUR1045,68
-
"""


def test_mt940_has_balances_and_structured_purpose() -> None:
    statement = read(MT940, filename="umsatz.sta")
    assert [(str(row.date), str(row.amount)) for row in statement.rows] == [
        ("2026-01-02", "1000.00"),
        ("2026-01-28", "-54.32"),
    ]
    assert "Acme GmbH" in statement.rows[0].description
    assert "Gehalt Januar" in statement.rows[0].description
    assert (str(statement.opening_balance), str(statement.closing_balance)) == ("100.00", "1045.68")
    assert statement.rows[1].bank_id == "4711"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Example Bank"])
    sheet = book.create_sheet("Statement")
    sheet.append(["Account Number", "00012345678"])
    sheet.append([])
    sheet.append(
        [
            "S No.",
            "Value Date",
            "Transaction Date",
            "Transaction Remarks",
            "Withdrawal Amount (INR )",
            "Deposit Amount (INR )",
            "Balance (INR )",
        ]
    )
    sheet.append([1, date(2026, 1, 3), date(2026, 1, 2), "ACME SALARY", None, 1000, 1000])
    sheet.append([2, date(2026, 1, 9), date(2026, 1, 9), "GREEN GROCER", 54.32, None, 945.68])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_from_the_sheet_with_the_table() -> None:
    statement = read(workbook(), filename="OpTransactionHistory.xlsx")
    assert shown(statement) == ["2026-01-02 1000.00 ACME SALARY", "2026-01-09 -54.32 GREEN GROCER"]
    assert [str(row.balance_after) for row in statement.rows] == ["1000.00", "945.68"]


def test_an_html_table_named_xls_is_read() -> None:
    statement = read(
        """<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="4">Account statement</td></tr></table>
<table border=1><tr><th>Txn Date</th><th>Narration</th><th>Debit</th><th>Credit</th><th>Balance</th></tr>
<tr><td>13/01/2026</td><td>GREEN&nbsp;GROCER<br>MUMBAI</td><td>54.32</td><td>&nbsp;</td><td>945.68</td></tr>
<tr><td>14/01/2026</td><td>ACME</td><td></td><td>100.00</td><td>1,045.68</td></tr></table></body></html>""",
        filename="statement.xls",
    )
    assert shown(statement) == ["2026-01-13 -54.32 GREEN GROCER MUMBAI", "2026-01-14 100.00 ACME"]


def test_a_cut_off_workbook_says_so() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read(workbook()[:2000], filename="a.xlsx")
    assert refused.value.reason == "damaged"


def test_an_archive_that_would_unpack_to_too_much_is_refused() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(UnreadableStatement) as refused:
        read(out.getvalue(), filename="bomb.xlsx")
    assert refused.value.reason == "too_large"


COLUMNS = [(40.0, "l"), (110.0, "l"), (360.0, "r"), (440.0, "r"), (540.0, "r")]
BANK_PDF = [
    ["Example Bank", "Statement of account 00012345678"],
    ["Date", "Particulars", "Debit", "Credit", "Balance"],
    ["", "Opening Balance", "", "", "1,000.00"],
    ["02/01/2026", "ACME SALARY", "", "500.00", "1,500.00"],
    ["", "JANUARY", "", "", ""],
    ["13/01/2026", "GREEN GROCER", "54.32", "", "1,445.68"],
    ["13/01/2026", "METRO FARE", "40.00", "", "1,405.68"],
    ["", "Closing Balance", "", "", "1,405.68"],
]


def test_a_pdf_takes_its_signs_from_the_running_balance() -> None:
    statement = read(pdf([table(BANK_PDF, COLUMNS)]))
    assert shown(statement) == [
        "2026-01-02 500.00 ACME SALARY JANUARY",
        "2026-01-13 -54.32 GREEN GROCER",
        "2026-01-13 -40.00 METRO FARE",
    ]
    assert (str(statement.opening_balance), str(statement.closing_balance)) == ("1000.00", "1405.68")


def test_a_pdf_that_does_not_reconcile_is_refused_at_the_first_break() -> None:
    broken = [[cell.replace("1,445.68", "1,444.68") for cell in row] for row in BANK_PDF]
    with pytest.raises(UnreadableStatement) as refused:
        read(pdf([table(broken, COLUMNS)]))
    assert refused.value.reason == "does_not_reconcile"
    assert "GREEN GROCER" in refused.value.message


def test_a_pdf_with_one_balance_a_day_on_two_pages_is_read() -> None:
    first = [["01 Jan 2026", "Balance brought forward", "", "", "100.00"], ["02 Jan 2026", "SHOP ONE", "10.00", "", ""],
             ["", "SHOP TWO", "20.00", "", "70.00"]]  # fmt: skip
    second = [["03 Jan 2026", "ACME", "", "50.00", ""], ["", "SHOP THREE", "5.00", "", "115.00"]]
    statement = read(pdf([table(first, COLUMNS), table(second, COLUMNS)]))
    assert shown(statement) == ["2026-01-02 -10.00 SHOP ONE", "2026-01-02 -20.00 SHOP TWO", "2026-01-03 50.00 ACME",
                                "2026-01-03 -5.00 SHOP THREE"]  # fmt: skip


def test_a_card_pdf_is_taken_when_old_balance_rows_and_new_balance_add_up() -> None:
    rows = [["Previous Balance", "", "", "", "100.00"], ["02/01/2026", "GREEN GROCER", "", "", "54.32"],
            ["15/01/2026", "PAYMENT RECEIVED", "", "", "100.00 CR"], ["New Balance", "", "", "", "54.32"]]  # fmt: skip
    statement = read(pdf([table(rows, COLUMNS)]))
    assert shown(statement) == ["2026-01-02 -54.32 GREEN GROCER", "2026-01-15 100.00 PAYMENT RECEIVED"]
    assert str(statement.closing_balance) == "-54.32"
    with pytest.raises(UnreadableStatement):
        read(pdf([table([row if row[0] != "New Balance" else [*row[:4], "60.00"] for row in rows], COLUMNS)]))


def test_a_pdf_without_text_is_refused() -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read(pdf([[]]))
    assert refused.value.reason == "no_rows"


def test_beancount_and_hledger_journals_give_rows_of_own_accounts() -> None:
    bean = """option "operating_currency" "EUR"
2026-01-01 open Assets:Bank EUR

2026-01-02 * "Acme" "Salary" #work
  Assets:Bank        1,000.00 EUR
  Income:Salary
2026-01-09 * "Green Grocer"
  id: "x"
  Expenses:Food         54.32 EUR
  Assets:Bank
2026-01-10 * "to savings"
  Assets:Bank         -100.00 EUR
  Assets:Savings       100.00 EUR
"""
    statement = read(bean)
    assert [
        f"{row.date} {row.amount} {row.account_hint} {row.category_hint} {row.transfer_hint}" for row in statement.rows
    ] == [
        "2026-01-02 1000.00 Assets:Bank Income:Salary None",
        "2026-01-09 -54.32 Assets:Bank Expenses:Food None",
        "2026-01-10 -100.00 Assets:Bank None Assets:Savings",
        "2026-01-10 100.00 Assets:Savings None Assets:Bank",
    ]
    ledger = """; a comment
2026/01/09 * (12) Green Grocer | weekly  ; note
    expenses:food        $54.32
    assets:bank checking

2026/01/10 Acme
    assets:bank checking   1,000.00 USD
    income:salary
"""
    assert shown(read(ledger)) == ["2026-01-09 -54.32 Green Grocer weekly", "2026-01-10 1000.00 Acme"]


def test_firefly_transfers_are_rows_in_both_accounts() -> None:
    statement = read("""user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,source_iban,source_type,destination_name,destination_iban,destination_type,reconciled,category,budget,bill,tags,notes
1,1,1,2026-01-09T00:00:00+00:00,2026-01-09T00:00:00+00:00,,Withdrawal,EUR,-54.320000000000,,,Weekly,2026-01-09T00:00:00+01:00,Checking,,"Asset account",Green Grocer,,"Expense account",0,Groceries,,,,
1,2,2,2026-01-02T00:00:00+00:00,2026-01-02T00:00:00+00:00,,Deposit,EUR,1000.00,,,Salary,2026-01-02T00:00:00+01:00,Acme,,"Revenue account",Checking,,"Asset account",0,Income,,,,
1,3,3,2026-01-03T00:00:00+00:00,2026-01-03T00:00:00+00:00,,Transfer,EUR,-100.00,,,Save,2026-01-03T00:00:00+01:00,Checking,,"Asset account",Savings,,"Asset account",0,,,,,
1,4,4,2026-01-01T00:00:00+00:00,2026-01-01T00:00:00+00:00,,Opening balance,EUR,5.00,,,Opening,2026-01-01T00:00:00+01:00,x,,"Initial balance account",Checking,,"Asset account",0,,,,,
""")
    assert [f"{row.amount} {row.account_hint} {row.transfer_hint} {row.payee}" for row in statement.rows] == [
        "-54.32 Checking None Green Grocer",
        "1000.00 Checking None Acme",
        "-100.00 Checking Savings None",
        "100.00 Savings Checking None",
    ]
    assert not statement.rejected
    assert [(each.account, each.amount) for each in statement.openings] == [("Checking", Decimal("5.00"))]


def test_gnucash_splits_of_own_accounts_are_rows() -> None:
    statement = read(""""Date","Transaction ID","Number","Description","Notes","Commodity/Currency","Void Reason","Action","Memo","Full Account Name","Account Name","Amount With Sym","Amount Num.","Value With Sym","Value Num.","Reconcile","Reconcile Date","Rate/Price"
"2026-01-09","aa01","","Green Grocer","","CURRENCY::EUR","","","","Assets:Checking","Checking","-54.32","-54.32","-54.32","-54.32","n","","1"
"","","","","","","","","","Expenses:Food","Food","54.32","54.32","54.32","54.32","n","","1"
"2026-01-10","aa02","","Save","","CURRENCY::EUR","","","","Assets:Checking","Checking","-100.00","-100.00","-100.00","-100.00","n","","1"
"","","","","","","","","","Assets:Savings","Savings","100.00","100.00","100.00","100.00","n","","1"
""")
    assert [
        f"{row.date} {row.amount} {row.account_hint} {row.category_hint} {row.transfer_hint}" for row in statement.rows
    ] == [
        "2026-01-09 -54.32 Assets:Checking Expenses:Food None",
        "2026-01-10 -100.00 Assets:Checking None Assets:Savings",
        "2026-01-10 100.00 Assets:Savings None Assets:Checking",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7\ngarbage", "damaged"),
        (b"PK\x03\x04" + bytes(200), "damaged"),
        (b"Date,Description,Amount\n", "no_rows"),
        (b"hello\nworld\n", "no_table"),
        (b"<?xml version='1.0'?><rss></rss>", "unknown_format"),
    ],
)
def test_what_is_no_statement_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableStatement) as refused:
        read_statement(content, filename="x")
    assert refused.value.reason == reason
    assert refused.value.status == 422


def test_every_format_has_a_name_and_endings() -> None:
    found = formats()
    assert {info.code for info in found} >= {
        "csv",
        "spreadsheet",
        "ofx",
        "qif",
        "camt",
        "mt940",
        "pdf",
        "beancount",
        "ledger",
    }
    assert all(info.name and info.extensions and info.largest > 0 for info in found)


def test_narrations_that_cannot_be_read_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UnreadableStatement):
        read(MT940.replace(":61:260128", ":61:26ZZ28 SECRET NARRATION"))
    assert "SECRET" not in caplog.text


def test_a_pdf_without_years_takes_them_from_its_period_over_a_turn_of_the_year() -> None:
    rows = [["Statement period 15 December 2025 to 14 January 2026"], ["", "Balance brought forward", "", "", "100.00"],
            ["28 Dec", "SHOP ONE", "10.00", "", "90.00"], ["02 Jan", "ACME", "", "50.00", "140.00"]]  # fmt: skip
    statement = read(pdf([table(rows, COLUMNS)]))
    assert shown(statement) == ["2025-12-28 -10.00 SHOP ONE", "2026-01-02 50.00 ACME"]
    american = [["Opening Date 12/15/2025"],
        ["Closing Date 01/14/2026"], ["", "Beginning Balance", "", "", "100.00"],
                ["12/28", "SHOP ONE", "10.00", "", "90.00"], ["01/02", "ACME", "", "50.00", "140.00"]]  # fmt: skip
    assert shown(read(pdf([table(american, COLUMNS)]), country="US")) == [
        "2025-12-28 -10.00 SHOP ONE",
        "2026-01-02 50.00 ACME",
    ]


def test_a_pdf_with_a_password_asks_for_it_refuses_a_wrong_one_and_opens_with_the_right_one() -> None:
    locked = pdf([table(BANK_PDF, COLUMNS)], password="ACCT1234")
    for password, reason in ((None, "encrypted"), ("guess", "wrong_password")):
        with pytest.raises(UnreadableStatement) as refused:
            read(locked, password=password)
        assert (refused.value.reason, refused.value.field) == (reason, "password")
    assert len(read(locked, password="ACCT1234").rows) == 3
