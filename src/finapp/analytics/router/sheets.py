"""Answers as tables of plain cells."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.analytics.public import CashFlow, CategoryFigure, CategoryTree, Merchants, Summary
from finapp.platform import workbook
from finapp.platform.workbook import Cell, write_workbook

FIGURES = ("income", "expenses", "essential", "discretionary", "debt_service", "invested", "saved")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table with a name, a head and rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def summary_sheet(found: Summary) -> Sheet:
    """One row for each figure."""
    names = (*FIGURES, "savings_rate", "transfers", "count")
    rows = tuple((name, getattr(found, name), found.currency, found.first, found.last) for name in names)
    return Sheet(name="summary", head=("figure", "amount", "currency", "from", "to"), rows=rows)


def cash_flow_sheet(found: CashFlow) -> Sheet:
    """One row for each period."""
    names = ("period", "first", "last", "complete", *FIGURES, "net", "transfers", "count")
    rows = tuple(
        (*(_plain(getattr(item, name)) for name in names), found.currency, item.transactions_query)
        for item in found.items
    )
    return Sheet(name="cashflow", head=(*names, "currency", "transactions_query"), rows=rows)


def categories_sheet(found: CategoryTree) -> Sheet:
    """One row for each category, below its parent."""
    names = ("kind", "id", "name", "amount", "share", "previous", "median", "count", "transactions_query")
    rows = tuple(
        (path, *(getattr(item, name) for name in names), found.currency) for path, item in _every(found.items, "")
    )
    return Sheet(name="categories", head=("path", *names, "currency"), rows=rows)


def merchants_sheet(found: Merchants) -> Sheet:
    """One row for each merchant."""
    visits = ("count", "per_visit", "previous_per_visit", "drift")
    names = ("merchant", "merchant_id", "amount", "currency", *visits, "share", "last_on", "transactions_query")
    rows = tuple(tuple(getattr(item, name) for name in names) for item in found.items)
    return Sheet(name="merchants", head=names, rows=rows)


def _every(items: Sequence[CategoryFigure], above: str) -> Iterator[tuple[str, CategoryFigure]]:
    for item in items:
        path = f"{above} / {item.name}" if above else item.name
        yield path, item
        yield from _every(item.children, path)


def _plain(value: object) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | Decimal | date) else None


def to_csv(sheet: Sheet) -> bytes:
    """RFC 4180, in UTF-8 with a mark, so that spreadsheets read it right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.head)
    writer.writerows([_safe(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str:
    """Text that a spreadsheet would run as a formula is marked as text; numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook; amounts are numbers, texts never formulas."""
    out = io.BytesIO()
    write_workbook(out, [workbook.Sheet(name=each.name, rows=(each.head, *each.rows)) for each in sheets])
    return out.getvalue()
