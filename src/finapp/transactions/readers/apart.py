"""Reads a whole file into messages, in a process of its own or in this one.

It needs no database and no web framework, so that a child which only reads is small.
"""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from finapp.platform import codec
from finapp.platform.children import Asking
from finapp.transactions.domain import categorizer, movement
from finapp.transactions.domain.categorizer import NOTHING, Learned
from finapp.transactions.domain.categorizer.replay import elsewhere
from finapp.transactions.domain.known_days import KnownDays, Repeats
from finapp.transactions.domain.parts import Part, Slice
from finapp.transactions.domain.statement import Mapping, NeedsMapping, StatementRow
from finapp.transactions.readers.detection import Context
from finapp.transactions.readers.entry import open_statement
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.lines import line_of
from finapp.transactions.readers.messages import Message, sent
from finapp.transactions.readers.parts import Parts
from finapp.transactions.readers.shelf import Shelf

_IN_MEMORY = 8 * 1024 * 1024


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


def read_apart(request: Any) -> Generator[Any, Any]:
    """The child's side of reading: JSON in, JSON out."""
    asked = codec.decode(request["asked"], Asked)
    try:
        with Path(request["path"]).open("rb") as file:
            reading = messages(file, asked, request["rows"])
            for message in reading:
                if not isinstance(message, tuple):
                    yield sent(message)
                    continue
                known = yield Asking(sent(message))
                with suppress(StopIteration):
                    yield sent(reading.send(codec.decode(known, tuple[KnownDays, ...])))
    except UnreadableStatement as refusal:
        yield "refused", [refusal.reason, refusal.message, refusal.field]


def messages(file: BinaryIO, asked: Asked, at_once: int) -> Generator[Message, Sequence[KnownDays] | None]:
    """What is found in a file, its rows in slices of about `at_once`. Raises UnreadableStatement.

    Who is told the parts of the file may answer (`send`) with what is known of their accounts: of days that are known
    only the lines follow.
    """
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
        known = {days.part: days for days in (yield made) or ()}
        for number, part in enumerate(made):
            for rows in parts.slices(number, at_once, known.get(number)):
                yield rows if isinstance(rows, Repeats) else _slice(number, rows, part, asked)


def _slice(number: int, rows: list[StatementRow], part: Part, asked: Asked) -> Slice:
    lines = [line_of(row) for row in rows]
    account = part.statement.account
    country, currency = account.country or asked.country, account.currency or asked.currency
    learned = asked.learned if country == asked.country else elsewhere(asked.learned, country)
    said = categorizer.suggest(lines, country=country, currency=currency, learned=learned)
    cues = [movement.cues(row.description, row.amount, asked.holders) for row in rows]
    return Slice(number, rows, list(said), cues)
