"""What every statement layout works from, and the ways banks write amounts."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Literal

from finapp.app.demo.truth import Account, Row

ZERO = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of one account from `first` to `last`, oldest first, and the balance before them.

    `rows` may be a stream that can be read once: layouts that print totals above the rows list it first.
    """

    account: Account
    first: date
    last: date
    opening: Decimal
    rows: Iterable[Row]

    def listed(self) -> list[Row]:
        """All rows in memory."""
        return list(self.rows)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One bank's file: `lines` writes it line by line without line ends.

    `reverse` prints the newest row first, `inverted` money out as a positive amount.
    """

    name: str
    lines: Callable[[Sheet], Iterator[str]]
    suffix: str = "csv"
    encoding: str = "utf-8"
    newline: str = "\n"
    reverse: bool = False
    inverted: bool = False


def closing(sheet: Sheet, rows: Sequence[Row]) -> Decimal:
    """The balance after the last of `rows`, or the opening balance when there are none."""
    return rows[-1].balance if rows else sheet.opening


def joined(cells: Iterable[str], delimiter: str = ",", quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    """One line of delimited text, quoted where it must be (or everywhere with csv.QUOTE_ALL)."""
    cells = list(cells)
    if quoting == csv.QUOTE_MINIMAL:
        # Nearly every line needs no quotes, and joining is several times as fast as a csv writer.
        text = delimiter.join(cells)
        if '"' not in text and text.count(delimiter) == len(cells) - 1:
            return text
    line = StringIO()
    csv.writer(line, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(cells)
    return line.getvalue()


def plain(amount: Decimal) -> str:
    """1234567.50"""
    return f"{amount:.2f}"


def western(amount: Decimal) -> str:
    """1,234,567.50"""
    return f"{amount:,.2f}"


def german(amount: Decimal) -> str:
    """1.234.567,50"""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def indian(amount: Decimal) -> str:
    """12,34,567.50"""
    sign, (whole, cents) = "-" if amount < 0 else "", f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    return f"{sign}{','.join([*reversed(groups), tail])}.{cents}"


def debit(row: Row, style: Callable[[Decimal], str] = plain, empty: str = "") -> str:
    """The amount of a payment as a positive figure, `empty` for a credit."""
    return style(-row.amount) if row.amount < 0 else empty


def credit(row: Row, style: Callable[[Decimal], str] = plain, empty: str = "") -> str:
    """The amount of a credit, `empty` for a payment."""
    return style(row.amount) if row.amount >= 0 else empty
