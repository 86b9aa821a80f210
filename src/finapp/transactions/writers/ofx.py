"""OFX 2.2, a statement for each account."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

from finapp.transactions.public import Account, Transaction
from finapp.transactions.writers.book import Book

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
    "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
    "<DTSERVER>{day}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>\n"
)
_NO_XML = re.compile("[^ -\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, and what ends a line. A joiner of letters is part of their word."""
_CHECKED = {"checking": "CHECKING", "savings": "SAVINGS", "overdraft": "CREDITLINE"}


def write_ofx(book: Book) -> Iterator[bytes]:
    """The accounts that have rows, bank accounts first. FITID is the row's id; the whole text stands in MEMO."""
    day = book.as_of.strftime("%Y%m%d")
    yield _HEAD.format(day=day).encode()
    for cards, section, kind in ((False, "BANKMSGSRSV1", "STMT"), (True, "CREDITCARDMSGSRSV1", "CCSTMT")):
        begun = False
        for account in book.accounts.values():
            if (account.kind == "credit_card") is not cards:
                continue
            rows = book.rows(account.id)
            first = next(rows, None)
            if first is None:
                continue
            if not begun:
                yield f"<{section}>\n".encode()
                begun = True
            yield from _statement(replace(account, name=book.names[account.id]), first, rows, kind, day)
        if begun:
            yield f"</{section}>\n".encode()
    yield b"</OFX>\n"


def _statement(
    account: Account, first: Transaction, rows: Iterator[Transaction], kind: str, day: str
) -> Iterator[bytes]:
    # ACCTID has at most 22 characters. A name is found again when the file is imported.
    number = escape(account.number_last4 or (account.name if len(account.name) <= 22 else account.id))
    if kind == "CCSTMT":
        source = f"<CCACCTFROM><ACCTID>{number}</ACCTID></CCACCTFROM>"
    else:
        held = _CHECKED.get(account.kind, "CHECKING")
        bank = escape((account.institution or "UNKNOWN")[:9])
        ids = f"<BANKID>{bank}</BANKID><ACCTID>{number}</ACCTID><ACCTTYPE>{held}</ACCTTYPE>"
        source = f"<BANKACCTFROM>{ids}</BANKACCTFROM>"
    start = first.date.strftime("%Y%m%d")
    yield (
        f"<{kind}TRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
        f"<{kind}RS><CURDEF>{account.currency}</CURDEF>{source}"
        f"<BANKTRANLIST><DTSTART>{start}</DTSTART><DTEND>{day}</DTEND>\n"
    ).encode()
    yield _transaction(first)
    for row in rows:
        yield _transaction(row)
    yield (
        f"</BANKTRANLIST><LEDGERBAL><BALAMT>{account.balance}</BALAMT><DTASOF>{day}</DTASOF></LEDGERBAL>"
        f"</{kind}RS></{kind}TRNRS>\n"
    ).encode()


def _transaction(row: Transaction) -> bytes:
    text = _NO_XML.sub(" ", row.description)
    return (
        f"<STMTTRN><TRNTYPE>{'CREDIT' if row.amount > 0 else 'DEBIT'}</TRNTYPE>"
        f"<DTPOSTED>{row.date:%Y%m%d}</DTPOSTED><TRNAMT>{row.amount}</TRNAMT><FITID>{row.id}</FITID>"
        f"<NAME>{escape(text[:32])}</NAME><MEMO>{escape(text)}</MEMO></STMTTRN>\n"
    ).encode()
