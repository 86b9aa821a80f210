"""Refuses query parameters that a route does not know, so that a misspelt filter is no silent answer about all."""

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, Request

from finapp.kernel.errors import Invalid


async def _known_only(request: Request) -> None:
    known = set(_names(request.scope["route"].dependant))
    for name in request.query_params:
        if name not in known:
            raise Invalid(name, "is not a parameter of this address")


def _names(dependant: Any) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for below in dependant.dependencies:
        yield from _names(below)


KnownOnly = Depends(_known_only)
"""For a router's `dependencies`: its routes answer 422 naming the first query parameter they do not have."""
