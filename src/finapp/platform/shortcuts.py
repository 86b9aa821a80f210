"""Lists asked again with another cursor or search: answered without taking the known part of the question apart again.

A route that has understood a question hands over how it is answered. The next question that is the same, but for
`limit`, `cursor` and what `q` says, is answered that way at once; whatever is not plainly the same goes to the route.
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
LONGEST_TEXT = 1_000
_LONGEST = {b"cursor": LONGEST_CURSOR, b"q": LONGEST_TEXT}
PROMPT_SECONDS = 0.001
"""What took less the last time is answered on the event loop: a thread would cost more than the answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a question asks of a list: which page, and of what a search finds. Without a limit, all of it is meant."""

    limit: int | None = None
    cursor: str | None = None
    text: str | None = None
    """What `q` says; None when it is left out."""


Answer = Callable[[str, Part], bytes]
"""Household and part -> the answer as JSON."""


@dataclass
class Known:
    """How a question is answered, and how long it took the last time."""

    answer: Answer
    default_limit: int | None
    """None for an answer that has no pages."""
    route: Any
    """For the log, which names the route and not the address."""
    seconds: float = 1.0
    text: str | None = None

    def knows(self, part: Part) -> bool:
        """Whether this is a part of it, and not something to refuse."""
        return self.default_limit is not None or (part.limit is None and part.cursor is None)

    async def page(self, owner: str, part: Part) -> bytes:
        """The page. Raises what the facade refuses."""
        asked = Part(part.limit or self.default_limit, part.cursor, part.text)
        # How long one text took says nothing about another.
        if self.seconds < PROMPT_SECONDS and self.text == part.text:
            return self._timed(owner, asked)
        return await run_in_threadpool(self._timed, owner, asked)

    def _timed(self, owner: str, part: Part) -> bytes:
        started = time.perf_counter()
        found = self.answer(owner, part)
        self.seconds, self.text = time.perf_counter() - started, part.text
        return found


@dataclass(frozen=True, slots=True)
class Question:
    """A question in its parts."""

    path: str
    rest: bytes
    """The query without limit, cursor and what `q` says."""
    part: Part


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
    """The question in its parts; None when limit, cursor or q is not plainly one a list has."""
    rest: list[bytes] = []
    limit: int | None = None
    free: dict[bytes, str] = {}
    for part in query.split(b"&") if query else ():
        name, _, value = part.partition(b"=")
        if name == b"limit":
            if limit is not None or not value.isdigit() or not 1 <= int(value[:9]) <= LARGEST_LIMIT:
                return None
            limit = int(value)
        elif name in _LONGEST:
            text = _plain(value)
            if text is None or name in free or len(text) > _LONGEST[name] or (name == b"cursor" and not text):
                return None
            free[name] = text
        else:
            rest.append(part)
    # A list is not asked the same with and without a search.
    rest += [b"q="] if b"q" in free else []
    return Question(path, b"&".join(rest), Part(limit, free.get(b"cursor"), free.get(b"q")))


def _plain(value: bytes) -> str | None:
    """A value as it is meant; None for bytes that are no UTF-8."""
    try:
        return unquote_plus(value.decode("latin-1"), errors="strict")
    except UnicodeDecodeError:
        return None
