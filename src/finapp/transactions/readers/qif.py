"""QIF: one letter per line and `^` after each transaction. Source: Intuit's description of the format, 1999."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.transactions.domain.statement import (
    AccountHint,
    DateOrder,
    Mapping,
    NeedsMapping,
    Opening,
    RejectedRow,
    Statement,
    StatementPart,
    StatementRow,
    named_account,
)
from finapp.transactions.readers.amounts import DecimalMark, decimal_mark, read_amount
from finapp.transactions.readers.dates import Order, decide_order, read_date
from finapp.transactions.readers.hints import last4
from finapp.transactions.readers.whole import joined, statement_of
from finapp.transactions.readers.words import currency_given

_BOOKED = re.compile(r"!type:\s*(bank|cash|ccard|oth a|oth l)", re.IGNORECASE)
_KINDS = {"ccard": "credit_card", "cash": "cash"}
Entry = tuple[int, dict[str, str], str | None]
"""The line an entry starts on, its fields by letter, and the account it is of. The fields of the parts of a divided
entry are numbered: `S0`, `E0`, `$0`, `S1` ..."""
_OF_PART = "SE$"


def is_qif(head: str) -> bool:
    """Whether a file begins as QIF does."""
    return re.match(r"\s*!(type|account|option|clear)", head, re.IGNORECASE) is not None


def read_qif(text: str, country_order: DateOrder | None, given: Mapping) -> Statement | NeedsMapping:
    """The transactions of all accounts in the file, or the question which way its dates are written."""
    entries = list(_entries(text.splitlines()))
    dates = [_plain_date(fields.get("D", "")) for _, fields, _ in entries]
    decided = Order(given.date_order, 1.0, "given") if given.date_order else decide_order([dates], country_order)
    order, assumed = decided.order, decided.assumption()
    if order is None:
        message = "every date can be read as day/month or as month/day, and nothing in the file decides"
        sample = tuple((fields.get("D", ""), fields.get("T", ""), fields.get("P", "")) for _, fields, _ in entries[:5])
        return NeedsMapping(question="date_order", message=message, candidates=("dmy", "mdy"),
                            headings=("D", "T", "P"), sample=sample, mapping=given)  # fmt: skip
    decimal, _ = decimal_mark(fields.get("T", "") for _, fields, _ in entries)
    accounts: set[str | None] = {account for _, _, account in entries if account}
    rows: list[StatementRow] = []
    rejected: list[RejectedRow] = []
    openings: list[Opening] = []
    cut = entries.pop() if entries and _is_cut_off(text) else None
    if cut is not None:
        shown = " | ".join(cut[1].values())[:200]
        message = "the file ends inside this entry: it is cut off"
        rejected.append(RejectedRow(line=cut[0], code="unreadable", message=message, text=shown))
    for line, fields, account in entries:
        shown = " | ".join(fields.values())[:200]
        day = read_date(_plain_date(fields.get("D", "")), order)
        amount = read_amount(fields.get("T", fields.get("U", "")), decimal)
        if day is None or amount is None:
            code = "bad_date" if day is None else "bad_amount"
            rejected.append(RejectedRow(line=line, code=code, message=f"{code[4:]} cannot be read", text=shown))
            continue
        named = account if len(accounts) > 1 else None
        if _is_opening(fields):
            openings.append(Opening(account=named, currency=None, amount=amount.value, on=day))
            continue
        row = _row(line, day, amount.value, fields, named)
        rows.append(_with_parts(row, fields, decimal))
    currency = currency_given((), given.currency)
    hints = _hints(text, accounts or {None}, currency)
    hint = AccountHint(currency=currency) if len(hints) > 1 else next(iter(hints.values()))
    told = (assumed,) if assumed else ()
    found = statement_of("qif", rows, rejected, account=hint, warnings=told, openings=tuple(openings))
    return replace(found, accounts={name: said for name, said in hints.items() if name and len(hints) > 1})


def _hints(text: str, names: Iterable[str | None], currency: str | None) -> dict[str | None, AccountHint]:
    """What the file says of each account that it names; of the only one, None where it has no name."""
    kinds = _kinds(text.splitlines())
    return {name: _hint(name, kinds.get(name), currency) for name in names}


def _hint(name: str | None, kind: str | None, currency: str | None) -> AccountHint:
    """What the file says of one account: its kind as it is stated, else as the name tells."""
    hint = named_account(AccountHint(number_last4=last4(name), kind=kind), name, currency)
    return hint if kind is None else replace(hint, kind=kind)


def _kinds(lines: Iterable[str]) -> dict[str | None, str]:
    """The kinds of the accounts that are cards or cash, by name: as the list of accounts states them, or the type of
    the entries that follow. A file may hold accounts of several kinds, and one that names none has the kind of its
    entries."""
    kinds: dict[str | None, str] = {}
    name: str | None = None
    listed: dict[str, str] | None = None
    for line in lines:
        letter = line[:1].upper()
        if letter == "!":
            listed = {} if line.lower().startswith("!account") else None
            booked = _BOOKED.match(line)
            kind = _KINDS.get(booked[1].lower()) if booked else None
        elif listed is not None and letter != "^":
            listed.setdefault(letter, line[1:].strip())
            continue
        elif listed is not None:
            name, kind = listed.get("N", name), _KINDS.get(listed.get("T", "").lower())
            listed = {}
        else:
            continue
        if kind is not None:
            kinds[name] = kind
    return kinds


def _is_opening(fields: dict[str, str]) -> bool:
    """Whether an entry is what the account began with, written as a transfer from the account to itself."""
    return fields.get("P", "").strip().lower() == "opening balance" and fields.get("L", "").startswith("[")


def _row(line: int, day: date, amount: Decimal, fields: dict[str, str], account: str | None) -> StatementRow:
    category = fields.get("L", "")
    transfer = re.fullmatch(r"\[(.+)\].*", category)
    return StatementRow(
        line=line,
        date=day,
        amount=amount,
        description=joined(fields.get("P"), fields.get("M")),
        category_hint=None if transfer else category.split("/")[0] or None,
        transfer_hint=transfer[1] if transfer else None,
        account_hint=account,
        payee=fields.get("P"),
        status=_CLEARED.get(fields.get("C", "").upper(), "posted"),
    )


def _with_parts(row: StatementRow, fields: dict[str, str], decimal: DecimalMark) -> StatementRow:
    """The row with the parts that its entry names; as it is where they do not come to it."""
    parts = []
    for number in range(sum(name.startswith("S") for name in fields)):
        amount = read_amount(fields.get(f"${number}", ""), decimal)
        category = fields.get(f"S{number}", "")
        if amount is None:
            return row
        does: Literal["transfer"] | None = "transfer" if category.startswith("[") else None
        named = None if does else category.split("/")[0] or None
        parts.append(StatementPart(amount.value, named, fields.get(f"E{number}") or None, does))
    kept = tuple(part for part in parts if part.amount)
    if len(kept) < 2 or sum(part.amount for part in kept) != row.amount:
        return row
    return row._replace(category_hint=None, transfer_hint=None, parts=kept)


_CLEARED = {"X": "reconciled", "R": "reconciled"}


def _is_cut_off(text: str) -> bool:
    """Whether the text ends inside a line of an entry: each entry ends with `^`, and each line as a line."""
    last = text.rstrip(" \t\0\x1a").rpartition("\n")[2]
    return bool(last) and last[0] not in "^!"


def _plain_date(text: str) -> str:
    """Quicken writes 1/ 5'26 for 5 January 2026."""
    return re.sub(r"\s+", "", text).replace("'", "/")


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    fields: dict[str, str] = {}
    booked, in_account = True, False
    account: str | None = None
    start = 0
    for number, line in enumerate(lines, start=1):
        if line.startswith("!"):
            in_account = line.lower().startswith("!account")
            booked = _BOOKED.match(line) is not None
            fields = {}
        elif line.startswith("^"):
            if in_account:
                account = fields.get("N", account)
            elif booked and fields:
                yield start, fields, account
            fields = {}
        elif line.strip():
            start = start if fields else number
            letter = line[0].upper()
            if letter in _OF_PART:
                parts = sum(name.startswith("S") for name in fields) - (letter != "S")
                letter += str(parts)
            fields.setdefault(letter, line[1:].strip())
    if booked and not in_account and "D" in fields:
        yield start, fields, account
