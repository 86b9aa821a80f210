"""Mappings as clients write them (flat texts) and as readers take them."""

from collections.abc import Mapping as Table
from dataclasses import fields
from typing import Any, get_args

from finapp.kernel.errors import Invalid
from finapp.transactions.domain.statement import DateOrder, Mapping, NeedsMapping, Sign
from finapp.transactions.public import Question

_SEVERAL = {"descriptions"}
_NUMBERS = {"header_line"}
_NAMES = {field.name for field in fields(Mapping)}
_CHOICES: dict[str, tuple[str, ...]] = {
    "date_order": get_args(DateOrder),
    "sign": get_args(Sign),
    "decimal": (".", ","),
    "balance_sign": ("as_printed", "inverted"),
    "blank_flag": ("debit", "credit"),
}
"""The fields that name no column and have few values."""
NO_COLUMNS = frozenset((*_CHOICES, *_NUMBERS, "delimiter", "encoding"))
"""All fields that name no column."""


def given_mapping(given: Table[str, str] | None) -> Mapping | None:
    """A mapping from a client's texts; several columns are separated by `|`. Raises Invalid for an unknown field."""
    if given is None:
        return None
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in _NAMES:
            raise Invalid(f"mapping.{name}", f"is not a field of a mapping; they are {', '.join(sorted(_NAMES))}")
        if name in _NUMBERS and not text.isdigit():
            raise Invalid(f"mapping.{name}", "must be a line number")
        if name in _CHOICES:
            values[name] = _choice(name, text)
        else:
            values[name] = tuple(text.split("|")) if name in _SEVERAL else int(text) if name in _NUMBERS else text
    return Mapping(**values)


def _choice(name: str, text: str) -> str:
    chosen = text.strip().casefold()
    if chosen not in _CHOICES[name]:
        raise Invalid(f"mapping.{name}", f"must be one of {', '.join(_CHOICES[name])}")
    return chosen


def shown_mapping(mapping: Mapping | None) -> dict[str, str]:
    """What was given or detected, in the form `given_mapping` takes."""
    if mapping is None:
        return {}
    known = {field.name: getattr(mapping, field.name) for field in fields(Mapping)}
    return {
        name: "|".join(value) if isinstance(value, tuple) else str(value)
        for name, value in known.items()
        if value is not None
    }


def asked_for(read: NeedsMapping) -> tuple[Question, ...]:
    """The reader's question as clients see it."""
    choices = read.candidates or read.headings
    return (Question(field=read.question, message=read.message, choices=tuple(choices)),)
