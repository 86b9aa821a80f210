"""Plain-text accounting: beancount and ledger/hledger journals, balanced entry by entry.

A row is an entry between its account and an account named after its category. The two rows of a transfer go over one
clearing account, which they leave at zero. The parts of a split row are one entry.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from finapp.transactions.domain.statement import CLEARING
from finapp.transactions.public import Account, Transaction
from finapp.transactions.writers.book import Book

_DEBTS = {"credit_card", "loan", "overdraft"}
_ROOTS = {
    "income": "Income",
    "expense": "Expenses",
    "transfer": "Equity:Transfers",
    "investment": "Equity:Invested",
    "debt": "Expenses:Debt",
}
_OPENING = "Equity:Opening-Balances"
_OPENED = "1900-01-01"


class _Posting(NamedTuple):
    account: str
    amount: Decimal
    currency: str
    row: Transaction | None


def write_beancount(book: Book) -> Iterator[bytes]:
    """A beancount ledger: every account it posts to opened, ids, categories and notes as metadata."""
    names = _names(book)
    said = {names[key]: (name, book.accounts[key].kind) for key, name in book.names.items()}
    opened: set[str] = set()
    yield b'option "title" "finapp"\n\n'
    for date, payee, postings in _entries(book, names):
        lines = [_open(name, said) for name in dict.fromkeys(each.account for each in postings)]
        yield "".join(line for line in lines if line not in opened).encode()
        opened.update(lines)
        tags = sorted({_tag(tag) for each in postings if each.row for tag in each.row.tags} - {""})
        yield f"{date} {_mark(postings)} {_quoted(payee)}{''.join(f' #{tag}' for tag in tags)}\n".encode()
        if whole := _whole(postings):
            yield f"  whole: {_quoted(whole)}\n".encode()
        for each in postings:
            yield f"  {each.account}  {each.amount} {each.currency}\n".encode()
            if each.row is not None:
                yield f"    id: {_quoted(each.row.id)}\n    category: {_quoted(each.row.category)}\n".encode()
                yield "".join(f'    {name}: "{_escaped(said)}"\n' for name, said in _said(each.row, payee)).encode()
        yield b"\n"


def write_ledger(book: Book) -> Iterator[bytes]:
    """A journal that ledger and hledger read, strictly too; ids and categories stand as tags in comments.

    So do the names of accounts, and texts with a mark that would end them.
    """
    names = _names(book)
    yield b"decimal-mark .\n\n"
    for account in book.accounts.values():
        yield f"; account {names[account.id]} ({account.kind}) = {_one_line(book.names[account.id])}\n".encode()
    declared: set[str] = set()
    for date, payee, postings in _entries(book, names):
        used = [each for it in postings for each in (f"commodity {it.currency}\n", f"account {it.account}\n")]
        yield "".join(line for line in dict.fromkeys(used) if line not in declared).encode()
        declared.update(used)
        text = _one_line(payee)
        yield f"\n{date} {_mark(postings)} {text.replace(';', ',').replace('|', ',')}\n".encode()
        if ";" in text or "|" in text or text.startswith(("(", "*", "!")):
            yield f"    ; text:{_escaped(text)}\n".encode()
        if whole := _whole(postings):
            yield f"    ; whole:{whole}\n".encode()
        for each in postings:
            told = f"  ; id:{each.row.id}, category:{each.row.category}" if each.row is not None else ""
            yield f"    {each.account}  {each.amount} {each.currency}{told}\n".encode()
            if each.row is not None:
                said = _said(each.row, payee)
                yield "".join(f"    ; {name}:{_escaped(value)}\n" for name, value in said).encode()


def _mark(postings: Sequence[_Posting]) -> str:
    """Whether the rows of an entry are booked."""
    return "!" if any(each.row is not None and each.row.status == "pending" for each in postings) else "*"


def _whole(postings: Sequence[_Posting]) -> str | None:
    """The id of the row that an entry has the parts of."""
    return next((each.row.split_of for each in postings if each.row is not None), None)


def _said(row: Transaction, payee: str) -> Iterator[tuple[str, str]]:
    """What is said of a row besides the text of its entry."""
    if _one_line(row.description) != _one_line(payee):
        yield "text", row.description
    if row.note:
        yield "note", row.note
    if row.tags:
        yield "tags", ", ".join(row.tags)
    if row.status == "reconciled":
        yield "status", row.status


def _open(name: str, said: Mapping[str, tuple[str, str]]) -> str:
    """The directive that opens an account; one of the household's with its name and kind."""
    directive = f"{_OPENED} open {name}\n"
    if name not in said:
        return directive
    called, kind = said[name]
    return f'{directive}  name: {_quoted(called)}\n  kind: "{kind}"\n'


def _entries(book: Book, names: dict[str, str]) -> Iterator[tuple[str, str, list[_Posting]]]:
    for day, rows in groupby(_opened(book, names), key=lambda item: item[0]):
        for _, payee, postings in rows:
            yield day, payee, postings


def _opened(book: Book, names: dict[str, str]) -> Iterator[tuple[str, str, list[_Posting]]]:
    first = True
    for day, rows in groupby(book.rows(None), key=lambda row: row.date):
        if first and book.whole:
            yield from _openings(book, names, (day - timedelta(days=1)).isoformat())
        first = False
        wholes: dict[str, list[Transaction]] = {}
        for row in rows:
            wholes.setdefault(row.split_of or row.id, []).append(row)
        for parts in wholes.values():
            yield day.isoformat(), parts[0].description, _postings(parts, book, names)
    if first and book.whole:
        yield from _openings(book, names, book.as_of.isoformat())


def _openings(book: Book, names: dict[str, str], day: str) -> Iterator[tuple[str, str, list[_Posting]]]:
    for account in book.accounts.values():
        amount = account.opening_balance
        if amount:
            here = _Posting(names[account.id], amount, account.currency, None)
            yield day, "Opening balance", [here, _Posting(_OPENING, -amount, account.currency, None)]


def _postings(parts: Sequence[Transaction], book: Book, names: dict[str, str]) -> list[_Posting]:
    first = parts[0]
    total = sum((part.amount for part in parts), Decimal(0))
    there = [_Posting(_counter(part, book), -part.amount, part.currency, part) for part in parts]
    return [_Posting(names[first.account_id], total, first.currency, None), *there]


def _counter(row: Transaction, book: Book) -> str:
    if row.transfer_id is not None:
        return CLEARING
    category = book.categories.get(row.category_id)
    kind = category.kind if category is not None else "expense"
    name = _component(row.category)
    own = f":{_component(category.name)}" if category is not None and category.id != category.code else ""
    return f"{_ROOTS[kind]}:{name}{own}"


def _names(book: Book) -> dict[str, str]:
    """Account id -> its account in the journal; equal names are told apart."""
    taken: set[str] = set()
    names = {}
    for account in book.accounts.values():
        name = _account(account)
        if name in taken:
            name = f"{name}-{account.id.upper()}"
        taken.add(name)
        names[account.id] = name
    return names


def _account(account: Account) -> str:
    return f"{'Liabilities' if account.kind in _DEBTS else 'Assets'}:{_component(account.name)}"


def _component(text: str) -> str:
    words = re.findall(r"[^\W_]+", text)
    name = "-".join(word[0].upper() + word[1:] for word in words) or "Unnamed"
    # beancount wants a Latin capital or a digit in front; behind it any letter may stand.
    return name if name[0].isascii() else f"X-{name}"


def _tag(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_/.-]+", "-", text).strip("-")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return f'"{_escaped(_one_line(text))}"'


def _escaped(text: str) -> str:
    """A text in one line, as beancount writes what stands between quotes."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n").replace("\t", "\\t")
