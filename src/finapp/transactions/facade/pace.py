"""How long work on many rows keeps others from writing."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from finapp.transactions.domain.known_days import Chunk, Repeats

_HOLDS = 0.05
"""Seconds of work in one of many short writes while others write too: they wait little longer for it."""
_REMEMBERED = 10.0
"""Seconds for which somebody who had to wait is expected to come again."""
_LEAST, _MOST = 300, 3_000


class Pace:
    """How many rows are written at once: as many as are quickest, and fewer while others wait for their turn."""

    def __init__(self, awaited: Callable[[], bool]) -> None:
        """`awaited` says, within a write, whether somebody waits for its end."""
        self.rows = _MOST
        self._awaited = awaited
        self._met = -_REMEMBERED

    @contextmanager
    def kept(self, rows: int) -> Iterator[None]:
        """Within it `rows` are written."""
        # What this thread works, not what it waits for: on a busy machine smaller writes would make all wait longer.
        began = time.thread_time()
        yield
        taken = max(time.thread_time() - began, 0.001)
        now = time.monotonic()
        if self._awaited():
            self._met = now
        busy = now - self._met < _REMEMBERED
        self.rows = min(max(int(rows * _HOLDS / taken), _LEAST), _MOST) if busy else _MOST

    def portions(self, slices: Iterable[Chunk]) -> Iterator[Chunk]:
        """Slices, cut so that each may be written at once as things are when it is asked for."""
        for each in slices:
            if isinstance(each, Repeats):
                yield each
                continue
            start = 0
            while start < len(each.rows):
                portion = each.portion(start, self.rows)
                yield portion
                start += len(portion.rows)
