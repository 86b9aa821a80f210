"""Reads an uploaded file: a small text in this process, all others in a child with limits.

What comes back are messages: how far it is, then a question or the parts of the file, then slices of rows with what
the categorizer says of them. A child classifies the next slice while this process stores the last one.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from finapp.platform import codec
from finapp.platform.children import ChildFailed, Limits, stream
from finapp.transactions.domain.known_days import KnownDays
from finapp.transactions.domain.uploads import needs_parser
from finapp.transactions.readers.apart import Asked, messages, read_apart
from finapp.transactions.readers.errors import UnreadableStatement
from finapp.transactions.readers.messages import Message, received

PARSERS = Limits(seconds=120, memory=1536 * 1024 * 1024)
TEXTS = Limits(seconds=3600, memory=1024 * 1024 * 1024)
SMALL = 512 * 1024
"""Bytes of a text that is read in this process: starting another would take longer."""
SLICE = 3_000
"""Rows that are stored in one go when an import is too large for a single one."""
_REASONS = {
    "time": ("too_large", "reading the file took longer than is allowed; export a shorter period"),
    "memory": ("too_large", "reading the file took more memory than is allowed; export a shorter period"),
    "broken": ("damaged", "the file is damaged: its reader gave up"),
}


class Stopped(Exception):
    """The import was cancelled while its file was read."""


def read(path: Path, asked: Asked, wanted: Callable[[], bool]) -> Generator[Message, Sequence[KnownDays] | None]:
    """The messages of a file. Raises UnreadableStatement, Stopped. Close it when no more of them are needed.

    Its parts may be answered (`send`) with what is known of their accounts.
    """
    with path.open("rb") as file:
        head = file.read(2048)
        if not needs_parser(head) and path.stat().st_size <= SMALL:
            file.seek(0)
            yield from messages(file, asked, SLICE)
            return
    request = {"path": str(path), "asked": codec.encode(asked, Asked), "rows": SLICE}
    parsed = needs_parser(head)
    limits = PARSERS if parsed else TEXTS
    try:
        with closing(stream(read_apart, request, limits=limits, wanted=wanted, keep=not parsed)) as answers:
            said: Any = None
            while True:
                known = yield received(answers.send(said))
                said = codec.encode(tuple(known or ()), tuple[KnownDays, ...])
    except StopIteration:
        return
    except ChildFailed as failure:
        if failure.why == "stopped":
            raise Stopped() from None
        raise refusal(failure) from None


def refusal(failure: ChildFailed) -> UnreadableStatement:
    """What to say when a child gave no answer."""
    reason, message = _REASONS[failure.why]
    return UnreadableStatement(reason, message)  # type: ignore[arg-type]
