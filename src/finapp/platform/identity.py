"""Who is asking. Deny by default: whatever is not listed as open needs a valid access token."""

import hashlib
import threading
import time
from collections.abc import Mapping
from typing import Annotated, Protocol

from fastapi import Request, Security
from fastapi.security import OAuth2PasswordBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from finapp.kernel.errors import FinappError, Forbidden, Unauthenticated
from finapp.kernel.who import Who
from finapp.platform.problems import of_error

API = "/api/v1"
REMEMBERED_AT_MOST = 10_000


class Identity(Protocol):
    """Tells who holds a token. Auth's facade keeps this promise, here or in another process."""

    def identify(self, *, token: str) -> Who:
        """The holder of an access or API token. Raises Unauthenticated for every other text."""


class Doorkeeper:
    """Verifies each token once and remembers it by digest until it expires or auth announces its end."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._known: dict[bytes, Who] = {}
        self._endings = 0
        self._lock = threading.Lock()

    def remembered(self, token: str) -> Who | None:
        """The holder, when this token was verified before and has not expired."""
        who = self._known.get(_digest(token))
        return who if who is not None and who.expires_at > time.time() else None

    def verify(self, token: str) -> Who:
        """The holder, asked of auth. Raises Unauthenticated."""
        endings = self._endings
        who = self._identity.identify(token=token)
        with self._lock:
            if len(self._known) >= REMEMBERED_AT_MOST:
                self._known.clear()
            # What ended while auth was asked may be this very token: then the next request asks again.
            if endings == self._endings:
                self._known[_digest(token)] = who
        return who

    def forget(self, *, session: str | None = None, person: str | None = None) -> None:
        """Drops what is remembered of a session or a person, so that the next request asks auth again."""
        with self._lock:
            kept = {key: who for key, who in self._known.items() if who.session != session and who.person != person}
            self._known = kept
            self._endings += 1


class SignInFirst:
    """Middleware: 401 before anything else looks at the request, 403 for a scope that does not reach."""

    def __init__(
        self,
        app: ASGIApp,
        doorkeeper: Doorkeeper,
        open_paths: frozenset[tuple[str, str]],
        contexts: Mapping[str, str],
    ) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._open = open_paths
        self._contexts = contexts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._guarded(scope):
            try:
                scope.setdefault("state", {})["who"] = await self._admit(scope)
            except FinappError as refusal:
                await of_error(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _guarded(self, scope: Scope) -> bool:
        path: str = scope["path"]
        if not path.startswith(API + "/") or scope["method"] == "OPTIONS":
            return False
        return (scope["method"], path.removeprefix(API)) not in self._open

    async def _admit(self, scope: Scope) -> Who:
        header = HTTPConnection(scope).headers.get("authorization", "")
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send an access token as 'Authorization: Bearer ...'")
        who = self._doorkeeper.remembered(token)
        if who is None:
            who = await run_in_threadpool(self._doorkeeper.verify, token)
        context = self._contexts.get(scope["path"].removeprefix(API).split("/")[1], "")
        verb = "read" if scope["method"] in ("GET", "HEAD") else "write"
        if not who.may(context, verb):
            lacking = f"this token lacks the scope {context}:{verb}"
            raise Forbidden(lacking if context else "no API token reaches this: it takes a person who is signed in")
        return who


_scheme = OAuth2PasswordBearer(tokenUrl=f"{API}/auth/token", auto_error=False)


async def _caller(request: Request, token: Annotated[str | None, Security(_scheme)]) -> Who:
    # The middleware has verified the token; the scheme is here so that the docs page shows its Authorize button.
    who: Who | None = getattr(request.state, "who", None)
    if who is None:
        raise Unauthenticated()
    return who


Caller = Annotated[Who, Security(_caller)]
"""A route's parameter: who is asking."""


def _digest(token: str) -> bytes:
    return hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=16).digest()
