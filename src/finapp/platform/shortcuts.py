"""Lists asked again with another cursor: answered without taking the known part of the question apart once more.

A route that has understood a question hands over how it is answered. The next question with the same text, but for
`limit` and `cursor`, is answered that way at once; whatever is not plainly the same goes to the route.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool

LONGEST_CURSOR = 500
LARGEST_LIMIT = 500
PROMPT_SECONDS = 0.001
"""What took less the last time is answered on the event loop: a thread would cost more than the answer."""

Answer = Callable[[str, int, str | None], bytes]
"""Household, limit and cursor -> the page as JSON."""


@dataclass
class Known:
    """How a question is answered, and how long it took the last time."""

    answer: Answer
    default_limit: int
    route: Any
    """For the log, which names the route and not the address."""
    seconds: float = 1.0

    async def page(self, owner: str, limit: int | None, cursor: str | None) -> bytes:
        """The page. Raises what the facade refuses."""
        asked = owner, limit or self.default_limit, cursor
        return self._timed(*asked) if self.seconds < PROMPT_SECONDS else await run_in_threadpool(self._timed, *asked)

    def _timed(self, owner: str, limit: int, cursor: str | None) -> bytes:
        started = time.perf_counter()
        found = self.answer(owner, limit, cursor)
        self.seconds = time.perf_counter() - started
        return found


@dataclass(frozen=True, slots=True)
class Question:
    """A question in its parts."""

    path: str
    rest: bytes
    """The query without limit and cursor."""
    limit: int | None
    cursor: str | None


class Shortcuts:
    """Known questions, the least recently asked dropped first."""

    def __init__(self, most: int = 1_000) -> None:
        self._known: OrderedDict[tuple[str, bytes], Known] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def find(self, question: Question) -> Known | None:
        """How a question like this was answered."""
        with self._lock:
            known = self._known.get((question.path, question.rest))
            if known is not None:
                self._known.move_to_end((question.path, question.rest))
            return known

    def learn(self, question: Question, known: Known) -> None:
        """Remembers how."""
        with self._lock:
            self._known[question.path, question.rest] = known
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def parted(path: str, query: bytes) -> Question | None:
    """The question in its parts; None when limit or cursor is not plainly one a list has."""
    rest: list[bytes] = []
    limit: int | None = None
    cursor: str | None = None
    for part in query.split(b"&") if query else ():
        name, _, value = part.partition(b"=")
        if name == b"limit":
            if limit is not None or not value.isdigit() or not 1 <= int(value[:9]) <= LARGEST_LIMIT:
                return None
            limit = int(value)
        elif name == b"cursor":
            text = unquote_plus(value.decode("latin-1"))
            if cursor is not None or not text or len(text) > LONGEST_CURSOR:
                return None
            cursor = text
        else:
            rest.append(part)
    return Question(path, b"&".join(rest), limit, cursor)
