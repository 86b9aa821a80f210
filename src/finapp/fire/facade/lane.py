"""One large computation at a time: however many are asked for, a core and the memory of one are enough."""

import threading
from collections.abc import Callable
from typing import TypeVar

from finapp.kernel.errors import Unavailable

T = TypeVar("T")
LARGE = 3_000_000
"""Draws (paths x years x steps) from which a simulation takes its turn: about a tenth of a second."""
MOST_WAITING = 8
"""More would hold the threads that answer everybody else."""


class Lane:
    """Where large computations take turns; small ones pass."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0

    def run(self, draws: int, work: Callable[[], T]) -> T:
        """`work()`, when it is small at once, otherwise in its turn. Raises Unavailable when too many wait."""
        if draws < LARGE:
            return work()
        with self._count:
            if self._waiting >= MOST_WAITING:
                raise Unavailable(f"{MOST_WAITING} large computations are waiting for their turn")
            self._waiting += 1
        try:
            with self._turn:
                return work()
        finally:
            with self._count:
                self._waiting -= 1
