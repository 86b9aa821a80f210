"""The HTTP operations of the contexts: written down when a router is imported, made when they are first asked for.
A router is imported when the first of its paths is asked for.

FastAPI takes an operation apart when it is registered, some milliseconds each and once more for every router it is
included in, and finds the one that a request means by trying them all. With hundreds of operations that is most of a
start and a part of every answer.
"""

import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.params import Depends
from fastapi.routing import APIRoute, serialize_response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from finapp.platform.arguments import NotPlain, Plan
from finapp.platform.collecting import brought_in

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


class _Route(APIRoute):
    """A route of FastAPI that finds the arguments of a plain request by a plan."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request. One that is not plain, and an operation without a plan, is FastAPI's."""
        careful = super().get_route_handler()
        try:
            plan = Plan(self)
        except NotPlain:
            return careful
        in_the_loop = iscoroutinefunction(self.endpoint)

        async def handle(request: Request) -> Response:
            try:
                arguments = await plan.arguments(request)
            except NotPlain:
                return await careful(request)
            if in_the_loop:
                made = await self.endpoint(**arguments)
            else:
                made = await run_in_threadpool(self.endpoint, **arguments)
            return made if isinstance(made, Response) else await self._rendered(made, in_the_loop)

        return handle

    async def _rendered(self, made: Any, in_the_loop: bool) -> Response:
        field, status = self.response_field, self.status_code or 200
        content = await serialize_response(
            field=field, response_content=made, is_coroutine=in_the_loop, dump_json=field is not None
        )
        if field is not None:
            return Response(content, status, media_type="application/json")
        answer = JSONResponse(content, status)
        if status == 204:
            answer.body = b""
        return answer


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
        return _Route(
            "/".join(self.parts),
            written.endpoint,
            methods=[written.method],
            tags=list(written.tags),
            dependencies=list(written.dependencies),
            **written.options,
        )


@dataclass(frozen=True, kw_only=True)
class Section:
    """A router that is asked for when a path is, and the first segments of its paths below the common prefix."""

    segments: tuple[str, ...]
    router: Callable[[], Router]


class _Shelf:
    """The operations of a section by the length of their path, once one of them was asked for."""

    def __init__(self, section: Section, prefix: str) -> None:
        self._section = section
        self._prefix = prefix

    @cached_property
    def places(self) -> tuple[_Place, ...]:
        """In the order of the router. Raises ValueError for a path that is not below the section's segments."""
        with brought_in():
            written = self._section.router().operations
        depth = len(self._prefix.split("/"))
        places = tuple(_Place(each, tuple((self._prefix + each.path).split("/"))) for each in written)
        for place in places:
            if place.parts[depth] not in self._section.segments:
                raise ValueError(f"{'/'.join(place.parts)} lies in none of {', '.join(self._section.segments)}")
        return places

    @cached_property
    def by_length(self) -> dict[int, list[_Place]]:
        """What may fit a path of so many parts."""
        found: dict[int, list[_Place]] = {}
        for place in self.places:
            found.setdefault(len(place.parts), []).append(place)
        return found


class Operations(BaseRoute):
    """All operations of some sections as one route of the application."""

    def __init__(self, sections: Sequence[Section], prefix: str = "") -> None:
        self._shelves = [_Shelf(section, prefix) for section in sections]
        self._depth = len(prefix.split("/"))
        self._by_segment = {
            segment: shelf
            for section, shelf in zip(sections, self._shelves, strict=True)
            for segment in section.segments
        }

    def routes(self) -> Iterator[APIRoute]:
        """Every operation as a route of FastAPI, those not made yet as well."""
        return (place.made() for shelf in self._shelves for place in shelf.places)

    def open(self, segment: str) -> None:
        """Imports the router whose paths begin with a segment."""
        self._by_segment[segment].by_length  # noqa: B018

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first operation of the request's path and method; a partial match when there are others of the path."""
        parts = scope["path"].split("/") if scope["type"] == "http" else []
        shelf = self._by_segment.get(parts[self._depth]) if len(parts) > self._depth else None
        if shelf is None:
            return Match.NONE, {}
        places = [place for place in shelf.by_length.get(len(parts), ()) if place.fits(parts)]
        for place in places:
            if place.operation.method == scope["method"]:
                return place.made().matches(scope)
        if not places:
            return Match.NONE, {}
        return Match.PARTIAL, {"route": _OtherMethods(places)}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the operation that was found answer."""
        await scope["route"].handle(scope, receive, send)


class _OtherMethods:
    """Stands for a path that has no operation of the method asked for."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self.path = "/".join(places[0].parts)
        own = {place.operation.method for place in places}
        # platform.heads answers HEAD wherever GET is answered.
        self._methods = sorted(own | {"HEAD"} if "GET" in own else own)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise HTTPException(status_code=405, headers={"Allow": ", ".join(self._methods)})


def serve(app: FastAPI, sections: Sequence[Section], prefix: str = "") -> Operations:
    """Adds the operations of some sections to an application."""
    operations = Operations(sections, prefix)
    app.router.routes.append(operations)
    return operations


def section(router: Router) -> Section:
    """A router that is there already, with the segments its paths begin with."""
    segments = dict.fromkeys(operation.path.split("/")[1] for operation in router.operations)
    return Section(segments=tuple(segments), router=lambda: router)


def every_route(app: FastAPI) -> Iterator[BaseRoute]:
    """The routes of an application, with a route for each of its operations."""
    for route in app.routes:
        if isinstance(route, Operations):
            yield from route.routes()
        else:
            yield route
