"""One base URL: requests for a context in another process are passed on to it, streamed both ways."""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from finapp.kernel.errors import Unavailable
from finapp.platform.identity import API
from finapp.platform.outgoing import CONNECT_SECONDS
from finapp.platform.problems import of_error

if TYPE_CHECKING:
    import httpx2

ANSWER_SECONDS = 120.0
_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "host", "content-length"}


class Gateway:
    """Middleware: passes `/api/v1/<path of a context elsewhere>` on; 503 when that context does not answer."""

    def __init__(self, app: ASGIApp, contexts: Mapping[str, str], elsewhere: Mapping[str, str]) -> None:
        self._app = app
        self._urls = {path: elsewhere[name] for path, name in contexts.items() if name in elsewhere}
        self._client: httpx2.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        url = self._urls.get(self._segment(scope)) if scope["type"] == "http" else None
        if url is None:
            await self._app(scope, receive, send)
        else:
            answer = await self._pass_on(url, Request(scope, receive))
            await answer(scope, receive, send)

    @staticmethod
    def _segment(scope: Scope) -> str:
        path: str = scope["path"]
        return path.removeprefix(API + "/").split("/")[0] if path.startswith(API + "/") else ""

    async def _pass_on(self, url: str, request: Request) -> Response:
        import httpx2

        target = httpx2.URL(url + request.url.path, query=request.url.query.encode())
        headers = [(name, value) for name, value in request.headers.items() if name not in _HOP]
        headers.append(("x-request-id", structlog.contextvars.get_contextvars().get("request_id", "")))
        body = request.stream() if request.method in ("POST", "PUT", "PATCH", "DELETE") else None
        client = self._open()
        passed = client.build_request(request.method, target, headers=headers, content=body)
        try:
            answer = await client.send(passed, stream=True)
        except httpx2.HTTPError:
            return of_error(Unavailable("this part of the product does not answer now"))
        kept = {name: value for name, value in answer.headers.items() if name not in _HOP}
        return StreamingResponse(self._body(answer), answer.status_code, kept)

    @staticmethod
    async def _body(answer: "httpx2.Response") -> AsyncIterator[bytes]:
        try:
            async for chunk in answer.aiter_raw():
                yield chunk
        finally:
            await answer.aclose()

    def _open(self) -> "httpx2.AsyncClient":
        import httpx2

        if self._client is None:
            timeout = httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
            self._client = httpx2.AsyncClient(timeout=timeout, trust_env=False)
        return self._client
