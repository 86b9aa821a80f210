"""Derived answers, remembered under what they depend on. The key is the ETag, so nothing needs invalidating."""

import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Protocol

from fastapi import Depends, Query, Request
from starlette.responses import Response

from finapp import __version__
from finapp.kernel.clock import Clock
from finapp.platform.fields import Day
from finapp.platform.identity import Caller
from finapp.platform.routes import adapter, matches
from finapp.platform.shortcuts import Derived

AsOf = Annotated[Day | None, Query(description="The day the answer is for; today when left out.")]


class Versioned(Protocol):
    """A facade that names the state of everything its answers depend on."""

    def version(self, *, owner: str) -> str:
        """The name; equal ones mean equal answers."""


class Answers:
    """Rendered answers by key, in this process, the least recently used dropped first."""

    def __init__(self, most_bytes: int = 64 * 1024 * 1024) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._most = most_bytes
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, body: bytes) -> None:
        """Keeps the bytes."""
        with self._lock:
            self._size += len(body) - len(self._kept.get(key, b""))
            self._kept[key] = body
            while self._size > self._most and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1])


@dataclass
class Figures:
    """How a question about derived figures is answered, whosever they are."""

    kind: Any
    facade: Versioned
    make: Callable[[str, date], Any]
    """Household and day -> the answer."""
    as_of: date | None
    address: str
    """Path and query."""
    clock: Clock
    answers: Answers
    _last: tuple[weakref.ref[Any], str] | None = None
    """An answer, while somebody keeps it, and under what its bytes are kept: a facade gives the same one again where a
    write did not touch it."""

    def answer(self, owner: str) -> tuple[str, bytes]:
        """The ETag of the present answer, and its bytes."""
        day = self.day()
        # The version is asked for before anything is read: an answer is never older than its name.
        key = self.key(owner, day)
        return f'"{key}"', self.body(owner, day, key)

    def day(self) -> date:
        """The day the answer is for."""
        return self.as_of or self.clock.today()

    def key(self, owner: str, day: date) -> str:
        """Under what the present answer is kept."""
        return key_of(owner, self.facade.version(owner=owner), day, self.address)

    def body(self, owner: str, day: date, key: str) -> bytes:
        """The bytes kept under a key, else of a new answer."""
        body = self.answers.get(key)
        if body is None:
            value = self.make(owner, day)
            body = self._known(value) or adapter(self.kind).dump_json(value)
            self.answers.put(key, body)
            self._last = weakref.ref(value), key
        return body

    def _known(self, value: Any) -> bytes | None:
        last = self._last
        return self.answers.get(last[1]) if last is not None and last[0]() is value else None


def key_of(owner: str, version: str, day: date, address: str) -> str:
    """Under what an answer is kept."""
    question = f"{owner}\n{version}\n{day}\n{__version__}\n{address}"
    return hashlib.sha256(question.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Asked:
    """One question about derived figures: whose, for which day, and how its answer is kept."""

    request: Request
    owner: str
    clock: Clock
    answers: Answers

    def day(self, as_of: date | None) -> date:
        """The day the answer is for."""
        return as_of or self.clock.today()

    def figures(
        self, kind: Any, facade: Versioned, make: Callable[[str, date], Any], *, as_of: date | None
    ) -> Response:
        """What `make` says of a household on a day, as `answer` gives it; the same question is answered at once from
        then on. `make` must depend on nothing of the request but its path and query."""
        found = Figures(kind, facade, make, as_of, self._address(), self.clock, self.answers)
        learn = self.request.scope["state"].get("learn_derived")
        if learn is not None:
            learn(Derived(found.answer, self.request.scope.get("route")))
        day = found.day()
        key = found.key(self.owner, day)
        headers = _headers(f'"{key}"')
        if matches(self.request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        body = found.body(self.owner, day, key)
        self._keep(headers["ETag"], body)
        return Response(body, headers=headers, media_type="application/json")

    def answer(self, kind: Any, *, version: str | None, as_of: date, make: Callable[[], Any]) -> Response:
        """`make()` as JSON with an ETag; from memory, or 304, when nothing it depends on has changed.

        `version` names the state of every context the answer depends on; None when one of them could not be
        asked, and then nothing is kept.
        """
        if version is None:
            return Response(adapter(kind).dump_json(make()), media_type="application/json")
        key = key_of(self.owner, version, as_of, self._address())
        headers = _headers(f'"{key}"')
        body = self.answers.get(key)
        if body is not None:
            self._keep(headers["ETag"], body)
        if matches(self.request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if body is None:
            body = adapter(kind).dump_json(make())
            self.answers.put(key, body)
            self._keep(headers["ETag"], body)
        return Response(body, headers=headers, media_type="application/json")

    def _keep(self, etag: str, body: bytes) -> None:
        keep = self.request.scope["state"].get("keep")
        if keep is not None:
            keep(etag, body, self.request.scope.get("route"))

    def _address(self) -> str:
        return f"{self.request.url.path}?{self.request.url.query}"


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "private, no-cache"}


async def _asked(request: Request, caller: Caller) -> Asked:
    state = request.app.state
    return Asked(request=request, owner=caller.household, clock=state.clock, answers=state.answers)


Question = Annotated[Asked, Depends(_asked)]
"""A route's parameter: the question, for GETs of derived figures."""
