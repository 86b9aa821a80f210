"""Refuses a body that says it is too large before any of it is read; chunked ones are counted as they arrive."""

import re
from collections.abc import Mapping

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from finapp.kernel.errors import TooLarge
from finapp.platform.problems import of_error


class BodyLimit:
    """Middleware: 413 as a problem document for more than `most` bytes, or than the limit of an upload path, in which
    `*` stands for an id."""

    def __init__(self, app: ASGIApp, most: int, uploads: Mapping[str, int]) -> None:
        self._app = {limit: RequestBodyLimitMiddleware(app, limit) for limit in (most, *uploads.values())}
        self._most = most
        self._uploads = {path: limit for path, limit in uploads.items() if "*" not in path}
        self._of_ids = [(_pattern(path), limit) for path, limit in uploads.items() if "*" in path]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = self._limit(scope["path"]) if scope["type"] == "http" else self._most
        declared = HTTPConnection(scope).headers.get("content-length", "0") if scope["type"] == "http" else "0"
        if declared.isdigit() and int(declared) <= most:
            await self._app[most](scope, receive, send)
        else:
            await of_error(TooLarge(f"a body here has at most {most} bytes", limit=most))(scope, receive, send)

    def _limit(self, path: str) -> int:
        own = (limit for pattern, limit in self._of_ids if pattern.fullmatch(path))
        return self._uploads.get(path) or next(own, self._most)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", "[^/]+"))
