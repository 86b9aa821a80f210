"""What a context is made of is imported in a thread, so that the others are answered meanwhile."""

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from finapp.platform.identity import API


class OpenFirst:
    """Middleware: before the first request to a context goes on, the context is opened."""

    def __init__(self, app: ASGIApp, contexts: Mapping[str, str], open_path: Callable[[str, str], None]) -> None:
        """`contexts` are those of this process, by the first segments below the API; `open_path` is given both."""
        self._app = app
        self._closed = dict(contexts)
        self._open = open_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._closed and scope["type"] == "http" and scope["path"].startswith(API + "/"):
            segment = scope["path"].removeprefix(API).split("/")[1]
            context = self._closed.get(segment)
            if context is not None:
                await run_in_threadpool(self._open, segment, context)
                self._closed = {path: name for path, name in self._closed.items() if name != context}
        await self._app(scope, receive, send)
