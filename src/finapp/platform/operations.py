"""The HTTP operations of the contexts: written down when a router is imported, made when they are first asked for.
A router is imported when the first of its paths is asked for.

FastAPI takes an operation apart when it is registered, some milliseconds each and once more for every router it is
included in, and finds the one that a request means by trying them all. With hundreds of operations that is most of a
start and a part of every answer.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from finapp.platform.collecting import brought_in
from finapp.platform.plain_route import PlainRoute

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
    turn: int
    """The first that fits a request answers it."""
    route: APIRoute | None = field(default=None)

    def made(self) -> APIRoute:
        """The route of FastAPI."""
        # Models that refer to each other are not made by two threads at once.
        with _making:
            if self.route is None:
                self.route = self._make()
            return self.route

    def _make(self) -> APIRoute:
        written = self.operation
        return PlainRoute(
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


@dataclass
class _Branch:
    """The operations whose paths begin alike."""

    named: dict[str, "_Branch"] = field(default_factory=dict)
    """What follows by the next part of the path."""
    anything: "_Branch | None" = None
    """What follows where the next part may be any text."""
    places: list[_Place] = field(default_factory=list)
    """Those whose path ends here."""

    def put(self, place: _Place, parts: Sequence[str]) -> None:
        """Adds an operation with the rest of its path."""
        if not parts:
            self.places.append(place)
        elif parts[0].startswith("{"):
            self.anything = self.anything or _Branch()
            self.anything.put(place, parts[1:])
        else:
            self.named.setdefault(parts[0], _Branch()).put(place, parts[1:])

    def after(self, part: str) -> list["_Branch"]:
        """What may follow a part of a path."""
        found = (self.named.get(part), self.anything if part else None)
        return [branch for branch in found if branch is not None]


class _Shelf:
    """The operations of a section by the parts of their paths, once one of them was asked for."""

    def __init__(self, section: Section, prefix: str) -> None:
        self._section = section
        self._prefix = prefix

    @cached_property
    def places(self) -> tuple[_Place, ...]:
        """In the order of the router. Raises ValueError for a path that is not below the section's segments."""
        with brought_in():
            written = self._section.router().operations
        depth = len(self._prefix.split("/"))
        places = tuple(
            _Place(each, tuple((self._prefix + each.path).split("/")), turn) for turn, each in enumerate(written)
        )
        for place in places:
            if place.parts[depth] not in self._section.segments:
                raise ValueError(f"{'/'.join(place.parts)} lies in none of {', '.join(self._section.segments)}")
        return places

    @cached_property
    def root(self) -> _Branch:
        """All of them by their parts."""
        root = _Branch()
        for place in self.places:
            root.put(place, place.parts)
        return root

    def fitting(self, parts: Sequence[str]) -> list[_Place]:
        """The operations of a path, in the order of the router."""
        branches = [self.root]
        for part in parts:
            branches = [further for branch in branches for further in branch.after(part)]
        return sorted((place for branch in branches for place in branch.places), key=attrgetter("turn"))


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
        self._by_segment[segment].root  # noqa: B018

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first operation of the request's path and method; a partial match when there are others of the path."""
        parts = scope["path"].split("/") if scope["type"] == "http" else []
        shelf = self._by_segment.get(parts[self._depth]) if len(parts) > self._depth else None
        if shelf is None:
            return Match.NONE, {}
        places = shelf.fitting(parts)
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
