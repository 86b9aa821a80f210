"""Questions asked again: answered without taking what is known of them apart again.

A route that has understood a question hands over how it is answered. The next question that is the same is answered
that way at once. Lists differ in `limit`, `cursor` and what `q` says as well; whatever else is not plainly the same
goes to the route.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from starlette.concurrency import run_in_threadpool

LONGEST_CURSOR = 500
LARGEST_LIMIT = 500
LONGEST_TEXT = 1_000
_LONGEST = {b"cursor": LONGEST_CURSOR, b"q": LONGEST_TEXT}
PROMPT_SECONDS = 0.001
"""What took less of the processor lately is answered on the event loop: a thread would cost more than the answer."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """What a question asks of a list: which page, and of what a search finds. Without a limit, all of it is meant."""

    limit: int | None = None
    cursor: str | None = None
    text: str | None = None
    """What `q` says; None when it is left out."""


Answer = Callable[[str, Part], bytes]
"""Household and part -> the answer as JSON."""


class Pace:
    """Where something is made that is made again and again: on the event loop once it is known to be prompt.

    One of the last two times decides: a machine that was busy elsewhere says nothing about what is made.
    """

    def __init__(self) -> None:
        self._seconds = (1.0, 1.0)

    async def made(self, make: Callable[[], T], *, is_known: bool = True) -> T:
        """What `make` makes; `is_known` unless the last time says nothing about this one."""
        if is_known and min(self._seconds) < PROMPT_SECONDS:
            return self._timed(make)
        return await run_in_threadpool(self._timed, make)

    def _timed(self, make: Callable[[], T]) -> T:
        started = time.thread_time()
        made = make()
        self._seconds = self._seconds[1], time.thread_time() - started
        return made


@dataclass
class Known:
    """How a list is answered."""

    answer: Answer
    default_limit: int | None
    """None for an answer that has no pages."""
    route: Any
    """For the log, which names the route and not the address."""
    pace: Pace = field(default_factory=Pace)
    text: str | None = None
    """Of the last question."""

    def knows(self, part: Part) -> bool:
        """Whether this is a part of it, and not something to refuse."""
        return self.default_limit is not None or (part.limit is None and part.cursor is None)

    async def page(self, owner: str, part: Part) -> bytes:
        """The page. Raises what the facade refuses."""
        asked = Part(part.limit or self.default_limit, part.cursor, part.text)
        # How long one text took says nothing about another.
        is_known, self.text = self.text == part.text, part.text
        return await self.pace.made(lambda: self.answer(owner, asked), is_known=is_known)


@dataclass(frozen=True)
class Derived:
    """How a question about derived figures is answered."""

    answer: Callable[[str], tuple[str, bytes]]
    """Household -> the ETag of the present answer, and its bytes."""
    route: Any
    pace: Pace = field(default_factory=Pace)

    async def answered(self, owner: str) -> tuple[str, bytes]:
        """ETag and bytes. Raises what the facade refuses."""
        return await self.pace.made(lambda: self.answer(owner))


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
