"""The HTTP operations of the contexts: written down when a router is imported, made when they are first asked for.

FastAPI takes an operation apart when it is registered, some milliseconds each and once more for every router it is
included in, and finds the one that a request means by trying them all. With hundreds of operations that is most of a
start and a part of every answer.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_making = threading.RLock()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path, as its router wrote it down."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    tags: tuple[str, ...]
    dependencies: tuple[Depends, ...]
    options: dict[str, Any]
    """What `fastapi.APIRouter.get` takes besides."""


class Router:
    """Operations written down with the words of `fastapi.APIRouter`."""

    def __init__(self, *, prefix: str = "", tags: Sequence[str] = (), dependencies: Sequence[Depends] = ()) -> None:
        self.operations: list[Operation] = []
        self._prefix = prefix
        self._tags = tuple(tags)
        self._dependencies = tuple(dependencies)

    def get(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers GET."""
        return self._operation("GET", path, options)

    def post(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers POST."""
        return self._operation("POST", path, options)

    def put(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers PUT."""
        return self._operation("PUT", path, options)

    def patch(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers PATCH."""
        return self._operation("PATCH", path, options)

    def delete(self, path: str, **options: Any) -> Callable[[Endpoint], Endpoint]:
        """Decorates what answers DELETE."""
        return self._operation("DELETE", path, options)

    def include_router(self, other: "Router") -> None:
        """Takes over the operations that another router has by now, under this one's prefix."""
        self.operations += [
            replace(
                each,
                path=self._prefix + each.path,
                tags=self._tags + each.tags,
                dependencies=self._dependencies + each.dependencies,
            )
            for each in other.operations
        ]

    def _operation(self, method: str, path: str, options: dict[str, Any]) -> Callable[[Endpoint], Endpoint]:
        def write_down(endpoint: Endpoint) -> Endpoint:
            operation = Operation(
                method=method,
                path=self._prefix + path,
                endpoint=endpoint,
                tags=self._tags,
                dependencies=self._dependencies,
                options=options,
            )
            self.operations.append(operation)
            return endpoint

        return write_down


@dataclass
class _Place:
    """An operation and where it stands; its route once somebody asked for it."""

    operation: Operation
    parts: tuple[str, ...]
    """Of the whole path; one in braces stands for any text."""
    route: APIRoute | None = field(default=None)

    def fits(self, parts: Sequence[str]) -> bool:
        return all(own == part or (own[:1] == "{" and part) for own, part in zip(self.parts, parts, strict=True))

    def made(self) -> APIRoute:
        """The route of FastAPI."""
        # Models that refer to each other are not made by two threads at once.
        with _making:
            if self.route is None:
                self.route = self._make()
            return self.route

    def _make(self) -> APIRoute:
        written = self.operation
        return APIRoute(
            "/".join(self.parts),
            written.endpoint,
            methods=[written.method],
            tags=list(written.tags),
            dependencies=list(written.dependencies),
            **written.options,
        )


class Operations(BaseRoute):
    """All operations of some routers as one route of the application."""

    def __init__(self, routers: Sequence[Router], prefix: str = "") -> None:
        written = [operation for router in routers for operation in router.operations]
        self._places = [_Place(each, tuple((prefix + each.path).split("/"))) for each in written]
        self._fixed = len(prefix.split("/")) + 1
        self._found: dict[tuple[int, tuple[str, ...]], list[_Place]] = {}
        for place in self._places:
            self._found.setdefault(self._key(place.parts), []).append(place)

    def routes(self) -> Iterator[APIRoute]:
        """Every operation as a route of FastAPI, those not made yet as well."""
        return (place.made() for place in self._places)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first operation of the request's path and method; a partial match when there are others of the path."""
        parts = scope["path"].split("/") if scope["type"] == "http" else []
        places = [place for place in self._found.get(self._key(parts), ()) if place.fits(parts)]
        for place in places:
            if place.operation.method == scope["method"]:
                return place.made().matches(scope)
        if not places:
            return Match.NONE, {}
        return Match.PARTIAL, {"route": _OtherMethods(places)}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the operation that was found answer."""
        await scope["route"].handle(scope, receive, send)

    def _key(self, parts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        return len(parts), tuple(parts[: self._fixed])


class _OtherMethods:
    """Stands for a path that has no operation of the method asked for."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self.path = "/".join(places[0].parts)
        own = {place.operation.method for place in places}
        # platform.heads answers HEAD wherever GET is answered.
        self._methods = sorted(own | {"HEAD"} if "GET" in own else own)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise HTTPException(status_code=405, headers={"Allow": ", ".join(self._methods)})


def serve(app: FastAPI, routers: Sequence[Router], prefix: str = "") -> None:
    """Adds the routers' operations to an application."""
    app.router.routes.append(Operations(routers, prefix))


def every_route(app: FastAPI) -> Iterator[BaseRoute]:
    """The routes of an application, with a route for each of its operations."""
    for route in app.routes:
        if isinstance(route, Operations):
            yield from route.routes()
        else:
            yield route
