"""Reads an uploaded file: a small text in this process, all others in a child with limits.

What comes back are messages: how far it is, then a question or the parts of the file, then slices of rows with what
the categorizer says of them. A child classifies the next slice while this process stores the last one.
"""

import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from finapp.platform import codec
from finapp.platform.children import ChildFailed, Limits, stream
from finapp.transactions.domain import categorizer, movement
from finapp.transactions.domain.categorizer import NOTHING, Learned
from finapp.transactions.domain.parts import Part, Slice
from finapp.transactions.domain.statement import Mapping, NeedsMapping, StatementRow
from finapp.transactions.domain.uploads import needs_parser
from finapp.transactions.facade.arriving import line_of
from finapp.transactions.facade.messages import Message, received, sent
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.entry import open_statement
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.parts import Parts
from finapp.transactions.readers.shelf import Shelf

PARSERS = Limits(seconds=120, memory=1536 * 1024 * 1024)
TEXTS = Limits(seconds=3600, memory=1024 * 1024 * 1024)
SMALL = 512 * 1024
"""Bytes of a text that is read in this process: starting another would take longer."""
SLICE = 3_000
"""Rows that are stored in one go when an import is too large for a single one."""
_IN_MEMORY = 8 * 1024 * 1024
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
    learned: Learned = NOTHING
    """What the household taught the categorizer."""
    holders: tuple[str, ...] = ()
    """Names of the household's members."""


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
            yield from map(received, answers)
    except ChildFailed as failure:
        if failure.why == "stopped":
            raise Stopped() from None
        raise refusal(failure) from None


def refusal(failure: ChildFailed) -> UnreadableStatement:
    """What to say when a child gave no answer."""
    reason, message = _REASONS[failure.why]
    return UnreadableStatement(reason, message)  # type: ignore[arg-type]


def read_apart(request: Any) -> Iterator[Any]:
    """The child's side of `read`: JSON in, JSON out."""
    asked = codec.decode(request["asked"], Asked)
    try:
        with Path(request["path"]).open("rb") as file:
            yield from map(sent, _messages(file, asked))
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
                yield _slice(number, rows, part, asked)


def _slice(number: int, rows: list[StatementRow], part: Part, asked: Asked) -> Slice:
    lines = [line_of(row) for row in rows]
    account = part.statement.account
    country, currency = account.country or asked.country, account.currency or asked.currency
    said = categorizer.suggest(lines, country=country, currency=currency, learned=asked.learned)
    cues = [movement.cues(row.description, row.amount, asked.holders) for row in rows]
    return Slice(number, rows, list(said), cues)
