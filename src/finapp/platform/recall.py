"""Answers given before, given again without asking anybody while nothing was written for the household.

Every context of this process tells each commit to one `Commits`. An answer is kept under the household, the whole
question, the day and the number of commits it was made after, so a further commit of any context makes it unfit. It
needs every context in this process and one writer for each, and is left out where that does not hold: there, versions
are asked for as before.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from finapp.kernel.clock import Clock
from finapp.kernel.errors import FinappError
from finapp.platform import memory as memories
from finapp.platform.problems import of_error
from finapp.platform.shortcuts import Derived, Shortcuts, parted

MOST_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 2_000
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str, bytes, str]
"""Household, path, query, day."""


class Commits:
    """How many commits this process has made for each household, in any context."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def of(self, owner: str) -> int:
        """The number for a household."""
        return self._counts.get(owner, 0)

    def add(self, owner: str) -> None:
        """One more."""
        with self._lock:
            self._counts[owner] = self._counts.get(owner, 0) + 1


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and the number of commits it was made after."""

    commits: int
    etag: str | None
    headers: Headers
    body: bytes
    route: Any = field(compare=False)
    """For the log, which names the route and not the address."""


class Memory:
    """Answers by question, the least recently used dropped first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._most = most_bytes
        self._size = 0
        self._lock = threading.Lock()

    def find(self, key: Key, commits: int) -> Kept | None:
        """The answer, when it was made after exactly so many commits."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.commits != commits:
                return None
            self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, kept: Kept) -> None:
        """Keeps the answer instead of the one before."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(kept.body) - (len(before.body) if before is not None else 0)
            self._kept[key] = kept
            while self._size > self._most and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1].body)


Keep = Callable[[str | None, bytes, Any], None]
"""Keeps the answer of the present request: its ETag, its bytes, its route."""


class RecallFirst:
    """Middleware behind the sign-in: answers from memory, and hands the routes a way to keep what they answer."""

    def __init__(self, app: ASGIApp, commits: Commits, clock: Clock, memory: Memory | None = None) -> None:
        self._app = app
        self._commits = commits
        self._clock = clock
        self._memory = memory or Memory()
        self._shortcuts = Shortcuts()
        self._derived = memories.Memory[Derived](most=1_000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = scope["state"].get("who") if scope["type"] == "http" and scope["method"] == "GET" else None
        if who is None or len(scope["query_string"]) > LONGEST_QUERY:
            await self._app(scope, receive, send)
            return
        owner: str = who.household
        key = (owner, scope["path"], scope["query_string"], self._clock.today().isoformat())
        # Counted before anything is read: what is committed meanwhile makes the answer unfit.
        commits = self._commits.of(owner)
        kept: Kept | Response | None = self._memory.find(key, commits)
        if kept is None:
            kept = await self._by_shortcut(scope, key, commits)
        if kept is None:
            scope["state"]["keep"] = self._keeper(key, commits)
            await self._app(scope, receive, send)
        elif isinstance(kept, Kept):
            await _send(kept, scope, send)
        else:
            await kept(scope, receive, send)

    async def _by_shortcut(self, scope: Scope, key: Key, commits: int) -> Kept | Response | None:
        owner, *address, _ = key
        derived = self._derived.known(tuple(address))
        try:
            if derived is not None:
                return self._keep(key, commits, *await derived.answered(owner), derived.route)
            return await self._listed(scope, key, commits)
        except FinappError as refusal:
            return of_error(refusal)

    async def _listed(self, scope: Scope, key: Key, commits: int) -> Kept | None:
        scope["state"]["learn_derived"] = partial(self._derived.keep, key[1:3])
        question = parted(key[1], key[2])
        known = self._shortcuts.find(question) if question is not None else None
        if question is None or (known is not None and not known.knows(question.part)):
            return None
        if known is None:
            scope["state"]["learn"] = partial(self._shortcuts.learn, question)
            return None
        return self._keep(key, commits, None, await known.page(key[0], question.part), known.route)

    def _keeper(self, key: Key, commits: int) -> Keep:
        def keep(etag: str | None, body: bytes, route: Any) -> None:
            self._keep(key, commits, etag, body, route)

        return keep

    def _keep(self, key: Key, commits: int, etag: str | None, body: bytes, route: Any) -> Kept:
        headers: Headers = [(b"content-type", b"application/json")]
        if etag is not None:
            headers += [(b"etag", etag.encode()), (b"cache-control", b"private, no-cache")]
        kept = Kept(commits, etag, headers, body, route)
        self._memory.keep(key, kept)
        return kept


async def _send(kept: Kept, scope: Scope, send: Send) -> None:
    scope["route"] = kept.route
    if kept.etag is not None and names(_header(scope, b"if-none-match"), kept.etag):
        status, body, headers = 304, b"", kept.headers[1:]
    else:
        status, body = 200, kept.body
        headers = [*kept.headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def names(if_none_match: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag."""
    return any(item.strip().removeprefix("W/") in (etag, "*") for item in if_none_match.split(","))


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
