"""What routes share: the facade they serve, the idempotency key, versions of single resources."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request
from pydantic import TypeAdapter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from finapp.kernel.errors import Invalid, PreconditionFailed
from finapp.kernel.once import Once
from finapp.platform.identity import Caller
from finapp.platform.recall import names
from finapp.platform.shortcuts import LARGEST_LIMIT, LONGEST_CURSOR, LONGEST_TEXT, Answer, Known, Part

DEFAULT_LIMIT = 50
_PART = 1 << 20
"""Bytes of a file that are read at once."""
Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT)]
Search = Annotated[str | None, Query(max_length=LONGEST_TEXT)]
Cursor = Annotated[str | None, Query(max_length=LONGEST_CURSOR)]


@dataclass(frozen=True)
class Given:
    """A dependency that hands a route the facade of a context, wherever that context runs."""

    context: str

    async def __call__(self, request: Request) -> Any:
        return request.app.state.facades[self.context]


def given(context: str) -> Any:
    """`Annotated[Assets, given("assets")]`: the facade that keeps the context's Protocol."""
    return Depends(Given(context))


@dataclass(frozen=True)
class Folder:
    """A folder of a context's own in the data directory, made when it is first asked for."""

    context: str
    name: str

    async def __call__(self, request: Request) -> Path:
        path: Path = request.app.state.settings.data / self.context / self.name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path


def folder(asked: Folder) -> Any:
    """`Annotated[Path, folder(Folder("transactions", "spool"))]`: where a route may put a file for its facade."""
    return Depends(asked)


async def _once(
    request: Request, caller: Caller, idempotency_key: Annotated[str | None, Header(max_length=200)] = None
) -> Once | None:
    if idempotency_key is None:
        return None
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    if request.headers.get("content-type", "").startswith("multipart/"):
        # The form has been read, and its boundary is another one each time.
        for name, value in (await request.form()).multi_items():
            digest.update(json.dumps([name, value if isinstance(value, str) else await _told(value)]).encode())
    else:
        digest.update(await request.body())
    return Once(person=caller.person, key=idempotency_key, digest=digest.hexdigest())


async def _told(file: UploadFile) -> list[str | None]:
    """A file by its name and what is in it."""
    content = hashlib.sha256()
    while part := await file.read(_PART):
        content.update(part)
    await file.seek(0)
    return [file.filename, content.hexdigest()]


OnceKey = Annotated[Once | None, Depends(_once)]
"""A route's parameter: the Idempotency-Key of the request, to be handed to `Unit.once` by the facade."""


async def _expected(if_match: Annotated[str | None, Header()] = None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = re.fullmatch(r'\s*(?:W/)?"v(\d{1,18})"\s*', if_match)
    if found is None:
        raise PreconditionFailed("If-Match does not name a version of this resource")
    return int(found.group(1))


Expected = Annotated[int | None, Depends(_expected)]
"""A route's parameter: the version that If-Match asks for; facades compare it with `kernel.once.require_version`."""


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """pydantic's reader and writer for a type, built once."""
    return TypeAdapter(kind)


def tagged(request: Request, value: Any, version: int, status: int = 200) -> Response:
    """A single resource with its ETag; 304 when the client has this version."""
    # Two persons' resources may have one address and one version: nobody's store may take one for the other.
    headers = {"ETag": f'"v{version}"', "Vary": "Authorization"}
    if status == 200 and matches(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    kind: Any = type(value)
    return Response(adapter(kind).dump_json(value), status, headers, "application/json")


def matches(request: Request, etag: str) -> bool:
    """Whether If-None-Match names this ETag."""
    return names(request.headers.get("if-none-match", ""), etag)


def paged(request: Request, owner: str, answer: Answer, part: Part) -> Response:
    """A part of a list, `kept`; the next question that differs in nothing but its part is answered at once.

    `answer` must depend on nothing of the request but the parts of its query.
    """
    learn = request.scope["state"].get("learn")
    if learn is not None:
        default = None if part.limit is None else DEFAULT_LIMIT
        learn(Known(answer, default, request.scope.get("route")))
    return kept(request, answer(owner, part))


def listed(request: Request, value: Any) -> Response:
    """A value as JSON, `kept`."""
    kind: Any = type(value)
    return kept(request, adapter(kind).dump_json(value))


def kept(request: Request, body: bytes) -> Response:
    """JSON bytes that depend on nothing but what the household's contexts hold; given again until one is written to."""
    keep = request.scope["state"].get("keep")
    if keep is not None:
        keep(None, body, request.scope.get("route"))
    return Response(body, media_type="application/json")


def checked(field: str, check: Callable[[], Any]) -> Any:
    """The result of `check`, with a ValueError turned into Invalid for `field`."""
    try:
        return check()
    except ValueError as fault:
        raise Invalid(field, str(fault)) from None
