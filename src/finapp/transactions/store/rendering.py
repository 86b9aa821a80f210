"""Rows as JSON straight from their columns: what `rows.shown` says of them, without building a value for each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Integer, Select, Text, select, type_coerce

from finapp.kernel import ids
from finapp.kernel.money import Rate, exponent
from finapp.platform.columns import Flag, Id, Json, Whole
from finapp.transactions.domain.ledger import WHY
from finapp.transactions.public import Transaction
from finapp.transactions.tables import transactions

Render = Callable[[Any], str]
_FIELDS = tuple(field.name for field in fields(Transaction) if field.name != "splits")
"""A listed row is counted itself, so it never has parts."""
_HELPERS = ("decided", "reason")
_EMPTY_IS_NONE = ("merchant_id", "merchant", "need")
_NUMBERS = ("confidence", "rate")
_DIFFERENT = ("id", "amount", "description")
_ID, _DATE, _VERSION = _FIELDS.index("id"), _FIELDS.index("date"), _FIELDS.index("version")
_AMOUNT, _CURRENCY = _FIELDS.index("amount"), _FIELDS.index("currency")
_CONFIDENCE, _WHY = _FIELDS.index("confidence"), _FIELDS.index("why")
_DECIDED = len(_FIELDS)
_TEMPLATE = (
    "{"
    + ",".join(f'"{field.name}":' + ("[]" if field.name == "splits" else "%s") for field in fields(Transaction))
    + "}"
)


class _Once(dict[Any, str]):
    """Renders each different value of a column once: most columns say the same in many rows."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render

    def __missing__(self, value: Any) -> str:
        rendered = self[value] = "null" if value is None else self._render(value)
        return rendered


def _stored(name: str) -> Any:
    # Read as stored: an id stays a number and a date its text until it is written.
    column = transactions.c[name]
    return type_coerce(column, Integer if isinstance(column.type, Id | Flag) else Text)


SELECTED: Select[Any] = select(*(_stored(name) for name in (*_FIELDS, *_HELPERS)))
"""A query of what `page` renders, to be narrowed."""


STATES: Select[Any] = select(_stored("id"), _stored("version"))
"""A query of the states of a page's rows, to be narrowed."""
State = tuple[int, int]
"""Id and version of a row: whoever changes a row raises its version, so equal ones are written alike."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the JSON of a `Transaction`, and what lists are ordered by."""

    text: str
    amount: int
    date: str
    id: int


def lines(found: Sequence[Any]) -> dict[State, Line]:
    """Rows of `SELECTED` as they are written, by their states."""
    if not found:
        return {}
    # Column by column, so that the loops run inside the interpreter.
    columns = list(zip(*found, strict=True))
    written = [list(map(render, column)) for render, column in zip(_renderers(), columns, strict=False)]
    written[_AMOUNT] = list(map(_amount, columns[_AMOUNT], columns[_CURRENCY]))
    for number, (decided, reason) in enumerate(zip(*columns[_DECIDED:], strict=True)):
        if decided:
            written[_CONFIDENCE][number], written[_WHY][number] = "null", '"you decided"'
        elif reason in WHY:
            written[_WHY][number] = _WHY_WRITTEN[reason]
    texts = map(_TEMPLATE.__mod__, zip(*written, strict=True))
    made = map(Line, texts, columns[_AMOUNT], columns[_DATE], columns[_ID])
    return dict(zip(zip(columns[_ID], columns[_VERSION], strict=True), made, strict=True))


def page(written: Iterable[Line], cursor: str | None) -> str:
    """The JSON of a `TransactionPage` of these lines."""
    more = "null" if cursor is None else encode_basestring(cursor)
    return f'{{"items":[{",".join([line.text for line in written])}],"next_cursor":{more}}}'


def _renderers() -> Iterator[Render]:
    for render, repeats in _HOW:
        yield _Once(render).__getitem__ if repeats else render


def _id(number: int) -> str:
    return f'"{ids.to_text(number)}"'


def _or_null(text: str) -> str:
    return encode_basestring(text) if text else "null"


def _rate(text: str) -> str:
    return _RATES.dump_json(Decimal(text)).decode()


def _flag(number: int) -> str:
    return "true" if number else "false"


def _amount(minor: int, currency: str) -> str:
    """Minor units as a decimal string: -45000 INR is "-450.00"."""
    places, minor = exponent(currency), int(minor)
    sign, digits = "-" if minor < 0 else "", str(abs(minor))
    if places == 0:
        return f'"{sign}{digits}"'
    digits = digits.rjust(places + 1, "0")
    return f'"{sign}{digits[:-places]}.{digits[-places:]}"'


def _how(name: str) -> tuple[Render, bool]:
    """What writes a column, and whether its values are worth remembering because they come again and again."""
    render = _RENDERS[name] if name in _RENDERS else _BY_TYPE.get(type(transactions.c[name].type), encode_basestring)
    return render, name not in _DIFFERENT


_RATES: TypeAdapter[Decimal] = TypeAdapter(Rate)
_RENDERS: dict[str, Render] = {
    "amount": str,
    **dict.fromkeys(_EMPTY_IS_NONE, _or_null),
    **dict.fromkeys(_NUMBERS, _rate),
}
_BY_TYPE: dict[type, Render] = {Id: _id, Flag: _flag, Json: str, Whole: str}
_HOW = tuple(_how(name) for name in _FIELDS)
_WHY_WRITTEN = {reason: encode_basestring(words) for reason, words in WHY.items()}
