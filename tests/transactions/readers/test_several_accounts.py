"""Files of several accounts: each row names its account, own transfers name both, and one statement becomes many."""
# ruff: noqa: E501 (lines are as long as exports are)

import io
from decimal import Decimal

import pytest

from finapp.transactions.domain.parts import Part
from finapp.transactions.domain.statement import NeedsMapping, Statement, StatementRow
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.entry import open_statement, read_statement
from finapp.transactions.readers.parts import Parts
from finapp.transactions.readers.shelf import Shelf

MINT = """"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"1/28/2026","Green Grocer","GREEN GROCER #12","54.32","debit","Groceries","Checking","",""
"1/29/2026","Acme","ACME INC PAYROLL","1000.00","credit","Paycheck","Checking","",""
"1/30/2026","To savings","TRANSFER","100.00","debit","Transfer","Checking","",""
"1/30/2026","From checking","TRANSFER","100.00","credit","Transfer","Savings","",""
"""
YNAB = """"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Checking","","01/28/2026","Green Grocer","Needs: Groceries","Needs","Groceries","weekly",$54.32,$0.00,"Cleared"
"Checking","","01/29/2026","Acme","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,"$1,000.00","Cleared"
"Checking","","01/30/2026","Transfer : Savings","","","","",$100.00,$0.00,"Cleared"
"Savings","","01/30/2026","Transfer : Checking","","","","",$0.00,$100.00,"Cleared"
"""
ACTUAL = """Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared
Checking,2026-01-28,Green Grocer,weekly,Food,-54.32,0,Cleared
Checking,2026-01-29,Acme,,Income,1000,0,Reconciled
Checking,2026-01-30,Savings,,,-100,0,Cleared
Savings,2026-01-30,Checking,,,100,0,Cleared
"""
MONARCH = """Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags
2026-01-28,Green Grocer,Groceries,Checking,GREEN GROCER #12,,-54.32,
2026-01-29,Acme,Paychecks,Checking,ACME INC PAYROLL,,1000.00,work
2026-01-30,Transfer,Transfer,Checking,XFER,,-100.00,
2026-01-30,Transfer,Transfer,Savings,XFER,,100.00,
"""
FIREFLY = """journal_id,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,destination_name,category,tags
1,Withdrawal,EUR,-54.32,,,Weekly,2026-01-28T00:00:00+01:00,Checking,Green Grocer,Groceries,
2,Deposit,EUR,1000.00,,,Salary,2026-01-29T00:00:00+01:00,Acme,Checking,Income,
3,Transfer,EUR,-100.00,,,Save,2026-01-30T00:00:00+01:00,Checking,Savings,,
"""
GNUCASH = """Date,Transaction ID,Description,Commodity/Currency,Memo,Full Account Name,Amount Num.
2026-01-28,aa01,Green Grocer,CURRENCY::EUR,,Assets:Checking,-54.32
,,,,,Expenses:Food,54.32
2026-01-29,aa02,Acme,CURRENCY::EUR,,Assets:Checking,1000.00
,,,,,Income:Salary,-1000.00
2026-01-30,aa03,Save,CURRENCY::EUR,,Assets:Checking,-100.00
,,,,,Assets:Savings,100.00
"""
BEAN = """2026-01-28 * "Green Grocer"
  Expenses:Food         54.32 EUR
  Assets:Checking
2026-01-29 * "Acme"
  Assets:Checking     1000.00 EUR
  Income:Salary
2026-01-30 * "Save"
  Assets:Checking     -100.00 EUR
  Assets:Savings
"""
LEDGER = """2026-01-28 * Green Grocer
    expenses:food        54.32 EUR
    Assets:Checking

2026-01-29 Acme
    Assets:Checking   1000.00 EUR
    income:salary

2026-01-30 Save
    Assets:Savings   100.00 EUR
    Assets:Checking
"""
NAMES_BOTH_SIDES = {
    "YNAB": YNAB, "Actual": ACTUAL, "Firefly III": FIREFLY, "GnuCash": GNUCASH, "beancount": BEAN, "ledger": LEDGER,
}  # fmt: skip
EXPORTS = {**NAMES_BOTH_SIDES, "Mint": MINT, "Monarch": MONARCH}


def read(text: str) -> Statement:
    answer = read_statement(text.encode())
    assert isinstance(answer, Statement), answer
    return answer


def by_account(text: str) -> tuple[list[Part], list[list[StatementRow]]]:
    """The parts of a file and the rows of each."""
    source = io.BytesIO(text.encode())
    parts = Parts(Shelf(io.BytesIO()))
    found = open_statement(source, Context())
    assert not isinstance(found, NeedsMapping)
    assert all(read.rows for read in parts.read(found, source))
    made = parts.made(found)
    return list(made), [[row for rows in parts.slices(number, 2) for row in rows] for number in range(len(made))]


def short(name: str | None) -> str:
    return (name or "").removeprefix("Assets:")


@pytest.mark.parametrize("name", EXPORTS)
def test_every_row_of_another_programs_export_names_its_account(name: str) -> None:
    statement = read(EXPORTS[name])
    assert statement.rejected == ()
    assert sorted((short(row.account_hint), row.amount) for row in statement.rows) == [
        ("Checking", Decimal("-100")),
        ("Checking", Decimal("-54.32")),
        ("Checking", Decimal("1000")),
        ("Savings", Decimal("100")),
    ]


@pytest.mark.parametrize("name", NAMES_BOTH_SIDES)
def test_an_own_transfer_names_the_other_account_on_both_sides(name: str) -> None:
    rows = read(EXPORTS[name]).rows
    named = {(short(row.account_hint), short(row.transfer_hint)) for row in rows if row.transfer_hint}
    assert named == {("Checking", "Savings"), ("Savings", "Checking")}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_statement_of_several_accounts_becomes_one_of_each(name: str) -> None:
    statement = read(EXPORTS[name])
    parts, rows = by_account(EXPORTS[name])
    assert sorted(short(part.statement.account.name) for part in parts) == ["Checking", "Savings"]
    plain = [row._replace(transfer_hint=None) for row in statement.rows]
    assert sorted(row._replace(transfer_hint=None) for own in rows for row in own) == sorted(plain)
    for part, own in zip(parts, rows, strict=True):
        assert {row.account_hint for row in own} == {part.statement.account.name}
        assert (part.first, part.last) == (own[0].date, own[-1].date)
        assert part.statement.account.kind == ("savings" if short(part.statement.account.name) == "Savings" else None)


def test_the_currencies_of_one_account_are_statements_of_their_own_and_refusals_go_to_the_first() -> None:
    text = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2026-01-28 10:00:00,2026-01-28 10:00:00,Shop,-5.00,0.00,EUR,COMPLETED,95.00
CARD_PAYMENT,Current,2026-01-29 10:00:00,2026-01-29 10:00:00,Store,-7.00,0.00,USD,COMPLETED,43.00
CARD_PAYMENT,Current,2026-01-30 10:00:00,2026-01-30 10:00:00,Shop,-6.00,0.00,EUR,COMPLETED,89.00
CARD_PAYMENT,Current,2026-01-31 10:00:00,,Shop,-9.00,0.00,EUR,REVERTED,
"""
    parts, _ = by_account(text)
    assert [(part.statement.account.currency, part.rows, part.rejected) for part in parts] == [
        ("EUR", 2, 1),
        ("USD", 1, 0),
    ]
    assert [part.balances.opening for part in parts] == [Decimal(100), Decimal(50)]
    assert all(part.balances.difference == 0 for part in parts)


def test_a_statement_of_one_account_is_one_part_with_its_refusals() -> None:
    (part,), (rows,) = by_account("Date,Description,Amount\n2026-01-28,Shop,-5.00\n2026-01-29,Shop,abc\n")
    assert (part.rows, part.rejected, len(rows)) == (1, 1, 1)


def test_an_account_named_with_its_number_has_its_last_digits() -> None:
    parts, _ = by_account(MONARCH.replace("Checking,", "Checking (...1234),").replace("Savings,", "2024 Card,"))
    assert [(part.statement.account.number_last4, part.statement.account.name) for part in parts] == [
        ("1234", "Checking (...1234)"),
        (None, "2024 Card"),
    ]


def test_a_transaction_between_accounts_that_are_not_the_households_is_refused_and_counted() -> None:
    for text in (
        BEAN + '2026-01-31 * "Adjust"\n  Expenses:Food  5.00 EUR\n  Equity:Adjust\n',
        LEDGER + "\n2026-01-31 Adjust\n    expenses:food   5.00 EUR\n    equity:adjust\n",
        GNUCASH + "2026-01-31,aa04,Adjust,CURRENCY::EUR,,Expenses:Food,5.00\n,,,,,Equity:Adjust,-5.00\n",
    ):
        statement = read(text)
        assert len(statement.rows) == 4
        assert [row.code for row in statement.rejected] == ["unreadable"]


def test_a_quicken_payment_to_a_shop_named_balance_by_transfer_is_a_row() -> None:
    text = "!Account\nNChecking\n^\n!Type:Bank\nD01/13/2026\nT5.00\nPOpening Balance\nL[Checking]\n^\n"
    statement = read(text + "D01/14/2026\nT-10.00\nPNew Balance Store\nL[Gift Card]\n^\n")
    assert [(str(row.amount), row.transfer_hint) for row in statement.rows] == [("-10.00", "Gift Card")]


_OF_TWO_OFX = """OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>00012345678<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260109<TRNAMT>-50.00<FITID>1<NAME>SHOP</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>150.00<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS>
<STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>00099998888<ACCTTYPE>SAVINGS</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260110<TRNAMT>5.00<FITID>2<NAME>INTEREST</STMTTRN></BANKTRANLIST>
<LEDGERBAL><BALAMT>1005.00<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


def _camt_of(iban: str, opening: str, amount: str, closing: str) -> str:
    def balance(code: str, value: str) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{value}</Amt>"
            "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        )

    return (
        f"<Stmt><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>{balance('OPBD', opening)}"
        f"{balance('CLBD', closing)}<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        "<BookgDt><Dt>2026-01-09</Dt></BookgDt><AddtlNtryInf>PAY</AddtlNtryInf></Ntry></Stmt>"
    )


_OF_TWO_CAMT = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    + _camt_of("DE02120300000000205678", "200.00", "50.00", "250.00")
    + _camt_of("DE02120300000000208888", "1000.00", "5.00", "1005.00")
    + "</BkToCstmrStmt></Document>"
)
_OF_TWO_MT940 = "\n".join(
    f":20:STARTUMS\n:25:12030000/{number}\n:28C:00001/001\n:60F:C251231EUR{opening}\n"
    f":61:2601090109CR{amount}N062NONREF\n:86:166?00GUTSCHRIFT?20PAY\n:62F:C260131EUR{closing}\n-"
    for number, opening, amount, closing in (
        ("0000205678", "200,00", "50,00", "250,00"),
        ("0000208888", "1000,00", "5,00", "1005,00"),
    )
)


@pytest.mark.parametrize(
    ("content", "closing"),
    [
        (_OF_TWO_OFX, ["150.00", "1005.00"]),
        (_OF_TWO_CAMT, ["250.00", "1005.00"]),
        (_OF_TWO_MT940, ["250.00", "1005.00"]),
    ],
)
def test_each_of_several_accounts_keeps_its_balances(content: str, closing: list[str]) -> None:
    parts, _ = by_account(content)
    assert [part.balances.closing for part in parts] == [Decimal(each) for each in closing]
    assert [part.balances.difference for part in parts] == [0, 0]
    assert [part.statement.account.number_last4 for part in parts] == ["5678", "8888"]


TWO_ACCOUNTS = {
    "named": "Account,Date,Description,Amount\nMain,2026-09-01,Opening,1000.00\nMain,2026-09-05,Walmart,-40.10\nOther,2026-09-06,Target,-40.11\nOther,2026-09-07,Salary ACME,3000.00\n",
    "numbered": "Date,Account Number,Description,Amount,Balance\n2026-09-05,11110001,Walmart,-40.10,959.90\n2026-09-06,11110001,Target,-40.11,919.79\n2026-09-06,22220002,Aldi,-10.00,90.00\n2026-09-07,22220002,Salary ACME,3000.00,3090.00\n",
    "newest first": "Datum;IBAN;Verwendungszweck;Betrag;Saldo\n07.09.2026;DE22220002222200022222;Aldi;-10,00;3.090,00\n06.09.2026;DE22220002222200022222;Lohn;3.000,00;3.100,00\n06.09.2026;DE11110001111100011111;Netto;-40,11;919,79\n05.09.2026;DE11110001111100011111;Rewe;-40,10;959,90\n",
    "day by day": "Date,Account,Description,Debit,Credit,Balance\n2026-09-05,A,x shop,40.10,,959.90\n2026-09-05,B,y pay,,10.00,100.00\n2026-09-06,A,z shop,10.00,,949.90\n2026-09-07,B,w pay,,10.00,110.00\n",
}
OTHER_PARTIES = {
    "the balance runs on": "Date,Account Number,Description,Amount,Balance\n2026-09-05,11110001,Rent Sep,-40.10,959.90\n2026-09-06,22220002,Pay Sep,40.11,1000.01\n2026-10-06,11110001,Rent Oct,-10.00,990.01\n2026-10-07,22220002,Pay Oct,3000.00,3990.01\n",
    "one for each payee": "Date,Account Number,Payee,Description,Amount\n2026-09-05,11110001,Landlord,Rent Sep,-40.10\n2026-09-06,22220002,Acme,Pay Sep,40.11\n2026-10-06,11110001,Landlord,Rent Oct,-10.00\n2026-10-07,22220002,Acme,Pay Oct,3000.00\n",
}


@pytest.mark.parametrize("case", TWO_ACCOUNTS)
def test_a_column_of_two_accounts_makes_two(case: str) -> None:
    found = read_statement(TWO_ACCOUNTS[case].encode(), filename="x.csv")
    assert isinstance(found, Statement)
    hints = [row.account_hint for row in found.rows]
    assert sorted(map(hints.count, {*hints})) == [2, 2]
    assert None not in hints


@pytest.mark.parametrize("case", OTHER_PARTIES)
def test_the_accounts_of_other_parties_are_not_the_households(case: str) -> None:
    found = read_statement(OTHER_PARTIES[case].encode(), filename="x.csv")
    assert isinstance(found, Statement)
    assert {row.account_hint for row in found.rows} == {None}
