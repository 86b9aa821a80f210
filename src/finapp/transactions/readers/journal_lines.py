"""The lines of plain-text accounting as entries: dates, wording, postings, and what each posting weighs.

Sources: beancount language syntax (postings, costs and prices, arithmetic), hledger manual (journal format), ledger 3
manual (virtual postings, lots).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from finapp.transactions.readers.amounts import DecimalMark, decimal_mark
from finapp.transactions.readers.commodities import Quantity, read_quantity
from finapp.transactions.readers.journal_comments import Comments
from finapp.transactions.readers.own_export import told, unescaped
from finapp.transactions.readers.whole import joined

_BEAN = re.compile(r'(\d{4}-\d{2}-\d{2})\s+(txn|[*!])\s+(?:"((?:[^"\\]|\\.)*)"\s*)?(?:"((?:[^"\\]|\\.)*)")?\s*(.*)')
_BEAN_OTHER = re.compile(
    r"\d{4}-\d{2}-\d{2}\s+(open|close|commodity|balance|pad|note|document|price|event|query|custom)\b"
)
_LEDGER = re.compile(r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})(?:=\S+)?(?:\s+([*!]))?(?:\s+\(([^)]*)\))?(?:\s+(.*))?")
_TAG = re.compile(r"#([\w/.-]+)")
_YEAR = re.compile(r"(?:apply )?(?:Y|year)\s*(\d{4})\s*")
_POSTING = re.compile(r"\s+(?:[*!]\s+)?((?:[^\s;]|\s(?!\s|;))+?)(?:(?:\s{2,}|\t)\s*([^;]*))?(?:;.*)?")
_BEAN_POSTING = re.compile(r"\s+(?:[*!]\s+)?([A-Z][\w-]*(?::[\w-]+)+)\s*([^;]*)(?:;.*)?")
_BEAN_METADATA = re.compile(r"\s+[a-z][\w-]*:")
_DECIMAL_MARK = re.compile(r"(?m)^decimal-mark\s+([.,])")
_NUMBER = re.compile(r"\d[\d.,]*")
_COMMENT, _END_OF_COMMENT = re.compile(r"(comment|test)\b"), re.compile(r"end (comment|test)\b")


class Posting(NamedTuple):
    """An account of an entry and what it moves; `weight` is what it counts for in the sum of the entry: its cost."""

    account: str
    quantity: Quantity | None
    weight: Quantity | None


@dataclass
class Entry:
    """A dated entry with its postings. `bad` says why it cannot be read."""

    line: int
    date: date
    pending: bool
    text: str
    payee: str | None
    postings: list[Posting] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The line of each posting."""
    bad: str | None = None
    said: Comments = field(default_factory=Comments)
    """Tags and notes."""
    told: dict[int, dict[str, str]] = field(default_factory=dict)
    """What our own export says of the rows that postings stand for, by their place; of the entry itself under -1."""


def entries(text: str, beancount: bool) -> Iterator[Entry]:
    """All entries of a journal, in the order written; those that cannot be read too."""
    lines = text.splitlines()
    decimal: DecimalMark = "." if beancount else _decimal_mark(text, lines)
    entry: Entry | None = None
    year: int | None = None
    comment = False
    for number, line in enumerate(lines, start=1):
        if not beancount and (comment or _COMMENT.match(line)):
            comment = not _END_OF_COMMENT.match(line)
            continue
        inside = entry is not None and line[:1] in (" ", "\t") and bool(line.strip())
        if entry is not None and inside:
            _add(entry, number, line, beancount, decimal)
            continue
        if entry is not None and not line.startswith((";", "#")):
            yield entry
            entry = None
        if not beancount and (named := _YEAR.fullmatch(line)):
            year = int(named[1])
        if line[:1].isdigit():
            entry = _bean_head(number, line) if beancount else _ledger_head(number, line, year)
    if entry is not None:
        yield entry


def _decimal_mark(text: str, lines: Sequence[str]) -> DecimalMark:
    """Which mark separates cents: as the journal says, else as its amounts show."""
    said = _DECIMAL_MARK.search(text)
    if said:
        return "," if said[1] == "," else "."
    behind = (re.split(r"\s{2,}|\t", line.split(";")[0].strip()) for line in lines if line[:1] in (" ", "\t"))
    numbers = (found[0] for parts in behind for part in parts[1:2] if (found := _NUMBER.search(part)))
    return decimal_mark(numbers)[0]


def _bean_head(number: int, line: str) -> Entry | None:
    match = _BEAN.match(line)
    if match is None:
        if _BEAN_OTHER.match(line):
            return None
        return Entry(number, date.min, False, line[:200], None, bad="the line is no directive of beancount")
    payee, text = (match[3], match[4]) if match[4] is not None else (None, match[3])
    text, payee = unescaped(text or ""), unescaped(payee or "")
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return Entry(number, date.min, False, text, None, bad=f"{match[1]} is not a date")
    entry = Entry(number, day, match[2] == "!", text or payee, payee or None)
    if tags := _TAG.findall(match[5].split(";")[0]):
        entry.said.tags[-1] = tags
    return entry


def _ledger_head(number: int, line: str, stated: int | None) -> Entry:
    match = _LEDGER.fullmatch(line.rstrip())
    if match is None:
        return Entry(number, date.min, False, line[:200], None, bad="the line does not begin with a date")
    text, _, comment = (part.strip() for part in (match[6] or "").partition(";"))
    year = int(match[1]) if match[1] else stated
    if year is None:
        return Entry(number, date.min, False, text, None, bad="the date has no year, and the journal names none")
    payee, bar, note = (part.strip() for part in text.partition("|"))
    try:
        day = date(year, int(match[2]), int(match[3]))
    except ValueError:
        shown = f"{year}-{match[2]}-{match[3]}"
        return Entry(number, date.min, False, text, None, bad=f"{shown} is not a date")
    entry = Entry(number, day, match[4] == "!", joined(payee, note), payee if bar else None)
    entry.said.add(-1, comment)
    return entry


def _add(entry: Entry, number: int, line: str, beancount: bool, decimal: DecimalMark) -> None:
    """Adds an indented line: a posting, or what is said of the one above."""
    if line.strip()[0] not in ";#" and not (beancount and _BEAN_METADATA.match(line)):
        match = (_BEAN_POSTING if beancount else _POSTING).fullmatch(line.rstrip())
        if match is None:
            entry.bad = entry.bad or f"the posting {line.strip()[:60]!r} cannot be read"
            return
        if not beancount and match[1][0] + match[1][-1] in ("()", "[]"):
            return  # a virtual posting keeps an envelope: no money moves
        _add_posting(entry, match[1], (match[2] or "").strip(), decimal)
        entry.lines.append(number)
    if said := told(line):
        entry.told.setdefault(len(entry.postings) - 1, {}).update(said)
        entry.text = entry.told.get(-1, {}).get("text", entry.text)
    elif not beancount:
        entry.said.add(len(entry.postings) - 1, line.partition(";")[2])


def _add_posting(entry: Entry, account: str, shown: str, decimal: DecimalMark) -> None:
    try:
        quantity, weight = read_quantity(shown, decimal)
    except ValueError:
        entry.bad = entry.bad or f"the amount {shown[:40]!r} cannot be read"
        quantity = weight = None
    entry.postings.append(Posting(account, quantity, weight))
