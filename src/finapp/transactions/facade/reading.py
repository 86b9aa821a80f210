"""Reads an uploaded file: a small text in this process, all others in a child with limits.

What comes back are messages: how far it is, then a question or the parts of the file, then slices of rows with what
the categorizer says of them. A child classifies the next slice while this process stores the last one.
"""

import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, cast, get_type_hints

from finapp.platform import codec
from finapp.platform.children import ChildFailed, Limits, stream
from finapp.transactions.domain import categorizer
from finapp.transactions.domain.categorizer import NOTHING, Learned, Suggestion
from finapp.transactions.domain.parts import Part, Read, Slice
from finapp.transactions.domain.statement import Mapping, NeedsMapping, Statement, StatementRow
from finapp.transactions.domain.uploads import needs_parser
from finapp.transactions.facade.arriving import line_of
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.entry import open_statement
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.parts import Parts
from finapp.transactions.readers.shelf import Shelf, plain, restored

PARSERS = Limits(seconds=120, memory=1536 * 1024 * 1024)
TEXTS = Limits(seconds=3600, memory=1024 * 1024 * 1024)
SMALL = 512 * 1024
"""Bytes of a text that is read in this process: starting another would take longer."""
SLICE = 4_000
"""Rows that are stored in one go when an import is too large for a single one."""
_IN_MEMORY = 8 * 1024 * 1024
_REASONS = {
    "time": ("too_large", "reading the file took longer than is allowed; export a shorter period"),
    "memory": ("too_large", "reading the file took more memory than is allowed; export a shorter period"),
    "broken": ("damaged", "the file is damaged: its reader gave up"),
}
Message = Read | NeedsMapping | tuple[Part, ...] | Slice


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
    learned: Learned = NOTHING
    """What the household taught the categorizer."""


def read(path: Path, asked: Asked, wanted: Callable[[], bool]) -> Generator[Message]:
    """The messages of a file. Raises UnreadableStatement, Stopped. Close it when no more of them are needed."""
    with path.open("rb") as file:
        head = file.read(2048)
        if not needs_parser(head) and path.stat().st_size <= SMALL:
            file.seek(0)
            yield from _messages(file, asked)
            return
    request = {"path": str(path), "asked": codec.encode(asked, Asked)}
    limits = PARSERS if needs_parser(head) else TEXTS
    try:
        with closing(cast(Generator[Any], stream(read_apart, request, limits=limits, wanted=wanted))) as answers:
            yield from map(_received, answers)
    except ChildFailed as failure:
        if failure.why == "stopped":
            raise Stopped() from None
        reason, message = _REASONS[failure.why]
        raise UnreadableStatement(reason, message) from None  # type: ignore[arg-type]


def read_apart(request: Any) -> Iterator[Any]:
    """The child's side of `read`: JSON in, JSON out."""
    asked = codec.decode(request["asked"], Asked)
    try:
        with Path(request["path"]).open("rb") as file:
            yield from map(_sent, _messages(file, asked))
    except UnreadableStatement as refusal:
        yield "refused", [refusal.reason, refusal.message, refusal.field]


def _messages(file: BinaryIO, asked: Asked) -> Generator[Message]:
    context = Context(
        filename=asked.filename,
        country=asked.country,
        currency=asked.currency,
        account_kind=asked.account_kind,
        given=asked.mapping or Mapping(),
    )
    found = open_statement(file, context, asked.password)
    if isinstance(found, NeedsMapping):
        yield found
        return
    # Beside the spooled upload, without a name: whatever ends the process, nothing of it stays.
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(Path(file.name).parent)) as shelved:
        parts = Parts(Shelf(cast(BinaryIO, shelved)))
        yield from parts.read(found, file)
        made = parts.made(found)
        del found
        yield made
        for number, part in enumerate(made):
            for rows in parts.slices(number, SLICE):
                yield Slice(number, rows, _said(rows, part, asked))


def _said(rows: list[StatementRow], part: Part, asked: Asked) -> list[Suggestion]:
    lines = [line_of(row) for row in rows]
    account = part.statement.account
    country, currency = account.country or asked.country, account.currency or asked.currency
    return list(categorizer.suggest(lines, country=country, currency=currency, learned=asked.learned))


def _sent(message: Message) -> Any:
    if isinstance(message, Read):
        return "read", [message.rows, message.total]
    if isinstance(message, NeedsMapping):
        return "question", codec.encode(message, NeedsMapping)
    if isinstance(message, tuple):
        return "parts", [_fields(part) for part in message]
    numbers: dict[int, int] = {}
    distinct: list[Any] = []
    for said in message.said:
        if id(said) not in numbers:
            numbers[id(said)] = len(distinct)
            distinct.append([said.category, said.merchant, said.merchant_key, said.confidence, said.why])
    which = [numbers[id(said)] for said in message.said]
    return "slice", [message.part, [plain(row) for row in message.rows], distinct, which]


def _received(answer: Any) -> Message:
    word, value = answer
    if word == "read":
        return Read(*value)
    if word == "refused":
        raise UnreadableStatement(*value)
    if word == "question":
        return codec.decode(value, NeedsMapping)
    if word == "parts":
        return tuple(_part(part) for part in value)
    part, rows, distinct, which = value
    said = [_suggestion(*each) for each in distinct]
    return Slice(part, [restored(row) for row in rows], [said[number] for number in which])


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
