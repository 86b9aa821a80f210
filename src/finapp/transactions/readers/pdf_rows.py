"""From the lines of a PDF to its rows: dates, wording, amounts, and the balances printed beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from statistics import median

from finapp.transactions.domain.statement import DateOrder
from finapp.transactions.readers.dates import looks_like_date, read_date
from finapp.transactions.readers.marks import BALANCE_LINE, BARE_TOTAL, OPENING, TOTAL, Side, is_pending_section
from finapp.transactions.readers.pdf_lines import Line, Printed
from finapp.transactions.readers.whole import joined
from finapp.transactions.readers.words import role_of

SAME_COLUMN = 14.0
"""Points by which right edges of one column may differ (a trailing Cr or minus moves them)."""
_LONGEST_TEXT = 4
"""Lines below its first one that the wording of a row may go on for."""
_IN_DATES = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}")
_NOISE = re.compile(
    r"(?i)\bpage \d|statement of|continued|carried|brought|www\.|computer generated|registered office|"
    r"date .*(balance|amount)"
)


@dataclass(frozen=True, kw_only=True)
class PrintedRow:
    """A row as printed: its amount without a trusted sign."""

    line: int
    date: date
    text: str
    amount: Printed
    balance: Decimal | None


Signed = list[tuple[PrintedRow, Decimal]]
"""Rows with their signed amounts."""


@dataclass
class PrintedRows:
    """All rows of a PDF in printed order, and the balances that stand in lines of their own."""

    rows: list[PrintedRow] = field(default_factory=list)
    pending: list[PrintedRow] = field(default_factory=list)
    """Those below a line that says that they are not booked yet."""
    sides: list[tuple[float, Side]] = field(default_factory=list)
    """Right edges of headings that say money out or in."""
    done: Signed = field(default_factory=list)
    """The booked rows with the signs that were found for them."""
    opening: Decimal | None = None
    closing: Decimal | None = None


@dataclass(frozen=True)
class Dated:
    """A line and where its date stands: `count` words from `skip` on; no date when `count` is 0."""

    line: Line
    skip: int
    count: int

    @property
    def shown(self) -> str:
        """The date as printed."""
        return " ".join(self.line.words[self.skip : self.skip + self.count])

    @property
    def words(self) -> Sequence[str]:
        """The words behind the date, without a value date."""
        words = self.line.words[self.skip + self.count :]
        return words[1:] if self.count and words and looks_like_date(words[0]) else words


def dated(line: Line) -> Dated:
    """Finds the date of a line: at its start, or behind a running number."""
    words = line.words
    for skip in (0, 1):
        if skip and not (words and re.fullmatch(r"\d{1,5}\.?", words[0])):
            break
        for count in (1, 2, 3, 4):
            if len(words) >= skip + count and looks_like_date(" ".join(words[skip : skip + count])):
                return Dated(line, skip, count)
    return Dated(line, 0, 0)


def printed_rows(lines: Sequence[Dated], order: DateOrder) -> PrintedRows:
    """The rows of all lines. A row without a date of its own has the date of the row above."""
    edge = _balance_edge(lines)
    found = PrintedRows()
    day: date | None = None
    waiting: tuple[int, str] | None = None  # a dated line whose amounts stand further down
    taken = found.rows
    for item in lines:
        if not item.count and not item.line.amounts and (section := _section(found, item.line)) is not None:
            taken, waiting = section, None
            continue
        own = read_date(item.shown, order) if item.count else None
        text = " ".join(item.words)
        amount, balance = _split(item.line.amounts, edge)
        moved = amount is not None and (own is not None or (balance is not None and day is not None))
        if not (moved and _names_a_payee(text)) and _takes_balance(item.line, text, found):
            day, waiting = own or day, None
            continue
        if amount is None or (own is None and day is None):
            waiting = (item.line.number, text) if own else _continued(item.line, text, found, waiting)
            day = own or day
            continue
        day = own or day
        line, before = waiting or (item.line.number, "")
        if day is not None:
            row = PrintedRow(line=line, date=day, text=joined(before, text), amount=amount, balance=balance)
            taken.append(row)
        waiting = None
    return found


def _section(found: PrintedRows, line: Line) -> list[PrintedRow] | None:
    """Where the rows below a line belong that says whether they are booked; None for any other line."""
    found.sides += [
        (right, side)
        for word, right in zip(line.words, line.rights, strict=False)
        if (side := _SIDES.get(role_of(word) or ""))
    ]
    pending = is_pending_section(line.text)
    return None if pending is None else found.pending if pending else found.rows


_SIDES: dict[str, Side] = {"debit": "debit", "credit": "credit"}


def _names_a_payee(text: str) -> bool:
    """Whether the wording says more than a balance line's: a payment at a shop named like one."""
    plain = _IN_DATES.sub("", text).strip(" :-")
    return BALANCE_LINE.fullmatch(plain) is None and BARE_TOTAL.fullmatch(plain) is None


def _takes_balance(line: Line, text: str, found: PrintedRows) -> bool:
    """Whether a line prints a balance or a total in words; keeps what it says."""
    plain = _IN_DATES.sub("", text).strip(" :-")
    if not (TOTAL.fullmatch(plain) or TOTAL.fullmatch(line.text)):
        return False
    if line.amounts and "total" not in text.lower():
        if not OPENING.match(text):
            found.closing = line.amounts[-1].value
        elif found.opening is None:
            found.opening = line.amounts[-1].value
    return True


def _continued(line: Line, text: str, found: PrintedRows, waiting: tuple[int, str] | None) -> tuple[int, str] | None:
    """Adds a line without date and amount to the wording above it, unless it belongs to the page."""
    if not text or line.amounts or _NOISE.search(text):
        return waiting
    if waiting is not None:
        return waiting[0], joined(waiting[1], text)
    if found.rows and line.number - found.rows[-1].line <= _LONGEST_TEXT:
        found.rows[-1] = replace(found.rows[-1], text=joined(found.rows[-1].text, text))
    return None


def _balance_edge(lines: Sequence[Dated]) -> float | None:
    """The right edge of the balance column: of the last amounts where a line has several."""
    rights = [item.line.amounts[-1].right for item in lines if len(item.line.amounts) > 1]
    return median(rights) if rights else None


def _split(amounts: tuple[Printed, ...], edge: float | None) -> tuple[Printed | None, Decimal | None]:
    """The amount and the balance of a line."""
    balance = next((a for a in amounts if edge is not None and abs(a.right - edge) <= SAME_COLUMN), None)
    moved = [a for a in amounts if a is not balance]
    nonzero = [a for a in moved if a.value]
    amount = nonzero[0] if len(nonzero) == 1 else moved[0] if len(moved) == 1 else None
    return amount, balance.value if balance else None
