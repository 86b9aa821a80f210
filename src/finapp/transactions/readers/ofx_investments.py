"""The money that an investment statement of OFX moves; shares that come or go without money are told, not taken.

Source: Open Financial Exchange specification 2.2, section 13.9 (investment transactions): TOTAL is negative where money
leaves, and a purchase or a sale says by its name which way it went.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from finapp.transactions.domain.statement import RejectedRow, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.ofx_nodes import Node
from finapp.transactions.readers.whole import joined

_WITHOUT_MONEY = frozenset({"REINVEST", "TRANSFER", "SPLIT", "CLOSUREOPT", "JRNLSEC", "JRNLFUND"})


def securities(root: Node) -> dict[str, str]:
    """What the file calls each security, by its key: its ticker, else its name."""
    found = {}
    for node in root.all("SECINFO"):
        name = node.value("TICKER") or node.value("SECNAME")
        if (key := node.value("UNIQUEID")) and name:
            found[key] = name
    return found


def moved_by(
    statement: Node, names: Mapping[str, str], currency: str | None, account: str | None
) -> Iterator[StatementRow | RejectedRow]:
    """A row for each entry that moved money, but for those that are plain bank entries."""
    for listed in statement.all("INVTRANLIST"):
        for entry in listed.inside:
            if entry.name != "INVBANKTRAN":
                yield _row(entry, names, currency, account)


def _row(
    entry: Node, names: Mapping[str, str], currency: str | None, account: str | None
) -> StatementRow | RejectedRow:
    name = names.get(entry.value("UNIQUEID") or "", "")
    text = joined(entry.value("MEMO") or entry.name.capitalize(), name)
    shown = f"{entry.value('DTTRADE')} | {entry.value('TOTAL')} | {text}"[:200]
    if entry.name in _WITHOUT_MONEY:
        message = f"{entry.name} moves no money of the account: only amounts in a currency are taken"
        return RejectedRow(line=entry.line, code="not_money", message=message, text=shown)
    day = read_date((entry.value("DTTRADE") or entry.value("DTSETTLE") or "")[:8], "dmy")
    total = read_amount(entry.value("TOTAL") or "", ".")
    if day is None or total is None:
        code, field = ("bad_date", "DTTRADE") if day is None else ("bad_amount", "TOTAL")
        return RejectedRow(line=entry.line, code=code, message=f"{field} cannot be read", text=shown)
    return StatementRow(
        line=entry.line,
        date=day,
        amount=_signed(entry.name, total.value),
        description=text,
        bank_id=entry.value("FITID"),
        currency=currency,
        account_hint=account,
        kind=entry.name,
    )


def _signed(name: str, total: Decimal) -> Decimal:
    if name.startswith("BUY"):
        return -abs(total)
    return abs(total) if name.startswith("SELL") else total
