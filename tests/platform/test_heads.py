"""HEAD ends with the headers, also where GET would go on."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from finapp.platform.heads import HeadAsGet

ended: list[bool] = []


async def events(request: Request) -> Response:
    async def forever() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"data: more\n\n"
                await asyncio.sleep(3600)
        finally:
            ended.append(True)

    return StreamingResponse(forever(), media_type="text/event-stream")


async def figure(request: Request) -> Response:
    return JSONResponse({"figure": 1})


def answer(path: str, method: str = "HEAD") -> list[Message]:
    """What is sent for a request, whose client stays until it has been answered."""
    app = HeadAsGet(Starlette(routes=[Route("/events", events), Route("/figure", figure)]))
    sent: list[Message] = []

    async def ask() -> None:
        waiting = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            return waiting.pop() if waiting else await asyncio.Event().wait() or {}  # type: ignore[return-value]

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "asgi": {"spec_version": "2.3"}, "method": method, "path": path, "headers": []}
        await asyncio.wait_for(app({**scope, "query_string": b"", "root_path": ""}, receive, send), 10)

    asyncio.run(ask())
    return sent


@pytest.mark.parametrize("path", ["/events", "/figure"])
def test_a_head_is_answered_with_the_headers_alone(path: str) -> None:
    start, *rest = answer(path)
    assert start["status"] == 200
    assert rest == [{"type": "http.response.body", "body": b""}]


def test_what_goes_on_is_ended() -> None:
    ended.clear()
    answer("/events")
    assert ended == [True]


def test_a_get_has_its_body() -> None:
    start, body = answer("/figure", "GET")
    assert dict(start["headers"])[b"content-length"] == b"12"
    assert body["body"] == b'{"figure":1}'
    assert dict(answer("/figure")[0]["headers"])[b"content-length"] == b"12"
