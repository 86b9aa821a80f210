"""How long work on many rows keeps others from writing."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from finapp.transactions.domain.known_days import Chunk, Repeats

_SHARED, _ALONE = 0.06, 0.2
"""Seconds of work in one of many short writes, while others write too and while nobody does: whoever comes waits little
longer for it."""
_REMEMBERED = 10.0
"""Seconds for which somebody who had to wait is expected to come again."""
_LEAST, _MOST = 300, 3_000


class Pace:
    """How many rows are written at once: as many as are quickest, and fewer while others wait for their turn."""

    def __init__(self, waited_at: Callable[[], float]) -> None:
        """`waited_at` says when somebody last had to wait for a write, by `time.monotonic`."""
        self.rows = _MOST
        self._waited_at = waited_at
        self._each = 0.0
        """Seconds of work for a row, the last writes counted most: now and then one copies the log back as well."""

    @contextmanager
    def kept(self, rows: int) -> Iterator[None]:
        """Within it `rows` are written and committed."""
        # What this thread works, not what it waits for: on a busy machine smaller writes would make all wait longer.
        began = time.thread_time()
        yield
        each = max(time.thread_time() - began, 0.001) / max(rows, 1)
        self._each = (3 * self._each + each) / 4 if self._each else each
        shared = time.monotonic() - self._waited_at() < _REMEMBERED
        self.rows = min(max(int((_SHARED if shared else _ALONE) / self._each), _LEAST), _MOST)

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
