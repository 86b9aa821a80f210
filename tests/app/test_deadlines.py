"""A client that sends a byte at a time is cut off; one that sends its request is not."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from finapp.app import deadlines

pytestmark = pytest.mark.acceptance


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(_hello, http=deadlines.Deadlines, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await running
        listener.close()


async def answer_to(parts: list[bytes], pause: float) -> bytes:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for part in parts:
                writer.write(part)
                await asyncio.sleep(pause)
            return await asyncio.wait_for(reader.read(200), 5)
        except ConnectionError:
            return b""
        finally:
            writer.close()


def test_a_request_that_comes_at_once_is_answered() -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"
    assert b" 200 " in asyncio.run(answer_to([head, b"abc"], 0.01))


@pytest.mark.parametrize(
    "parts",
    [
        [b"GET / HTTP/1.1\r\nX: ", *[b"a"] * 8],
        [b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", *[b"a"] * 8],
        [b""] * 8,
    ],
    ids=["headers", "body", "nothing"],
)
def test_a_client_that_dawdles_is_cut_off(parts: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(deadlines, "BODY_SECONDS", 0.3)
    assert b" 200 " not in asyncio.run(answer_to(parts, 0.1))
