"""Refuses query parameters that a route does not know, so that a misspelt filter is no silent answer about all."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Request

from finapp.kernel.errors import Invalid


async def _known_only(request: Request) -> None:
    if not request.scope["query_string"]:
        return
    known = {each.alias: each for each in _parameters(request.scope["route"].dependant)}
    _require_text(request.scope["query_string"])
    seen: set[str] = set()
    for name, _ in request.query_params.multi_items():
        if name not in known:
            raise Invalid(name, "is not a parameter of this address")
        if name in seen and not _takes_many(known[name].field_info.annotation):
            raise Invalid(name, "is given more than once")
        seen.add(name)


def _parameters(dependant: Any) -> Iterator[Any]:
    yield from dependant.query_params
    for below in dependant.dependencies:
        yield from _parameters(below)


def _takes_many(kind: Any) -> bool:
    return get_origin(kind) is list or any(_takes_many(each) for each in get_args(kind))


def _require_text(query: bytes) -> None:
    """Raises Invalid for bytes that are no UTF-8: read anyhow, they would ask for something else."""
    if b"%" not in query and query.isascii():
        return
    for pair in query.split(b"&"):
        name, _, value = pair.partition(b"=")
        for part in (name, value):
            try:
                unquote_to_bytes(part).decode()
            except UnicodeDecodeError:
                raise Invalid(unquote_to_bytes(name).decode(errors="replace"), "is not UTF-8") from None


KnownOnly = Depends(_known_only)
"""For a router's `dependencies`: its routes answer 422 naming the first query parameter they do not have, that is given
twice, or that is not UTF-8."""
