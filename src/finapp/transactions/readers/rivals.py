"""Exports of other programs whose rows are not plain bank rows: Firefly III, Actual, YNAB, Wise's list of payments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finapp.transactions.domain.statement import Opening, RejectedRow, Statement, StatementRow
from finapp.transactions.readers.amounts import read_amount
from finapp.transactions.readers.dates import read_date
from finapp.transactions.readers.details import currency_code, status_of
from finapp.transactions.readers.grid import Record
from finapp.transactions.readers.merging import in_one
from finapp.transactions.readers.whole import joined, statement_of

Row = dict[str, str]


_TRANSFER = re.compile(r"Transfer ?: ?(.+)")
_PAYEE_IS_ACCOUNT = ("YNAB register", "Actual")
_OPENING, _RECONCILIATION = "opening balance", "reconciliation"
_LEAVING, _ENTERING, _BALANCING = ("withdrawal", "transfer"), ("deposit", "transfer"), (_OPENING, _RECONCILIATION)
_KINDS = {*_LEAVING, *_ENTERING, *_BALANCING}
_OWN = frozenset({"asset account", "loan", "debt", "mortgage", "liability", "default account"})
"""Firefly III's words for accounts that are the household's; its cash account stands for shops that have no name."""


def with_transfers(statement: Statement) -> Statement:
    """Names the other account of an own transfer in the exports that print it as the payee of a row."""
    if statement.layout not in _PAYEE_IS_ACCOUNT:
        return statement
    accounts = {row.account_hint for row in statement.rows}

    def other_account(row: StatementRow) -> str | None:
        payee = row.payee or ""
        match = _TRANSFER.fullmatch(payee)
        if match:
            return match[1]
        return payee if payee in accounts and payee != row.account_hint and row.category_hint is None else None

    return replace(statement, rows=tuple(row._replace(transfer_hint=other_account(row)) for row in statement.rows))


def is_firefly(headings: list[str]) -> bool:
    """Whether headings are those of Firefly III's transaction export."""
    return {"journal_id", "source_name", "destination_name", "amount", "type"} <= {h.strip().lower() for h in headings}


def read_firefly(found: list[Record]) -> Statement:
    """Withdrawals and deposits of the household's accounts; a transfer is a row in each of its two accounts, and so is
    what is paid to a loan or comes from one. Opening balances open their accounts."""
    groups: dict[tuple[str, str, str], list[tuple[StatementRow, str]]] = {}
    rejected: list[RejectedRow] = []
    openings: list[Opening] = []
    own = _own_names(found)
    for line, row in as_dicts(found):
        day, amount = read_date(row.get("date", "")[:10], "ymd"), read_amount(row.get("amount", ""), ".")
        kind = row.get("type", "").lower()
        if day is None or amount is None or kind not in _KINDS:
            code = "bad_date" if day is None else "bad_amount" if amount is None else "unreadable"
            message = (
                f"{kind or 'no type'} is no kind of transaction"
                if code == "unreadable"
                else f"{code[4:]} cannot be read"
            )
            rejected.append(RejectedRow(line=line, code=code, message=message, text=" | ".join(row.values())[:200]))
            continue
        sides = list(_sides(line, day, abs(amount.value), row, own))
        if kind == _OPENING:
            openings += [Opening(account=s.account_hint, currency=s.currency, amount=s.amount, on=day) for s in sides]
        else:
            for side in sides:
                key = row.get("group_id") or f"line {line}", side.account_hint or "", kind
                groups.setdefault(key, []).append((side, row.get("group_title", "")))
    rows = [row for group in groups.values() for row in _of_group(group)]
    return statement_of("csv", rows, rejected, layout="Firefly III", openings=tuple(openings))


def _of_group(group: list[tuple[StatementRow, str]]) -> list[StatementRow]:
    """The row of an account that the journals of one transaction are; more than one are its parts."""
    sides = [side for side, _ in group]
    if len(sides) == 1 or len({(side.date, side.currency, side.amount < 0) for side in sides}) > 1:
        return sides
    whole = in_one(sides, group[0][1] or sides[0].payee or sides[0].description)
    ids = {side.bank_id for side in sides}
    return [whole if len(ids) == 1 else whole._replace(bank_id=None)]


def _own_names(found: list[Record]) -> frozenset[str]:
    """The accounts that money is paid from or arrives in: the household's."""
    names: set[str] = set()
    for _, row in as_dicts(found):
        kind = row.get("type", "").lower()
        names |= {row.get("source_name", "")} if kind in _LEAVING else set()
        names |= {row.get("destination_name", "")} if kind in _ENTERING else set()
    return frozenset(names - {""})


def _is_opened(row: Row, own: frozenset[str]) -> bool:
    """Whether a balance is set by what enters its account, where no type says which of the two it is: Firefly III names
    the other one after it, in the language of whoever uses it."""
    source, target = row.get("source_name", ""), row.get("destination_name", "")
    if (source in own) != (target in own):
        return target in own
    return len(target) <= len(source)


def _sides(line: int, day: date, size: Decimal, row: Row, own: frozenset[str]) -> Iterator[StatementRow]:
    """The rows of one journal: one for each of its two accounts that is the household's."""
    source, target = row.get("source_name", ""), row.get("destination_name", "")
    kind = row.get("type", "").lower()
    opened = kind in _BALANCING and _is_opened(row, own)
    leaves = _is_own(row.get("source_type", ""), kind in _LEAVING or (kind in _BALANCING and not opened))
    enters = _is_own(row.get("destination_type", ""), kind in _ENTERING or opened)
    foreign = read_amount(row.get("foreign_amount", ""), ".")
    other_size = _plain(abs(foreign.value)) if foreign else None
    currency, other = currency_code(row.get("currency_code")), currency_code(row.get("foreign_currency_code"))
    size = _plain(size)
    base = _leaving(line, day, row)._replace(
        amount=-size,
        currency=currency,
        original_amount=-other_size if other_size is not None else None,
        original_currency=other if other_size is not None else None,
        transfer_hint=target if enters else None,
        payee=None if enters else target,
    )
    if leaves:
        yield base
    if not enters:
        return
    arrived = base._replace(
        amount=size,
        original_amount=other_size,
        description=joined(source, row.get("description")),
        account_hint=target,
        transfer_hint=source if leaves else None,
        payee=None if leaves else source,
    )
    # The foreign amount of a transfer is what the account of that currency received.
    if leaves and other_size is not None and other is not None:
        arrived = arrived._replace(amount=other_size, currency=other, original_amount=size, original_currency=currency)
    yield arrived


def _leaving(line: int, day: date, row: Row) -> StatementRow:
    """What is said of a journal, seen from the account it leaves; without its money."""
    return StatementRow(
        line=line,
        date=day,
        amount=Decimal(0),
        description=joined(row.get("destination_name"), row.get("description")),
        bank_id=row.get("external_id") or None,
        category_hint=row.get("category") or None,
        account_hint=row.get("source_name", ""),
        tags=row.get("tags") or None,
        note=row.get("notes") or None,
        status="reconciled" if row.get("reconciled") == "1" else "posted",
    )


def _is_own(word: str, otherwise: bool) -> bool:
    """Whether an account is the household's: by its type where the export has one, else by the kind of the journal."""
    return word.lower() in _OWN if word else otherwise


def _plain(value: Decimal) -> Decimal:
    """A number without the zeros that fill it up to twelve decimals."""
    whole = value.normalize()
    return whole.quantize(Decimal("0.01")) if whole == whole.quantize(Decimal("0.01")) else whole


def is_actual(headings: list[str]) -> bool:
    """Whether headings are those of an export of Actual in which splits have a column of their own."""
    return {"account", "date", "payee", "amount", "split_amount"} <= {h.strip().lower() for h in headings}


def without_wholes(found: list[Record]) -> tuple[list[Record], dict[int, Decimal]]:
    """Actual's records without those of transactions that were split, whose parts stand below them, and the amounts
    of those by the line that follows them."""
    headings = [heading.strip().lower() for heading in found[0].cells]
    amount, whole = headings.index("amount"), headings.index("split_amount")
    kept: list[Record] = []
    amounts: dict[int, Decimal] = {}
    before: Decimal | None = None
    for record in found:
        cells = record.cells
        if len(cells) > max(amount, whole) and _is_zero(cells[amount]) and not _is_zero(cells[whole]):
            said = read_amount(cells[whole], ".")
            before = said.value if said is not None else None
            continue
        if before is not None:
            amounts[record.line] = before
        before = None
        kept.append(record)
    return kept, amounts


def with_wholes(statement: Statement, amounts: dict[int, Decimal]) -> Statement:
    """The statement in which the parts of each whole that `without_wholes` left out are one row again."""
    rows: list[StatementRow] = []
    at, found = 0, statement.rows
    while at < len(found):
        whole = amounts.get(found[at].line)
        count = 1 if whole is None else _parts_of(found[at : at + _MOST_PARTS], whole)
        taken = list(found[at : at + count])
        at += count
        if count > 1:
            plain = [row._replace(description=_ACTUAL_PART.sub("", row.description).strip()) for row in taken]
            taken = [in_one(plain, plain[0].payee or plain[0].description)]
        rows += taken
    return replace(statement, rows=tuple(rows))


_MOST_PARTS = 200
_ACTUAL_PART = re.compile(r"\(split \d+ of \d+\) ?", re.IGNORECASE)


def _parts_of(rows: Sequence[StatementRow], whole: Decimal) -> int:
    """How many of the first rows, of one day and account, come to a whole; 1 where none do."""
    sum_of = Decimal(0)
    for count, row in enumerate(rows, start=1):
        if (row.date, row.account_hint) != (rows[0].date, rows[0].account_hint):
            return 1
        sum_of += row.amount
        if sum_of == whole and count > 1:
            return count
    return 1


def _is_zero(cell: str) -> bool:
    found = read_amount(cell, ".")
    return found is None or not found.value


def is_wise_list(headings: list[str]) -> bool:
    """Whether headings are those of Wise's list of payments in all currencies."""
    found = {h.strip().lower() for h in headings}
    return {"direction", "source amount (after fees)", "source currency", "target amount (after fees)"} <= found


def read_wise_list(found: list[Record]) -> Statement:
    """What left and what arrived, each in its own currency: the fee is taken from the source on top of its amount."""
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    for line, row in as_dicts(found):
        refusal, status = status_of(row.get("status", ""))
        day = read_date(row.get("finished on") or row.get("created on", ""), "ymd")
        sides = [] if day is None else list(_wise_sides(line, day, row, status))
        if refusal is None and not sides:
            code = "bad_date" if day is None else "bad_amount"
            refusal = code, f"{code[4:]} cannot be read"
        if refusal is None:
            rows += sides
            continue
        text = " | ".join(row.values())[:200]
        rejected.append(RejectedRow(line=line, code=refusal[0], message=refusal[1], text=text))
    return statement_of("csv", rows, rejected, layout="Wise")


def _wise_sides(line: int, day: date, row: Row, status: str) -> Iterator[StatementRow]:
    sent, got = (read_amount(row.get(f"{side} amount (after fees)", ""), ".") for side in ("source", "target"))
    fees = [read_amount(row.get(f"{side} fee amount", ""), ".") for side in ("source", "target")]
    charged = [fee.value if fee else Decimal(0) for fee in fees]
    direction = row.get("direction", "").upper()
    currencies = [currency_code(row.get(f"{side} currency")) for side in ("source", "target")]
    base = StatementRow(
        line=line,
        date=day,
        amount=Decimal(0),
        description=joined(row.get("target name"), row.get("reference")),
        bank_id=row.get("id") or None,
        category_hint=row.get("category") or None,
        payee=row.get("target name") or None,
        status=status,
    )
    if sent is not None and direction in ("OUT", "NEUTRAL"):
        abroad = got is not None and currencies[0] != currencies[1] and direction == "OUT"
        yield base._replace(
            amount=-(sent.value + charged[0]),
            currency=currencies[0],
            original_amount=-got.value if got is not None and abroad else None,
            original_currency=currencies[1] if abroad else None,
        )
    if got is not None and direction in ("IN", "NEUTRAL"):
        who = row.get("source name", "")
        yield base._replace(
            amount=got.value - charged[1],
            currency=currencies[1],
            description=joined(who, row.get("reference")),
            payee=who or None,
        )


def as_dicts(found: list[Record]) -> Iterator[tuple[int, Row]]:
    """The records below the headings, by heading in lower case; blank ones left out."""
    headings = [heading.strip().lower() for heading in found[0].cells]
    for record in found[1:]:
        if any(cell.strip() for cell in record.cells):
            yield record.line, dict(zip(headings, (cell.strip() for cell in record.cells), strict=False))
