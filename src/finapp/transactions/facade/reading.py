"""Reads an uploaded file: text in this process, everything that needs a parser in a child with limits."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from finapp.platform import codec
from finapp.platform.children import ChildFailed, Limits, run
from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement, StatementRow
from finapp.transactions.domain.uploads import needs_parser
from finapp.transactions.readers.entry import read_statement
from finapp.transactions.readers.errors import UnreadableStatement

LIMITS = Limits(seconds=120, memory=1536 * 1024 * 1024)
_DECIMALS = {"amount", "balance_after", "original_amount", "rate"}
_REASONS = {
    "time": ("too_large", "reading the file took longer than is allowed; export a shorter period"),
    "memory": ("too_large", "reading the file took more memory than is allowed; export a shorter period"),
    "broken": ("damaged", "the file is damaged: its reader gave up"),
}


class Stopped(Exception):
    """The import was cancelled while its file was read."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader is told besides the file."""

    filename: str
    mapping: Mapping | None
    country: str | None
    currency: str | None
    password: str | None = None
    account_kind: str | None = None
    """The kind of the account the file was uploaded for; decides what the file leaves open."""


def read(path: Path, asked: Asked, wanted: Callable[[], bool]) -> Statement | NeedsMapping:
    """The statement in a file, or the question to ask first. Raises UnreadableStatement, Stopped."""
    with path.open("rb") as file:
        head = file.read(2048)
    if not needs_parser(head):
        return _read(path.read_bytes(), asked)
    request = {"content": base64.b64encode(path.read_bytes()).decode(), "asked": codec.encode(asked, Asked)}
    try:
        kind, value = run(read_apart, request, limits=LIMITS, wanted=wanted)
    except ChildFailed as failure:
        if failure.why == "stopped":
            raise Stopped() from None
        reason, message = _REASONS[failure.why]
        raise UnreadableStatement(reason, message) from None  # type: ignore[arg-type]
    if kind == "refused":
        raise UnreadableStatement(*value)
    return codec.decode(value, NeedsMapping) if kind == "question" else _statement(value)


def read_apart(request: Any) -> Any:
    """The child's side of `read`: JSON in, JSON out."""
    asked = codec.decode(request["asked"], Asked)
    try:
        found = _read(base64.b64decode(request["content"]), asked)
    except UnreadableStatement as refusal:
        return "refused", [refusal.reason, refusal.message, refusal.field]
    if isinstance(found, NeedsMapping):
        return "question", codec.encode(found, NeedsMapping)
    return "statement", _sent(found)


def _read(content: bytes, asked: Asked) -> Statement | NeedsMapping:
    return read_statement(
        content,
        filename=asked.filename,
        mapping=asked.mapping,
        country=asked.country,
        currency=asked.currency,
        password=asked.password,
        account_kind=asked.account_kind,
    )


def _sent(statement: Statement) -> Any:
    hints = get_type_hints(Statement)
    names = [field.name for field in fields(Statement) if field.name != "rows"]
    sent: dict[str, Any] = {name: codec.encode(getattr(statement, name), hints[name]) for name in names}
    sent["rows"] = [[_plain(value) for value in row] for row in statement.rows]
    return sent


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)


def _statement(sent: Any) -> Statement:
    hints = get_type_hints(Statement)
    rows = tuple(StatementRow(*map(_restored, StatementRow._fields, values)) for values in sent.pop("rows"))
    return Statement(**{name: codec.decode(value, hints[name]) for name, value in sent.items()}, rows=rows)


def _restored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DECIMALS:
        return Decimal(value)
    return date.fromisoformat(value) if name == "date" else value
