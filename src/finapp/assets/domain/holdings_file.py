"""Reads holdings, contract notes and price lists from delimited text."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

from finapp.assets.public import FileKind, FileRow
from finapp.kernel.errors import Invalid

_WORDS = {
    "asset": ("symbol", "scrip", "scrip name", "security", "security name", "stock", "fund", "scheme", "scheme name",
              "asset", "name", "instrument", "ticker", "isin"),
    "date": ("date", "trade date", "transaction date", "nav date", "order date", "purchase date"),
    "side": ("side", "buy/sell", "type", "trade type", "transaction type", "action"),
    "quantity": ("quantity", "qty", "units", "shares", "no of units"),
    "price": ("price", "rate", "nav", "close", "closing price", "unit price", "net rate", "average price", "ltp"),
    "amount": ("amount", "value", "cost", "total", "consideration", "gross amount", "trade value"),
    "currency": ("currency", "ccy"),
}  # fmt: skip
_FEES = (
    "fees",
    "fee",
    "charges",
    "brokerage",
    "commission",
    "stt",
    "gst",
    "stamp duty",
    "tax",
    "taxes",
    "other charges",
)
_NEEDED: dict[FileKind, tuple[str, ...]] = {
    "holdings": ("asset", "date", "quantity"),
    "prices": ("asset", "date", "price"),
}
_SELLS = {"s", "sell", "sold", "sale", "redemption", "redeem", "switch out"}
_BUYS = {"b", "buy", "bought", "purchase", "sip", "switch in", ""}
MOST_ROWS = 50_000
DateOrder = Literal["iso", "day_first", "month_first"]


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file understood: good rows, and the others by line with the reason."""

    rows: tuple[FileRow, ...]
    rejected: Mapping[int, str]
    date_order: DateOrder
    date_order_sure: bool


def read_file(text: str, kind: FileKind) -> ReadFile:
    """The rows of a file. Raises Invalid for `file` when no header row names what is needed."""
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text)))
    header = next((at for at, cells in enumerate(lines[:30]) if _columns(cells, kind) is not None), None)
    if header is None:
        raise Invalid("file", f"no row names the columns {', '.join(_NEEDED[kind])}")
    columns = _columns(lines[header], kind) or {}
    fee_columns = [at for at, cell in enumerate(lines[header]) if _plain(cell) in _FEES]
    body = [(at + 1, cells) for at, cells in enumerate(lines) if at > header and any(cell.strip() for cell in cells)]
    if len(body) > MOST_ROWS:
        raise Invalid("file", f"has more than {MOST_ROWS} rows")
    order, sure = _date_order([_cell(cells, columns["date"]) for _, cells in body])
    rows, rejected = [], {}
    for line, cells in body:
        found = {name: _cell(cells, at) for name, at in columns.items()}
        try:
            fees = sum((_number(_cell(cells, at), "fees") or Decimal(0) for at in fee_columns), Decimal(0))
            rows.append(_row(line, found, fees, kind, order))
        except Invalid as refusal:
            rejected[line] = f"{refusal.field}: {refusal.message}"
    return ReadFile(rows=tuple(rows), rejected=rejected, date_order=order, date_order_sure=sure)


def _row(line: int, found: Mapping[str, str], fees: Decimal, kind: FileKind, order: DateOrder) -> FileRow:
    asset = found["asset"].strip()
    if not asset:
        raise Invalid("asset", "is empty")
    price = _number(found.get("price", ""), "price")
    amount = _number(found.get("amount", ""), "amount")
    quantity = _number(found.get("quantity", ""), "quantity")
    side = _side(found.get("side", ""), quantity, kind)
    if kind == "prices":
        if price is None or price < 0:
            raise Invalid("price", "is not a price")
    elif not quantity:
        raise Invalid("quantity", "is not a quantity")
    elif price is None and amount is None:
        raise Invalid("price", "is missing, and so is the amount")
    return FileRow(
        line=line,
        asset=asset[:200],
        date=_day(found["date"], order),
        side=side,
        quantity=None if quantity is None else abs(quantity),
        price=price,
        amount=None if amount is None else abs(amount),
        fees=abs(fees),
        currency=found.get("currency", "").strip().upper() or None,
    )


def _side(text: str, quantity: Decimal | None, kind: FileKind) -> Literal["buy", "sell", "price"]:
    if kind == "prices":
        return "price"
    word = _plain(text)
    if word in _SELLS or (quantity is not None and quantity < 0):
        return "sell"
    if word not in _BUYS:
        raise Invalid("side", f"{text!r} is neither a purchase nor a sale")
    return "buy"


def _delimiter(text: str) -> str:
    sample = text[:20_000]
    return max(",;\t|", key=sample.count)


def _plain(text: str) -> str:
    return re.sub(r"[\s_.*()]+", " ", text).strip().lower()


def _columns(cells: Sequence[str], kind: FileKind) -> dict[str, int] | None:
    plain = [_plain(cell) for cell in cells]
    found: dict[str, int] = {}
    for name, words in _WORDS.items():
        at = next((plain.index(word) for word in words if word in plain), None)
        if at is not None:
            found[name] = at
    return found if all(name in found for name in _NEEDED[kind]) else None


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _number(text: str, field: str) -> Decimal | None:
    """A number as people write them: 1,23,456.78, 1.234,56, (450.00), a currency sign before it."""
    plain = re.sub(r"[^\d.,()\-]", "", text)
    if not re.search(r"\d", plain):
        return None
    negative = plain.startswith("(") or "-" in plain
    plain = re.sub(r"[()\-]", "", plain)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise Invalid(field, f"{text!r} is not a number") from None
    return -number if negative else number


def _date_order(texts: Sequence[str]) -> tuple[DateOrder, bool]:
    parts = [[int(part) for part in re.findall(r"\d+", text)[:3]] for text in texts if re.search(r"\d", text)]
    numeric = [part for part in parts if len(part) == 3]
    if not numeric or any(part[0] > 31 for part in numeric):
        return "iso", True
    if any(part[0] > 12 for part in numeric):
        return "day_first", True
    if any(part[1] > 12 for part in numeric):
        return "month_first", True
    return "day_first", False


def _day(text: str, order: DateOrder) -> date:
    cleaned = text.strip().split(" ")[0].split("T")[0] if re.search(r"\d[T ]\d", text) else text.strip()
    numbers = re.findall(r"\d+", cleaned)
    try:
        if len(numbers) == 2 and re.search(r"[A-Za-z]{3}", cleaned):
            word = re.findall(r"[A-Za-z]{3}", cleaned)[0].title()
            day, year = sorted(int(number) for number in numbers)
            month = datetime.strptime(word, "%b").month  # noqa: DTZ007 -- a month's name, not an instant
            return date(_year(year), month, day)
        first, second, third = (int(number) for number in numbers[:3])
        if order == "iso":
            return date(first, second, third)
        if order == "month_first":
            return date(_year(third), first, second)
        return date(_year(third), second, first)
    except (ValueError, IndexError):
        raise Invalid("date", f"{text!r} is not a date") from None


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number
