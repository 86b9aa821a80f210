"""Reads holdings, contract notes and price lists from delimited text."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finapp.assets.domain import holdings_cells as cells
from finapp.assets.domain.holdings_cells import DateOrder
from finapp.assets.domain.holdings_layout import Layout, Table, table_of, words
from finapp.assets.public import FileKind, FileRow
from finapp.kernel.errors import Invalid

MOST_ROWS = 50_000
NEAR = Decimal("0.005")
"""An amount stands for price times quantity when it differs by at most this part: units and prices are rounded."""
_HELD_IN_LOTS = ("stk", "stocks", "bond", "bonds", "fund", "funds", "etf", "etfs", "mutual funds", "equity", "debt")


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file understood: good rows, and the others by line with the reason."""

    rows: tuple[FileRow, ...]
    rejected: Mapping[int, str]
    date_order: DateOrder
    date_order_sure: bool


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How the cells of a file are to be read."""

    kind: FileKind
    layout: Layout
    order: DateOrder
    comma: bool

    def text(self, row: Sequence[str], name: str) -> str:
        """The cell of a named column; empty where there is none."""
        return _cell(row, self.layout.columns.get(name, len(row)))

    def number(self, row: Sequence[str], name: str) -> Decimal | None:
        """The number in a named column."""
        return cells.number(self.text(row, name), name, comma=self.comma)

    def fees(self, row: Sequence[str], quantity: Decimal | None) -> Decimal:
        """All fees of a row, positive."""
        by_unit = self._total(row, self.layout.fees_per_unit)
        return self._total(row, self.layout.fees) + by_unit * abs(quantity or Decimal(0))

    def _total(self, row: Sequence[str], columns: Sequence[int]) -> Decimal:
        found = [cells.number(_cell(row, at), "fees", comma=self.comma) for at in columns]
        return sum((abs(fee) for fee in found if fee is not None), Decimal(0))


def read_file(text: str, kind: FileKind) -> ReadFile:
    """The rows of a file. Raises Invalid for `file` when no header row names what is needed."""
    table = table_of(list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text))), kind)
    if len(table.rows) > MOST_ROWS:
        raise Invalid("file", f"has more than {MOST_ROWS} rows")
    order, sure = cells.date_order(_column(table, "date"), month_first=table.layout.month_first)
    numbers = [text for name in ("quantity", "price", "amount") for text in _column(table, name)]
    reading = _Reading(kind=kind, layout=table.layout, order=order, comma=cells.has_decimal_comma(numbers))
    rows, rejected = [], {}
    for line, row in table.rows:
        try:
            rows.append(_row(line, row, reading))
        except Invalid as refusal:
            rejected[line] = f"{refusal.field}: {refusal.message}"
    return ReadFile(rows=tuple(rows), rejected=rejected, date_order=order, date_order_sure=sure)


def _row(line: int, row: Sequence[str], reading: _Reading) -> FileRow:
    asset = reading.text(row, "asset").strip()
    if not asset:
        raise Invalid("asset", "is empty")
    price, amount = reading.number(row, "price"), reading.number(row, "amount")
    quantity = reading.number(row, "quantity")
    if reading.kind == "prices":
        if price is None or price < 0:
            raise Invalid("price", "is not a price")
    else:
        _require_trade(row, reading, quantity, price or amount)
    currency, part = cells.currency_of(reading.text(row, "currency"))
    fees = reading.fees(row, quantity)
    price = None if price is None else price * part
    units = None if quantity is None else abs(quantity)
    return FileRow(
        line=line,
        asset=asset[:200],
        date=cells.day(reading.text(row, "date"), reading.order),
        side="price" if reading.kind == "prices" else cells.side_of(reading.text(row, "side"), quantity),
        quantity=units,
        price=price,
        amount=_amount(price, units, amount, fees),
        fees=fees,
        currency=currency,
    )


def _require_trade(row: Sequence[str], reading: _Reading, quantity: Decimal | None, paid: Decimal | None) -> None:
    cells.require_done(reading.text(row, "status"))
    cells.side_of(reading.text(row, "side"), quantity)
    held = words(reading.text(row, "holding"))
    if held and held not in _HELD_IN_LOTS:
        raise Invalid("asset", f"{held!r} is nothing that is held in lots")
    if words(reading.text(row, "row_of")) not in ("", "order"):
        raise Invalid("side", "repeats a part of an order that has its own row")
    if not quantity:
        raise Invalid("quantity", "is not a quantity")
    if paid is None:
        raise Invalid("price", "is missing, and so is the amount")


def _amount(price: Decimal | None, units: Decimal | None, amount: Decimal | None, fees: Decimal) -> Decimal | None:
    """What is stated for all units; where there is a price it must be their product but for the rounding of units."""
    if amount is None or price is None or units is None:
        return None if amount is None else abs(amount)
    product = price * units
    return abs(amount) if not fees and abs(abs(amount) - product) <= product * NEAR else None


def _column(table: Table, name: str) -> list[str]:
    at = table.layout.columns.get(name)
    return [] if at is None else [_cell(row, at) for _, row in table.rows]


def _delimiter(text: str) -> str:
    sample = text[:20_000]
    return max(",;\t|", key=sample.count)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
