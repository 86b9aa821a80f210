"""Rows as JSON straight from their columns: what `rows.shown` says of them, without building a value for each."""

from collections.abc import Callable, Sequence
from dataclasses import fields
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


def selected() -> Select[Any]:
    """A query of what `page` renders, as the database holds it, to be narrowed."""
    columns = [transactions.c[name] for name in (*_FIELDS, *_HELPERS)]
    # Read as stored: an id stays a number and a date its text until it is written.
    stored: list[Any] = [
        type_coerce(column, Integer if isinstance(column.type, Id | Flag) else Text) for column in columns
    ]
    return select(*stored)


def page(found: Sequence[Any], cursor: str | None) -> str:
    """The JSON of a `TransactionPage` with these rows of `selected`."""
    renders = [_renderer(name) for name in _FIELDS]
    places: dict[str, int] = {}
    lines = []
    for row in found:
        values = [render(value) for render, value in zip(renders, row, strict=False)]
        currency = row[_CURRENCY]
        if currency not in places:
            places[currency] = exponent(currency)
        values[_AMOUNT] = _amount(int(row[_AMOUNT]), places[currency])
        decided, reason = row[_DECIDED:]
        if decided:
            values[_CONFIDENCE], values[_WHY] = "null", '"you decided"'
        elif reason in WHY:
            values[_WHY] = encode_basestring(WHY[reason])
        lines.append(_TEMPLATE % tuple(values))
    return f'{{"items":[{",".join(lines)}],"next_cursor":{"null" if cursor is None else encode_basestring(cursor)}}}'


def sort_values(row: Any) -> tuple[int, str, str]:
    """Amount, date and id of a row of `selected`, which lists are ordered by."""
    return int(row[_AMOUNT]), row[_FIELDS.index("date")], ids.to_text(row[_FIELDS.index("id")])


def _renderer(name: str) -> Render:
    kind = transactions.c[name].type
    if name == "id":
        return _id
    if name == "amount":
        return str
    if name == "description":
        return encode_basestring
    return _Once(_RENDERS[name] if name in _RENDERS else _BY_TYPE.get(type(kind), encode_basestring)).__getitem__


def _id(number: int) -> str:
    return f'"{ids.to_text(number)}"'


def _or_null(text: str) -> str:
    return encode_basestring(text) if text else "null"


def _rate(text: str) -> str:
    return _RATES.dump_json(Decimal(text)).decode()


def _flag(number: int) -> str:
    return "true" if number else "false"


def _amount(minor: int, places: int) -> str:
    """Minor units as a decimal string: -45000 with 2 places is "-450.00"."""
    sign, digits = "-" if minor < 0 else "", str(abs(minor))
    if places == 0:
        return f'"{sign}{digits}"'
    digits = digits.rjust(places + 1, "0")
    return f'"{sign}{digits[:-places]}.{digits[-places:]}"'


_RATES: TypeAdapter[Decimal] = TypeAdapter(Rate)
_RENDERS: dict[str, Render] = {**dict.fromkeys(_EMPTY_IS_NONE, _or_null), **dict.fromkeys(_NUMBERS, _rate)}
_BY_TYPE: dict[type, Render] = {Id: _id, Flag: _flag, Json: str, Whole: str}
