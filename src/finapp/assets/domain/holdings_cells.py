"""What brokers write into cells: numbers, dates, sides and currencies as people write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

from finapp.assets.domain.holdings_layout import words
from finapp.kernel.errors import Invalid

DateOrder = Literal["iso", "day_first", "month_first"]
_SELLS = re.compile(r"\b(sell|sold|sale|redemption|redeem|redeemed|switch out)\b|^s$")
_BUYS = re.compile(
    r"\b(buy|bought|purchase|purchased|sip|switch in|subscription|systematic investment|reinvest shares|reinvestment"
    r"|dividend reinvest|dividend reinvested)\b|^b$|^$"
)
_UNDONE = re.compile(r"\b(reversal|reversed|cancel|canceled|cancelled|rejected|failed|expired|pending)\b")
_MINOR_UNITS = {"GBX": "GBP", "GBp": "GBP", "ZAc": "ZAR", "ZAC": "ZAR", "ILA": "ILS"}
"""Hundredths in which some exchanges quote -> their currency."""


def side_of(text: str, quantity: Decimal | None) -> Literal["buy", "sell"]:
    """Whether a row is a purchase or a sale; a sale too where the quantity is negative. Raises Invalid for neither."""
    plain = words(text)
    if _UNDONE.search(plain):
        raise Invalid("side", f"{text.strip()!r} has not happened or was taken back")
    if _SELLS.search(plain):
        return "sell"
    if not _BUYS.search(plain):
        raise Invalid("side", f"{text.strip()!r} is neither a purchase nor a sale")
    return "sell" if quantity is not None and quantity < 0 else "buy"


def require_done(text: str) -> None:
    """Raises Invalid for the status of an order that was not executed."""
    if _UNDONE.search(words(text)):
        raise Invalid("status", f"{text.strip()!r}: the order was not executed")


def currency_of(text: str) -> tuple[str | None, Decimal]:
    """The currency of a cell, and the part of it in which prices are quoted: pence are hundredths of pounds."""
    plain = text.strip()
    if plain in _MINOR_UNITS:
        return _MINOR_UNITS[plain], Decimal("0.01")
    return plain.upper() or None, Decimal(1)


def has_decimal_comma(texts: Iterable[str]) -> bool:
    """Whether the numbers of a file have commas before their decimals: some can only be read so, and none otherwise."""
    plain = [re.sub(r"[^\d.,]", "", text) for text in texts]
    comma = any(re.search(r"^0,\d|,\d{1,2}$|,\d{4,}$|\.\d{3},", text) for text in plain)
    return comma and not any(re.search(r"^\d*\.(\d{1,2}|\d{4,})$|,\d{2,3}\.", text) for text in plain)


def number(text: str, field: str, *, comma: bool) -> Decimal | None:
    """A number as people write them: 1,23,456.78, 1.234,56 (with a decimal `comma`), (450.00), a currency sign before
    it; None where there is none. Raises Invalid."""
    plain = re.sub(r"[^\d.,()\-]", "", text)
    if not re.search(r"\d", plain):
        return None
    negative = plain.startswith("(") or "-" in plain
    plain = re.sub(r"[()\-]", "", plain)
    if comma or re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2}|0,\d+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise Invalid(field, f"{text!r} is not a number") from None
    return -found if negative else found


def date_order(texts: Iterable[str], *, month_first: bool) -> tuple[DateOrder, bool]:
    """The order of day and month, and whether some date or the broker's layout tells it."""
    parts = [[int(part) for part in re.findall(r"\d+", text)[:3]] for text in texts if re.search(r"\d", text)]
    numeric = [part for part in parts if len(part) == 3]
    if not numeric or any(part[0] > 31 for part in numeric):
        return "iso", True
    if any(part[0] > 12 for part in numeric):
        return "day_first", True
    if month_first or any(part[1] > 12 for part in numeric):
        return "month_first", True
    return "day_first", False


def day(text: str, order: DateOrder) -> date:
    """A date as brokers write them, with or without a time behind it. Raises Invalid."""
    plain = re.sub(r"[T ,;]+\d{1,2}:\d\d.*$", "", text.strip())
    numbers = re.findall(r"\d+", plain)
    try:
        if len(numbers) == 1 and len(numbers[0]) == len("YYYYMMDD"):
            return date.fromisoformat(numbers[0])
        if len(numbers) == 2 and re.search(r"[A-Za-z]{3}", plain):
            word = re.findall(r"[A-Za-z]{3}", plain)[0].title()
            first, last = sorted(int(found) for found in numbers)
            month = datetime.strptime(word, "%b").month  # noqa: DTZ007 -- a month's name, not an instant
            return date(_year(last), month, first)
        one, two, three = (int(found) for found in numbers[:3])
        if order == "iso":
            return date(one, two, three)
        if order == "month_first":
            return date(_year(three), one, two)
        return date(_year(three), two, one)
    except (ValueError, IndexError):
        raise Invalid("date", f"{text!r} is not a date") from None


def _year(found: int) -> int:
    return found + 2000 if found < 100 else found
