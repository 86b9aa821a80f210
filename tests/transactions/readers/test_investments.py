"""Investment statements of OFX: what moves money is a row, what moves shares alone is told."""

from finapp.transactions.domain.statement import Statement
from finapp.transactions.readers.entry import read_statement

BROKER = """OFXHEADER:100
DATA:OFXSGML

<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20260131<CURDEF>USD<INVACCTFROM><BROKERID>x.com<ACCTID>X123
</INVACCTFROM><INVTRANLIST><DTSTART>20260101<DTEND>20260131
<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20260130<DTSETTLE>20260201<MEMO>BOUGHT</INVTRAN>
<SECID><UNIQUEID>922908769<UNIQUEIDTYPE>CUSIP</SECID><UNITS>10<UNITPRICE>250.00<COMMISSION>1.00<TOTAL>2501.00
<SUBACCTSEC>CASH<SUBACCTFUND>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>
<INCOME><INVTRAN><FITID>2<DTTRADE>20260129<MEMO>DIVIDEND</INVTRAN><SECID><UNIQUEID>922908769<UNIQUEIDTYPE>CUSIP</SECID>
<INCOMETYPE>DIV<TOTAL>12.34<SUBACCTSEC>CASH<SUBACCTFUND>CASH</INCOME>
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260128<TRNAMT>3000.00<FITID>3<NAME>ACH IN</STMTTRN><SUBACCTFUND>CASH
</INVBANKTRAN>
<REINVEST><INVTRAN><FITID>4<DTTRADE>20260127<MEMO>REINVESTED</INVTRAN><SECID><UNIQUEID>1<UNIQUEIDTYPE>CUSIP</SECID>
<INCOMETYPE>DIV<TOTAL>-5.00<SUBACCTSEC>CASH<UNITS>0.1<UNITPRICE>50</REINVEST>
<SELLMF><INVSELL><INVTRAN><FITID>5<DTTRADE>20260126</INVTRAN><SECID><UNIQUEID>1<UNIQUEIDTYPE>CUSIP</SECID><UNITS>-1
<UNITPRICE>40<TOTAL>40.00<SUBACCTSEC>CASH<SUBACCTFUND>CASH</INVSELL><SELLTYPE>SELL</SELLMF>
</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>922908769<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>VANGUARD TOTAL<TICKER>VTI</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>
"""


def test_money_goes_out_for_a_purchase_and_comes_in_for_a_sale_or_a_dividend() -> None:
    found = read_statement(BROKER.encode(), filename="broker.qfx")
    assert isinstance(found, Statement)
    assert sorted(f"{row.date:%d} {row.amount} {row.description} {row.bank_id}" for row in found.rows) == [
        "26 40.00 Sellmf 5",
        "28 3000.00 ACH IN 3",
        "29 12.34 DIVIDEND VTI 2",
        "30 -2501.00 BOUGHT VTI 1",
    ]
    assert [(row.code, row.text) for row in found.rejected] == [("not_money", "20260127 | -5.00 | REINVESTED")]
    assert (found.account.kind, found.account.currency, found.account.number_last4) == ("investment", "USD", "123")


CHECK = """OFXHEADER:100

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>1234<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>CHECK<DTPOSTED>20260129<TRNAMT>-20.00<FITID>2<CHECKNUM>101</STMTTRN></BANKTRANLIST>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


def test_a_check_without_a_name_is_called_by_its_number() -> None:
    found = read_statement(CHECK.encode(), filename="checks.ofx")
    assert isinstance(found, Statement)
    assert [row.description for row in found.rows] == ["Check 101"]


RETURNED = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.04">
<BkToCstmrDbtCdtNtfctn>
<Ntfctn><Acct><Id><IBAN>CH1209000000123456789</IBAN></Id></Acct><Ntry><Amt Ccy="CHF">10.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-30</Dt></BookgDt><NtryDtls><TxDtls>
<Amt Ccy="CHF">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties></TxDtls>
</NtryDtls>
</Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


def test_a_payment_that_comes_back_names_who_it_was_paid_to() -> None:
    found = read_statement(RETURNED.encode(), filename="camt.xml")
    assert isinstance(found, Statement)
    assert [(str(row.amount), row.description) for row in found.rows] == [("10.00", "Shop")]
