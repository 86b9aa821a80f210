"""How the messages of a reader pass from its process to this one: as JSON, the rows of a slice column by column."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any, get_type_hints

from finapp.platform import codec
from finapp.transactions.domain.categorizer import Suggestion
from finapp.transactions.domain.known_days import Repeats
from finapp.transactions.domain.parts import Part, Read, Slice
from finapp.transactions.domain.statement import NeedsMapping, Statement, StatementRow, parts_from, plain_parts
from finapp.transactions.readers.errors import UnreadableStatement

Message = Read | NeedsMapping | tuple[Part, ...] | Slice | Repeats
_DECIMALS = ("amount", "balance_after", "original_amount", "rate")


def sent(message: Message) -> Any:
    """A message as JSON has it."""
    if isinstance(message, Read):
        return "read", [message.rows, message.total]
    if isinstance(message, NeedsMapping):
        return "question", codec.encode(message, NeedsMapping)
    if isinstance(message, tuple):
        return "parts", [_fields(part) for part in message]
    if isinstance(message, Repeats):
        return "known", list(vars(message).values())
    numbers: dict[int, int] = {}
    distinct: list[Any] = []
    for said in message.said:
        if id(said) not in numbers:
            numbers[id(said)] = len(distinct)
            distinct.append([said.category, said.merchant, said.merchant_key, said.confidence, said.why])
    which = [numbers[id(said)] for said in message.said]
    return "slice", [message.part, _columns(message.rows), distinct, which, message.cues]


def received(answer: Any) -> Message:
    """The message that `sent` wrote. Raises UnreadableStatement for the refusal of a file."""
    word, value = answer
    if word == "read":
        return Read(*value)
    if word == "refused":
        raise UnreadableStatement(*value)
    if word == "question":
        return codec.decode(value, NeedsMapping)
    if word == "parts":
        return tuple(_part(part) for part in value)
    if word == "known":
        return Repeats(*value)
    part, columns, distinct, which, cues = value
    said = [_suggestion(*each) for each in distinct]
    return Slice(part, _rows(columns, len(which)), [said[number] for number in which], cues)


def _columns(rows: Sequence[StatementRow]) -> dict[str, list[Any]]:
    """The values of each field, without the fields that say nothing of any row."""
    found: dict[str, list[Any]] = {}
    for name, values in zip(StatementRow._fields, zip(*rows, strict=True), strict=False):
        if values.count(StatementRow._field_defaults.get(name)) == len(values):
            continue
        if name == "date":
            found[name] = [day.isoformat() for day in values]
        elif name in _DECIMALS:
            found[name] = [None if value is None else str(value) for value in values]
        elif name == "parts":
            found[name] = [plain_parts(parts) for parts in values]
        else:
            found[name] = list(values)
    return found


def _rows(columns: dict[str, list[Any]], count: int) -> list[StatementRow]:
    for name in _DECIMALS:
        if name in columns:
            columns[name] = [None if value is None else Decimal(value) for value in columns[name]]
    if "parts" in columns:
        columns["parts"] = [parts_from(parts) for parts in columns["parts"]]
    columns["date"] = [date.fromisoformat(day) for day in columns["date"]]
    defaults = StatementRow._field_defaults
    values = (columns.get(name) or repeat(defaults.get(name), count) for name in StatementRow._fields)
    return list(map(StatementRow._make, zip(*values, strict=True)))


def _fields(made: Part | Statement) -> dict[str, Any]:
    """The fields of a part and its statement; the rows come by themselves."""
    hints = get_type_hints(type(made))
    found: dict[str, Any] = {}
    for field in fields(made):
        value = getattr(made, field.name)
        if isinstance(value, Statement):
            found[field.name] = _fields(value)
        elif field.name != "rows" or isinstance(made, Part):
            found[field.name] = codec.encode(value, hints[field.name])
    return found


def _part(sent: dict[str, Any]) -> Part:
    statement = _decoded(sent.pop("statement"), Statement)
    return Part(statement=Statement(**statement, rows=()), **_decoded(sent, Part))


def _decoded(sent: dict[str, Any], kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: codec.decode(value, hints[name]) for name, value in sent.items()}


def _suggestion(category: str | None, merchant: str, key: str, confidence: float, why: str) -> Suggestion:
    """As much of a suggestion as a row keeps of it."""
    return Suggestion(
        category=category,
        candidates=(),
        category_best=category,
        confidence=confidence,
        source="none",
        merchant=merchant,
        merchant_key=key,
        core="",
        why=why,
    )
