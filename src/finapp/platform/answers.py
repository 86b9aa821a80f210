"""Derived answers, remembered under what they depend on. The key is the ETag, so nothing needs invalidating."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.responses import Response

from finapp import __version__
from finapp.kernel.clock import Clock
from finapp.platform.fields import Day
from finapp.platform.identity import Caller
from finapp.platform.routes import adapter, matches

AsOf = Annotated[Day | None, Query(description="The day the answer is for; today when left out.")]


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

    def answer(self, kind: Any, *, version: str | None, as_of: date, make: Callable[[], Any]) -> Response:
        """`make()` as JSON with an ETag; from memory, or 304, when nothing it depends on has changed.

        `version` names the state of every context the answer depends on; None when one of them could not be
        asked, and then nothing is kept.
        """
        if version is None:
            return Response(adapter(kind).dump_json(make()), media_type="application/json")
        key = self._key(version, as_of)
        headers = {"ETag": f'"{key}"', "Cache-Control": "private, no-cache"}
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

    def _key(self, version: str, as_of: date) -> str:
        url = self.request.url
        question = f"{self.owner}\n{version}\n{as_of}\n{__version__}\n{url.path}?{url.query}"
        return hashlib.sha256(question.encode()).hexdigest()[:32]


async def _asked(request: Request, caller: Caller) -> Asked:
    state = request.app.state
    return Asked(request=request, owner=caller.household, clock=state.clock, answers=state.answers)


Question = Annotated[Asked, Depends(_asked)]
"""A route's parameter: the question, for GETs of derived figures."""
