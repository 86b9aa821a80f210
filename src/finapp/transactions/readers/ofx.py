"""OFX 1 (SGML), OFX 2 (XML) and QFX, read by one small tolerant parser: a tag ends where its value ends.

Source: Open Financial Exchange specification 1.6 and 2.2, sections 2.3 (SGML form), 11.4 (statement download).
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from finapp.kernel.currencies import EXPONENTS
from finapp.transactions.domain.statement import AccountHint, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.whole import joined, statement_of

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]+)(?:\s[^>]*)?>([^<]*)")
_KINDS = {"CREDITLINE": "loan", "SAVINGS": "savings", "CHECKING": "checking", "MONEYMRKT": "savings"}


@dataclass
class Node:
    """An aggregate of the file: its leaf values, and the aggregates inside it."""

    name: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    inside: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """Every aggregate of that name at any depth."""
        for node in self.inside:
            if node.name == name:
                yield node
            yield from node.all(name)

    def value(self, name: str) -> str | None:
        """The first leaf of that name at any depth."""
        if name in self.values:
            return self.values[name]
        return next((found for node in self.inside if (found := node.value(name)) is not None), None)


def is_ofx(head: str) -> bool:
    """Whether a file begins as OFX does."""
    return re.search(r"OFXHEADER|<OFX>|<\?OFX", head[:2000], re.IGNORECASE) is not None


def read_ofx(text: str) -> Statement:
    """The transactions of all accounts in the file. Raises UnreadableStatement when there are none."""
    root = _parsed(text)
    statements = [n for name in ("STMTRS", "CCSTMTRS") for n in root.all(name)]
    if not statements:
        refused = root.value("MESSAGE")
        kept = "an investment account" if next(root.all("INVSTMTRS"), None) else "no statement"
        said = f": {refused}" if refused else ""
        raise UnreadableStatement("no_rows", f"the file holds {kept} and no bank account or card{said}")
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    several = len(statements) > 1
    for node in statements:
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


def _parsed(text: str) -> Node:
    if "<!DOCTYPE" in text[:4000].upper() or "<!ENTITY" in text[:4000].upper():
        raise UnreadableStatement("forbidden_content", "the file declares a DOCTYPE, which a bank's file never does")
    start = re.search(r"<OFX>", text, re.IGNORECASE)
    if start is None:
        raise UnreadableStatement("damaged", "the file has an OFX header but no content")
    if re.search(r"</OFX\s*>", text, re.IGNORECASE) is None:
        raise UnreadableStatement("truncated", "the file is cut off: its end is missing; download it again")
    root = Node("ROOT", 1)
    open_nodes = [root]
    line, at = text.count("\n", 0, start.start()) + 1, start.start()
    for match in _TAG.finditer(text, start.start()):
        line += text.count("\n", at, match.start())
        at = match.start()
        closing, name, value = match[1], match[2].upper(), html.unescape(match[3]).strip()
        if closing:
            names = [node.name for node in open_nodes]
            if name in names[1:]:
                del open_nodes[len(names) - 1 - names[::-1].index(name) :]
        elif value:
            open_nodes[-1].values.setdefault(name, value)
        elif f"</{match[2]}>" in text[match.end() : match.end() + len(name) + 8]:
            continue
        elif len(open_nodes) < 60:
            node = Node(name, line)
            open_nodes[-1].inside.append(node)
            open_nodes.append(node)
    return root


def _row(entry: Node, statement: Node, several: bool) -> StatementRow | RejectedRow:
    text = joined(entry.value("NAME") or entry.value("PAYEE"), entry.value("MEMO"))
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
    return code if code in EXPONENTS else None


def _paid_in(entry: Node) -> str | None:
    """The currency of TRNAMT where an entry has one of its own: CURRENCY, unlike ORIGCURRENCY, says so."""
    node = next(entry.all("CURRENCY"), None)
    code = (node.value("CURSYM") or "").upper() if node else ""
    return code if code in EXPONENTS else None


def _foreign(entry: Node) -> str | None:
    """The currency of the purchase: only ORIGCURRENCY leaves TRNAMT in the account's own currency."""
    node = next(entry.all("ORIGCURRENCY"), None)
    code = (node.value("CURSYM") or "").upper() if node else ""
    return code if code in EXPONENTS else None


def _mcc(text: str | None) -> str | None:
    return text.zfill(4) if text and text.isdigit() and len(text) <= 4 else None


def _account(statement: Node, root: Node) -> AccountHint:
    card = statement.name == "CCSTMTRS"
    return AccountHint(
        number_last4=last4(statement.value("ACCTID")),
        institution=root.value("ORG"),
        currency=_currency(statement),
        kind="credit_card" if card else _KINDS.get((statement.value("ACCTTYPE") or "").upper()),
    )
