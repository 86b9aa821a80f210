"""Field types of request bodies and queries. Money is a string; what is not finite, printable or known is refused."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from finapp.kernel.currencies import KNOWN
from finapp.kernel.months import Month

_MONEY = r"^-?\d{1,15}(\.\d{1,8})?$"
_AMOUNT = re.compile(_MONEY, re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMERAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters, and what makes a text read in another order than it is written."""
_NO_WIDTH = frozenset({"Cf", "Zs", "Zl", "Zp"})
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Body(BaseModel):
    """Base of every request body: strict types, unknown fields refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _money(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise ValueError('an amount is a decimal string such as "450.00", never a number')
    if not _AMOUNT.fullmatch(value):
        raise ValueError('is not a decimal amount such as "450.00"')
    return Decimal(value)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise ValueError("is not a number")
    if isinstance(value, str) and not _NUMERAL.fullmatch(value):
        raise ValueError("is not a number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("must be finite")
    _, digits, places = number.as_tuple()
    if len(digits) > 30 or not -20 <= int(places) <= 15:
        raise ValueError("has too many digits")
    return number


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("is not a date of the form YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(f"must lie between {_EARLIEST} and {_LATEST}")
    return day


def _month(value: Any) -> Month:
    if not isinstance(value, str) or not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", value, re.ASCII):
        raise ValueError("is not a month of the form YYYY-MM")
    return Month(value)


def _currency(value: str) -> str:
    if value not in KNOWN:
        raise ValueError("is not an ISO 4217 currency code")
    return value


def _printable(value: str) -> str:
    found = _UNPRINTABLE.search(value)
    if found is not None:
        raise ValueError(f"contains a character that cannot be stored, U+{ord(found[0]):04X}")
    # A letter and its accent are one character, however a keyboard or a file has written them.
    shown = value.strip() if value.isascii() else unicodedata.normalize("NFC", value.strip())
    # Joiners and spaces of no width belong into words, and alone they are no text.
    return shown if shown.isascii() or any(unicodedata.category(letter) not in _NO_WIDTH for letter in shown) else ""


def _one_line(value: str) -> str:
    if any(letter in "\n\t\u2028\u2029" for letter in value):
        raise ValueError("is a text of one line")
    return value


_TOGETHER = 1_000
"""Items of a long list that are checked without a pause."""


def _by_parts(items: Any, check: ValidatorFunctionWrapHandler) -> Any:
    if not isinstance(items, list) or len(items) <= _TOGETHER:
        return check(items)
    found: list[Any] = []
    try:
        for start in range(0, len(items), _TOGETHER):
            found += check(items[start : start + _TOGETHER])
    except ValidationError:
        # Checked once more, so that each fault names its place among all items.
        return check(items)
    return found


ByParts = WrapValidator(_by_parts)
"""For a list whose items are checked by pydantic alone, which lets no other thread go on before it has seen them all.
Written behind the list and before its limits."""

_NUMBER = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]})

Money = Annotated[Decimal, BeforeValidator(_money), WithJsonSchema({"type": "string", "pattern": _MONEY})]
"""An amount in units of its currency, as a decimal string."""

Number = Annotated[Decimal, BeforeValidator(_decimal), _NUMBER]
"""An exact number that is not money (a quantity, a share): string or JSON number."""

Rate = Annotated[Decimal, BeforeValidator(_decimal), _NUMBER, Field(ge=-1, le=10)]
"""A decimal fraction: 0.085 is 8.5 % a year."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date, YYYY-MM-DD, between 1900 and 2199."""

MonthText = Annotated[Month, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$"})]
"""A month, YYYY-MM."""

Currency = Annotated[str, AfterValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]
"""An ISO 4217 code."""

Line = Annotated[str, Field(max_length=200), AfterValidator(_printable), AfterValidator(_one_line), Field(min_length=1)]
"""A short text: a name, a title."""

Prose = Annotated[str, Field(max_length=5000), AfterValidator(_printable)]
"""A longer text: a note."""
