"""OFX 1 (SGML), OFX 2 (XML) and QFX, read by one small tolerant parser: a tag ends where its value ends.

Source: Open Financial Exchange specification 1.6 and 2.2, sections 2.3 (SGML form), 11.4 (statement download).
"""

import re
from dataclasses import replace
from decimal import Decimal

from finapp.kernel.currencies import KNOWN
from finapp.transactions.domain.statement import AccountHint, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.ofx_investments import moved_by, securities
from finapp.transactions.readers.ofx_nodes import Node, parsed
from finapp.transactions.readers.whole import joined, statement_of

_KINDS = {"CREDITLINE": "loan", "SAVINGS": "savings", "CHECKING": "checking", "MONEYMRKT": "savings"}


def is_ofx(head: str) -> bool:
    """Whether a file begins as OFX does."""
    return re.search(r"OFXHEADER|<OFX>|<\?OFX", head[:2000], re.IGNORECASE) is not None


def read_ofx(text: str) -> Statement:
    """The transactions of all accounts in the file. Raises UnreadableStatement when there are none."""
    root = parsed(text)
    statements = [n for name in ("STMTRS", "CCSTMTRS", "INVSTMTRS") for n in root.all(name)]
    if not statements:
        refused = root.value("MESSAGE")
        said = f": {refused}" if refused else ""
        raise UnreadableStatement("no_rows", f"the file holds no statement of an account or a card{said}")
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    several = len(statements) > 1
    names = securities(root)
    for node in statements:
        for moved in moved_by(node, names, _currency(node), node.value("ACCTID") if several else None):
            (rejected if isinstance(moved, RejectedRow) else rows).append(moved)  # type: ignore[arg-type]
        for entry in (*node.all("STMTTRN"), *node.all("STMTTRNP")):
            row = _row(entry, node, several)
            (rejected if isinstance(row, RejectedRow) else rows).append(row)  # type: ignore[arg-type]
    first = statements[0]
    closing = None if several else _amount(next((n.value("BALAMT") for n in first.all("LEDGERBAL")), None))
    found = statement_of("ofx", rows, rejected, account=_account(first, root), closing=closing)
    return replace(found, accounts=_named(statements, root), balances=_held(statements)) if several else found


def _held(statements: list[Node]) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """What each of several accounts holds at the end, by its number."""
    ends = [
        (node.value("ACCTID"), next((n.value("BALAMT") for n in node.all("LEDGERBAL")), None)) for node in statements
    ]
    numbers = [number for number, _ in ends]
    return {number: (None, _amount(balance)) for number, balance in ends if number and numbers.count(number) == 1}


def _named(statements: list[Node], root: Node) -> dict[str, AccountHint]:
    """Each of several accounts by its number: one file may hold a bank account and a card."""
    numbers = [(node.value("ACCTID"), node) for node in statements]
    return {number: replace(_account(node, root), name=number) for number, node in numbers if number}


def _row(entry: Node, statement: Node, several: bool) -> StatementRow | RejectedRow:
    check = f"Check {entry.value('CHECKNUM')}" if entry.value("CHECKNUM") else None
    text = joined(entry.value("NAME") or entry.value("PAYEE"), entry.value("MEMO")) or joined(check)
    shown = f"{entry.value('DTPOSTED')} | {entry.value('TRNAMT')} | {text}"[:200]
    day = read_date((entry.value("DTPOSTED") or entry.value("DTTRAN") or "")[:8], "dmy")
    amount = _amount(entry.value("TRNAMT"))
    if day is None:
        return RejectedRow(line=entry.line, code="bad_date", message="DTPOSTED is not a date", text=shown)
    if amount is None:
        return RejectedRow(line=entry.line, code="bad_amount", message="TRNAMT is not an amount", text=shown)
    return StatementRow(
        line=entry.line,
        date=day,
        amount=amount,
        description=text,
        bank_id=entry.value("FITID"),
        currency=_paid_in(entry) or _currency(statement),
        original_currency=_foreign(entry),
        mcc=_mcc(entry.value("SIC")),
        account_hint=statement.value("ACCTID") if several else None,
        payee=entry.value("NAME"),
        kind=entry.value("TRNTYPE"),
        status="pending" if entry.name == "STMTTRNP" else "posted",
    )


def _amount(text: str | None) -> Decimal | None:
    """OFX allows a point or a comma before the decimals, and no thousands; some banks write them all the same."""
    if not text:
        return None
    comma = text.rfind(",") > text.rfind(".")
    found = read_amount(text, "," if comma else ".")
    return found.value if found else None


def _currency(node: Node) -> str | None:
    code = (node.value("CURDEF") or "").upper()
    return code if code in KNOWN else None


def _paid_in(entry: Node) -> str | None:
    """The currency of TRNAMT where an entry has one of its own: CURRENCY, unlike ORIGCURRENCY, says so."""
    node = next(entry.all("CURRENCY"), None)
    code = (node.value("CURSYM") or "").upper() if node else ""
    return code if code in KNOWN else None


def _foreign(entry: Node) -> str | None:
    """The currency of the purchase: only ORIGCURRENCY leaves TRNAMT in the account's own currency."""
    node = next(entry.all("ORIGCURRENCY"), None)
    code = (node.value("CURSYM") or "").upper() if node else ""
    return code if code in KNOWN else None


def _mcc(text: str | None) -> str | None:
    return text.zfill(4) if text and text.isdigit() and len(text) <= 4 else None


def _account(statement: Node, root: Node) -> AccountHint:
    kind = {"CCSTMTRS": "credit_card", "INVSTMTRS": "investment"}.get(statement.name)
    return AccountHint(
        number_last4=last4(statement.value("ACCTID")),
        institution=root.value("ORG"),
        currency=_currency(statement),
        kind=kind or _KINDS.get((statement.value("ACCTTYPE") or "").upper()),
    )
