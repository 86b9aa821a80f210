"""What the codec does with single values: one converter for each type, strict in both directions."""

import base64
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Convert = Callable[[Any], Any]


class Malformed(ValueError):
    """A value or a message does not fit its hint. The text begins with the path, such as `items[3].amount`."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path.removeprefix('.') or 'value'}: {reason}")
        self.reason = reason
        self.path = path

    def under(self, step: str) -> "Malformed":
        """The same fault seen from one level further out."""
        return Malformed(self.reason, step + self.path)


class Converter(NamedTuple):
    """Both directions for one hint."""

    encode: Convert
    decode: Convert
    is_text: bool = False
    """Whether the wire form is always a string, so that it can be the key of an object."""


def wrong(expected: str, value: Any) -> Malformed:
    return Malformed(f"expected {expected}, got {type(value).__name__}")


def locate(steps: Iterable[tuple[str, Convert, Any]]) -> None:
    """Repeats failed conversions one by one and raises with the step at fault: only failures pay for the path."""
    for step, convert, value in steps:
        try:
            convert(value)
        except Malformed as fault:
            raise fault.under(step) from fault.__cause__


def _exactly(kind: type, expected: str) -> Convert:
    def check(value: Any) -> Any:
        if type(value) is kind:
            return value
        raise wrong(expected, value)

    return check


def parsed(data: Any, parse: Callable[[str], T], expected: str) -> T:
    if type(data) is str:
        try:
            return parse(data)
        except (ValueError, KeyError, InvalidOperation):
            raise Malformed(f"expected {expected}, got other text") from None
    raise wrong(expected, data)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise wrong("text", value)


def _float(value: Any) -> float:
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if type(value) is int and abs(value) <= 2**53:
        return float(value)
    raise wrong("a finite number", value)


def _decimal_to_text(value: Any) -> str:
    if type(value) is Decimal and value.is_finite():
        return str(value)
    raise wrong("a finite Decimal", value)


def _decimal_from_text(data: Any) -> Decimal:
    amount = parsed(data, Decimal, "a decimal as text")
    if amount.is_finite():
        return amount
    raise Malformed("expected a finite decimal")


def _date_to_text(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    raise wrong("a date", value)


def _date_from_text(data: Any) -> date:
    return parsed(data, date.fromisoformat, "a date as text")


def _instant_to_text(value: Any) -> str:
    if type(value) is datetime and value.utcoffset() is not None:
        return _in_utc(value).isoformat()
    raise wrong("a datetime with its time zone", value)


def _instant_from_text(data: Any) -> datetime:
    instant = parsed(data, datetime.fromisoformat, "an instant as text")
    if instant.utcoffset() is None:
        raise Malformed("expected an instant with its offset")
    return _in_utc(instant)


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise Malformed("lies outside the years 1 to 9999 in UTC") from None


def _bytes_to_text(value: Any) -> str:
    if type(value) is bytes:
        return base64.b64encode(value).decode("ascii")
    raise wrong("bytes", value)


def _bytes_from_text(data: Any) -> bytes:
    return parsed(data, lambda text: base64.b64decode(text, validate=True), "bytes in base 64")


def both_ways(check: Convert, *, is_text: bool = False) -> Converter:
    return Converter(check, check, is_text)


_nothing = both_ways(_exactly(type(None), "nothing"))
SCALARS: Mapping[Any, Converter] = {
    str: both_ways(_text, is_text=True),
    int: both_ways(_exactly(int, "a whole number")),
    bool: both_ways(_exactly(bool, "true or false")),
    float: both_ways(_float),
    None: _nothing,
    type(None): _nothing,
    Decimal: Converter(_decimal_to_text, _decimal_from_text, is_text=True),
    date: Converter(_date_to_text, _date_from_text, is_text=True),
    datetime: Converter(_instant_to_text, _instant_from_text, is_text=True),
    bytes: Converter(_bytes_to_text, _bytes_from_text, is_text=True),
}


def literal(words: tuple[Any, ...]) -> Converter:
    """One of the listed strings, whole numbers, booleans or None."""
    allowed = {(type(word), word) for word in words}
    if not all(kind in (str, int, bool, type(None)) for kind, _ in allowed):
        raise TypeError(f"Literal{list(words)} has no wire format")

    def check(value: Any) -> Any:
        if isinstance(value, (str, int, type(None))) and (type(value), value) in allowed:
            return value
        raise Malformed(f"is none of {', '.join(map(repr, words))}")

    return both_ways(check, is_text=all(kind is str for kind, _ in allowed))


def enumeration(kind: type[Enum]) -> Converter:
    """A member of `kind`, by its name."""

    def encode(value: Any) -> str:
        if type(value) is kind:
            return value.name
        raise wrong(kind.__name__, value)

    def decode(data: Any) -> Enum:
        return parsed(data, kind.__getitem__, f"a name of {kind.__name__}")

    return Converter(encode, decode, is_text=True)
