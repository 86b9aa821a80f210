"""How much SQLite does, in steps of its own machine: the same whatever else runs, and many where rows are scanned."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

_AT_ONCE = 50


class Steps:
    """Steps of every connection so far, to some fifty of each question."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, connection: Connection, *_: Any) -> None:
        """Counts what a connection does from now on."""
        connection.set_progress_handler(self._more, _AT_ONCE)

    def _more(self) -> int:
        self.count += _AT_ONCE
        return 0


@contextmanager
def counted_steps() -> Iterator[Steps]:
    """Counts the steps of all SQLite connections that are opened meanwhile."""
    steps = Steps()
    event.listen(Pool, "connect", steps.watch)
    try:
        yield steps
    finally:
        event.remove(Pool, "connect", steps.watch)
