"""Which columns of a broker's file mean what, by the words that brokers write at their heads."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from finapp.assets.public import FileKind
from finapp.kernel.errors import Invalid

_WORDS = {
    "asset": ("symbol", "tradingsymbol", "ticker", "stock name", "scrip", "scrip name", "security", "security name",
              "security contract description", "stock", "product", "produkt", "scheme", "scheme name", "fund",
              "fund name", "investment name", "asset", "instrument", "name", "isin"),
    "date": ("trade date", "date", "transaction date", "nav date", "order date", "purchase date", "run date",
             "activity date", "execution date", "execution date and time", "date time", "datum", "time", "timestamp"),
    "side": ("side", "buy sell", "buy b sell s", "trade type", "transaction type", "action", "trans code", "type"),
    "quantity": ("quantity", "qty", "units", "shares", "no of units", "no of shares", "number of shares", "aantal",
                 "anzahl"),
    "price": ("gross rate trade price per unit", "gross rate per unit", "gross rate", "price", "rate", "nav", "close",
              "closing price", "unit price", "trade price", "t price", "share price", "price share", "price per share",
              "net asset value", "net rate", "net rate per unit", "average price", "koers", "kurs", "ltp"),
    "amount": ("amount", "principal amount", "trade money", "local value", "lokale waarde", "value", "cost", "total",
               "consideration", "gross amount", "trade value", "net total before levies", "proceeds"),
    "currency": ("currency price share", "currency", "ccy", "currency primary"),
    "status": ("order status", "status"),
    "holding": ("asset category", "asset class"),
    "row_of": ("data discriminator",),
}  # fmt: skip
_FEES = frozenset((
    "fees", "fee", "charges", "brokerage", "commission", "stt", "gst", "igst", "cgst", "sgst", "stamp duty", "tax",
    "taxes", "other charges", "commissions and fees", "fees comm", "comm fee", "ib commission", "transaction charges",
    "exchange transaction charges", "sebi fees", "sebi turnover fees", "securities transaction tax",
    "transaction and or third", "transaction and or third party fees", "transactiekosten en of",
    "transactiekosten en of kosten van derden",
))  # fmt: skip
_FEES_PER_UNIT = frozenset(("brokerage per unit",))
_NEEDED: dict[FileKind, tuple[str, ...]] = {
    "holdings": ("asset", "date", "quantity"),
    "prices": ("asset", "date", "price"),
}
_UNITS = frozenset(("rs", "inr", "usd", "eur", "gbp", "in"))
"""Words at the end of a head that say in what it is counted."""
_MONTH_FIRST = frozenset(("run date", "activity date", "fees comm"))
"""Heads of brokers of the United States, whose dates begin with the month."""
HEADER_WITHIN = 30

Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table's columns are."""

    columns: Mapping[str, int]
    fees: tuple[int, ...]
    fees_per_unit: tuple[int, ...]
    month_first: bool
    """Whether its broker is known to write the month first."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows under a header, with their lines in the file."""

    layout: Layout
    rows: tuple[Numbered, ...]


def table_of(lines: Sequence[Sequence[str]], kind: FileKind) -> Table:
    """The file's table. Raises Invalid for `file`, with what is missing, when no row names what is needed.

    A statement of many sections names each row's section first and says whether it is a header or data; there the
    first section that has what is needed is the table. Rows with one text alone are notes, not rows.
    """
    numbered = list(enumerate(lines, 1))
    for line, cells in numbered:
        sectioned = len(cells) > 2 and cells[1].strip() == "Header"
        if line > HEADER_WITHIN and not sectioned:
            continue
        layout = _layout(cells, kind)
        if layout is not None:
            rows = _section(numbered[line:], cells) if sectioned else iter(numbered[line:])
            return Table(layout=layout, rows=tuple(row for row in rows if _is_filled(row[1])))
    raise Invalid("file", _missing(numbered[:HEADER_WITHIN], kind))


def words(text: str) -> str:
    """A head or a cell as plain lower-case words: `TradeDate`, `Trade Date` and `trade_date` are one."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return re.sub(r"[\W_]+", " ", parted).strip().lower()


def _section(numbered: Sequence[Numbered], header: Sequence[str]) -> Iterator[Numbered]:
    for line, cells in numbered:
        if len(cells) > 2 and cells[0] == header[0]:
            if cells[1].strip() == "Header":
                return
            if cells[1].strip() == "Data":
                yield line, cells


def _is_filled(cells: Sequence[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) > 1


def _layout(cells: Sequence[str], kind: FileKind) -> Layout | None:
    heads = [_head(cell) for cell in cells]
    columns = _columns(heads)
    if any(name not in columns for name in _NEEDED[kind]):
        return None
    beside = columns.get("price", len(heads)) + 1
    if "currency" not in columns and beside < len(heads) and not heads[beside]:
        columns["currency"] = beside  # a price is followed by its currency, which has no head of its own
    return Layout(
        columns=columns,
        fees=tuple(at for at, head in enumerate(heads) if head in _FEES),
        fees_per_unit=tuple(at for at, head in enumerate(heads) if head in _FEES_PER_UNIT),
        month_first=not _MONTH_FIRST.isdisjoint(heads),
    )


def _head(text: str) -> str:
    parts = words(text).split()
    while len(parts) > 1 and parts[-1] in _UNITS:
        parts.pop()
    return " ".join(parts)


def _columns(heads: Sequence[str]) -> dict[str, int]:
    found = {name: next((heads.index(word) for word in known if word in heads), None) for name, known in _WORDS.items()}
    return {name: at for name, at in found.items() if at is not None}


def _missing(numbered: Sequence[Numbered], kind: FileKind) -> str:
    """What the likeliest header lacks."""
    best: tuple[int, list[str]] = (0, list(_NEEDED[kind]))
    for line, cells in numbered:
        columns = _columns([_head(cell) for cell in cells])
        lacking = [name for name in _NEEDED[kind] if name not in columns]
        if len(lacking) < len(best[1]):
            best = line, lacking
    line, lacking = best
    if not line:
        return f"no row names the columns {', '.join(_NEEDED[kind])}"
    return f"line {line} heads a table, but without a column for {' and '.join(lacking)}{_hint(lacking, kind)}"


def _hint(lacking: Sequence[str], kind: FileKind) -> Literal["", ": what is held can be entered only by its purchases"]:
    return ": what is held can be entered only by its purchases" if kind == "holdings" and "date" in lacking else ""
