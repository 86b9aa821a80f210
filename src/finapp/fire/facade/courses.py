"""Courses that were drawn, kept while they are asked for again: what a person varies is seldom the market."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from finapp.fire.domain.portfolio import Course, Remembered, remembered

MOST_BYTES = 64 * 1024 * 1024
"""As much is kept at most: one course of 10,000 paths over 60 years of months, or a dozen of years."""
UNUSED_SECONDS = 60.0
"""A course that nobody asks for so long is dropped: memory is given back when the person has gone on."""


@dataclass
class _Kept:
    course: Remembered
    size: int
    used: float


class Courses:
    """The last courses by what they are drawn from, the least recently used dropped first."""

    def __init__(self, most_bytes: int = MOST_BYTES, unused_seconds: float = UNUSED_SECONDS) -> None:
        self._most, self._unused = most_bytes, unused_seconds
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._clock: threading.Timer | None = None

    def course(self, key: Hashable, course: Course, *, years: int, steps: int) -> Course:
        """The years of a course, as they were drawn under this key, or drawn now; a large one is not kept.

        The key must name all that the course is drawn from.
        """
        size = 8 * years * steps * course.paths
        if size > self._most:
            return course
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = _Kept(remembered(course, years), size, 0.0)
        with self._lock:
            found.used = time.monotonic()
            self._kept[key] = found
            self._kept.move_to_end(key)
            while sum(each.size for each in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
            self._look_later()
        return found.course

    def _look_later(self) -> None:
        """Looks again when the course that was unused the longest is to be dropped, unless a look is due already."""
        if self._clock is None and self._kept:
            due = min(each.used for each in self._kept.values()) + self._unused
            self._clock = threading.Timer(max(due - time.monotonic(), 0.0), self._drop)
            self._clock.daemon = True
            self._clock.start()

    def _drop(self) -> None:
        """Drops what was not asked for since the last look."""
        with self._lock:
            until = time.monotonic() - self._unused
            for key in [key for key, each in self._kept.items() if each.used <= until]:
                del self._kept[key]
            self._clock = None
            self._look_later()
