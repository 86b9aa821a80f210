"""A plain request is answered by plan as FastAPI answers it, and any other one by FastAPI."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from finapp.kernel.errors import Invalid
from finapp.platform import arguments
from finapp.platform.operations import Router, section, serve

ASKED: list[str] = []


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    size: int = 3


async def _who(request: Request, token: Annotated[str | None, Header(max_length=5)] = None) -> str:
    ASKED.append("who")
    return f"{token}:{request.url.path}"


async def _twice(who: Annotated[str, Depends(_who)]) -> str:
    return who * 2


async def _refusing(request: Request) -> None:
    if "refused" in request.query_params:
        raise Invalid("refused", "is refused")


class Asked:
    def __init__(self, **values: Any) -> None:
        self.values = values


async def _asked(
    first: Annotated[date | None, Query(alias="from")] = None,
    sort: Literal["up", "down"] = "up",
    limit: Annotated[int, Query(ge=1)] = 5,
) -> Asked:
    return Asked(first=first, sort=sort, limit=limit)


def _router() -> Router:
    router = Router(dependencies=[Depends(_refusing)])

    @router.post("/things/{number}", status_code=201)
    def make(
        number: int,
        body: Body,
        who: Annotated[str, Depends(_who)],
        twice: Annotated[str, Depends(_twice)],
        asked: Annotated[Asked, Depends(_asked)],
    ) -> dict[str, str]:
        return {"said": f"{number} {body.name} {body.size} {who} {twice} {asked.values}"}

    @router.get("/things/{number}")
    async def one(number: int, asked: Annotated[Asked, Depends(_asked)]) -> Response:
        return Response(f"{number} {asked.values}", headers={"etag": '"1"'})

    @router.get("/lists")
    def lists(tag: Annotated[list[str], Query()]) -> list[str]:
        return tag

    @router.delete("/things/{number}", status_code=204)
    def gone(number: int) -> None:
        ASKED.append(f"gone {number}")

    return router


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.add_exception_handler(Invalid, lambda _, refusal: Response(str(refusal), 422))
    serve(app, [section(_router())])
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


_JSON = {"content-type": "application/json"}
REQUESTS: list[dict[str, Any]] = [
    {"method": "POST", "url": "/things/7", "json": {"name": "a"}},
    {"method": "POST", "url": "/things/7?limit=2&from=2026-01-31&sort=down", "json": {"name": "a", "size": 9}},
    {"method": "POST", "url": "/things/7", "json": {"name": "a"}, "headers": {"token": "t"}},
    {"method": "POST", "url": "/things/7", "json": {"name": "a"}, "headers": {"token": "too long"}},
    {"method": "POST", "url": "/things/seven?limit=0", "json": {"name": 1, "other": 2}},
    {"method": "POST", "url": "/things/7?refused=1&limit=0", "json": {"name": "a"}},
    {"method": "POST", "url": "/things/7", "json": [1]},
    {"method": "POST", "url": "/things/7", "json": {"name": "long " * 20_000}},
    {"method": "POST", "url": "/things/7", "json": {"name": ["long"] * 20_000}},
    {"method": "POST", "url": "/things/7"},
    {"method": "POST", "url": "/things/7", "content": b"{not json", "headers": _JSON},
    {"method": "POST", "url": "/things/7", "content": b'{"name": "\xff"}', "headers": _JSON},
    {"method": "POST", "url": "/things/7", "content": b'{"name": "a"}'},
    {"method": "POST", "url": "/things/7", "content": b'{"name": "a"}', "headers": {"content-type": "text/plain"}},
    {
        "method": "POST",
        "url": "/things/7",
        "content": b'{"name": "a"}',
        "headers": {"content-type": "application/x+json"},
    },
    {"method": "POST", "url": "/things/7", "content": iter([b'{"name":', b' "a"}']), "headers": _JSON},
    {"method": "GET", "url": "/things/7?sort=up"},
    {"method": "GET", "url": "/things/7?sort=sideways"},
    {"method": "GET", "url": "/things/7?limit=1&limit=2"},
    {"method": "GET", "url": "/things/7?from="},
    {"method": "GET", "url": "/lists?tag=a&tag=b"},
    {"method": "GET", "url": "/lists"},
    {"method": "DELETE", "url": "/things/7"},
    {"method": "DELETE", "url": "/things/none"},
]


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_the_answer_is_that_of_fastapi(client: TestClient, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = REQUESTS[number]
    if not isinstance(asked.get("content"), bytes | None):
        asked = {**asked, "content": [b'{"name":', b' "a"}']}
    planned = client.request(**asked)

    async def never(self: arguments.Plan, request: Request) -> dict[str, Any]:
        raise arguments.NotPlain

    monkeypatch.setattr(arguments.Plan, "arguments", never)
    careful = client.request(**asked)
    assert (planned.status_code, planned.content, planned.headers) == (
        careful.status_code,
        careful.content,
        careful.headers,
    )


def test_a_plain_request_asks_each_dependency_once(client: TestClient) -> None:
    ASKED.clear()
    said = client.post("/things/7", json={"name": "a"}, headers={"token": "t"})
    assert json.loads(said.content)["said"].startswith("7 a 3 t:/things/7 t:/things/7t:/things/7")
    assert ASKED == ["who"]


def test_a_large_body_is_read_beside_the_loop_and_a_small_one_in_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in: list[bool] = []
    read = arguments.Plan._read

    def noted(self: arguments.Plan, *content: Any) -> Any:
        try:
            asyncio.get_running_loop()
            read_in.append(True)
        except RuntimeError:
            read_in.append(False)
        return read(self, *content)

    monkeypatch.setattr(arguments.Plan, "_read", noted)
    for name in ("short", "long " * 20_000):
        assert client.post("/things/7", json={"name": name}).status_code == 201
    assert read_in == [True, False]


def test_what_is_done_is_done_once(client: TestClient) -> None:
    ASKED.clear()
    assert client.delete("/things/7").status_code == 204
    assert ASKED == ["gone 7"]
