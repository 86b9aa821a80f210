"""Rows as JSON keeps them: what `platform.codec` makes of them, without a call for each of their fields."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from finapp.transactions.domain.ledger import LedgerRow, Placed

_NAMES = tuple(field.name for field in fields(LedgerRow))
_values = attrgetter(*_NAMES)
_DEFAULTS = {field.name: field.default for field in fields(LedgerRow) if field.default is not MISSING}
_EXACT = ("confidence", "original_amount", "rate")
_day = lru_cache(4_096)(date.fromisoformat)
_number = lru_cache(4_096)(Decimal)


def encoded(row: LedgerRow) -> dict[str, Any]:
    """A row as JSON keeps it."""
    values: dict[str, Any] = dict(zip(_NAMES, _values(row), strict=True))
    values["date"] = row.date.isoformat()
    for name in _EXACT:
        if values[name] is not None:
            values[name] = str(values[name])
    return values


def decoded(data: Mapping[str, Any]) -> LedgerRow:
    """The row that `encoded` wrote, also in a release whose rows had fewer fields."""
    values = {**_DEFAULTS, **data}
    values["date"] = _day(values["date"])
    values["tags"] = tuple(values["tags"])
    for name in _EXACT:
        if values[name] is not None:
            values[name] = _number(values[name])
    row = object.__new__(LedgerRow)
    vars(row).update(values)
    return row


def encoded_place(held: Placed | None) -> dict[str, Any] | None:
    """A row and where it stands."""
    return None if held is None else {"place": held.place, "row": encoded(held.row)}


def decoded_place(data: Mapping[str, Any] | None) -> Placed | None:
    """What `encoded_place` wrote."""
    return None if data is None else Placed(place=data["place"], row=decoded(data["row"]))
