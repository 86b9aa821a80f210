"""The whole product in this process, asked through ASGI without sockets, and the CPU time of each answer."""

import asyncio
import json
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI

from finapp.app.main import create_app
from finapp.app.settings import Settings
from finapp.app.warming import warm
from finapp.platform import logs

TODAY = date(2026, 7, 15)
API = "/api/v1"
_QUIET_MS, _LOOK, _PATIENCE = 2.0, 0.04, 5.0


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request; `path` may carry a query. The body may be a stream."""

    method: str = "GET"
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterable[bytes] = ()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back, and the milliseconds of CPU that this process spent meanwhile."""

    status: int
    body: bytes
    cpu_ms: float
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        """The body. Raises RuntimeError when the request was refused, because no figure may come from a refusal."""
        if self.status >= 300:
            raise RuntimeError(f"{self.status}: {self.body[:400]!r}")
        return json.loads(self.body) if self.body else None


class Served:
    """An application and the event loop that asks it."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self.app = app
        self._runner = runner
        self._headers: dict[str, str] = {}

    def speak_for(self, token: str) -> None:
        """Sends this access token from here on."""
        self._headers = {"authorization": f"Bearer {token}"}

    def ask(self, requests: Sequence[Request], *, forgetting: str | None = None, also: int = 200) -> list[Reply]:
        """Asks one after the other in one turn of the loop. Raises RuntimeError for a refusal, unless it is `also`.

        With the id of a household in `forgetting`, whole answers kept for it are unfit before each request, as they
        are after a write.
        """

        async def run() -> list[Reply]:
            return [await self._one(request, forgetting) for request in requests]

        replies = self._runner.run(run())
        for request, reply in zip(requests, replies, strict=True):
            if reply.status >= 300 and reply.status != also:
                raise RuntimeError(f"{request.method} {request.path}: {reply.status} {reply.body[:400]!r}")
        return replies

    def get(self, path: str) -> Any:
        """The JSON of a GET under the API."""
        return self.ask([Request(path=API + path)])[0].json()

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Reply:
        """Sends JSON under the API."""
        return self.ask([json_request(method, path, body)])[0]

    def settle(self) -> None:
        """Waits, but not for long, until the background threads rest, so that no figure contains their work."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            before = time.process_time()
            time.sleep(_LOOK)
            if (time.process_time() - before) * 1000 < _QUIET_MS:
                return

    async def _one(self, request: Request, forgetting: str | None) -> Reply:
        parts = urlsplit(request.path)
        headers = {"host": "testserver", **self._headers, **request.headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": request.method,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("testserver", 80),
            "state": {},
        }
        chunks = iter(request.body)
        status, received, told = 0, [], {}

        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:
                # The client stays: whoever streams an answer listens whether it leaves.
                await asyncio.Event().wait()
            chunk = next(chunks, b"")
            asked = not chunk
            return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

        async def send(message: Mapping[str, Any]) -> None:
            nonlocal status, told
            if message["type"] == "http.response.start":
                status = message["status"]
                told = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                received.append(message.get("body", b""))

        if forgetting is not None:
            self.app.state.commits.add(forgetting)
        before = time.process_time()
        await self.app(scope, receive, send)  # type: ignore[arg-type]
        spent = (time.process_time() - before) * 1000
        return Reply(status=status, body=b"".join(received), cpu_ms=spent, headers=told)


def json_request(method: str, path: str, body: Mapping[str, Any] | None = None) -> Request:
    """A request under the API with a JSON body."""
    content = b"" if body is None else json.dumps(body).encode()
    # As every client does that knows how long its body is.
    headers = {"content-type": "application/json", "content-length": str(len(content))}
    return Request(method=method, path=API + path, headers=headers, body=(content,) if content else ())


@contextmanager
def served(directory: Path) -> Iterator[Served]:
    """The product on an empty directory, with its background threads."""
    logs.configure("WARNING")
    app = create_app(Settings(data=directory, today=TODAY, log_level="WARNING"))
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        warm()
        try:
            yield Served(app, runner)
        finally:
            runner.run(lifespan.__aexit__(None, None, None))


def hello(repeats: int) -> float:
    """H: the median milliseconds of CPU of a FastAPI async hello in this process."""
    app = FastAPI()

    @app.get("/hello")
    async def say_hello() -> dict[str, str]:
        return {"hello": "world"}

    with asyncio.Runner() as runner:
        replies = Served(app, runner).ask([Request(path="/hello")] * (repeats + 20))
    return statistics.median(reply.cpu_ms for reply in replies[20:])


def resident_mb() -> float:
    """Megabytes of this process in memory now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell how much memory a process holds")
