"""A lock that is given in the order it was asked for."""

import threading
import time
from collections import deque


class Turns:
    """One holder at a time, and whoever asked first is next.

    A plain lock may go back and forth to the one that has just let it go: who writes a million rows in short writes
    would keep everybody else waiting.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False
        self.waited_at = float("-inf")
        """When somebody last had to wait, by `time.monotonic`."""

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for it."""
        return bool(self._waiting)

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
            self.waited_at = time.monotonic()
        # Let go by whoever hands the lock over.
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
