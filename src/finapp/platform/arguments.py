"""The arguments of an operation, taken from a plain request by a plan that is made once.

FastAPI takes each dependency of an operation apart again for every request, which takes several times as long as the
rest of a small answer. Whatever is not plain (a value that is missing or refused, a body that is no JSON) is left to
FastAPI, which looks at the request from its beginning and says what is wrong.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction, isroutine
from typing import Any

from fastapi import Request, params
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from finapp.platform.collecting import uncollected

_JSON = "application/json"
_LARGE = 64 * 1024
"""Bytes of a body from which on it is not read in the loop, where everybody else would wait for it."""
_TAKEN_APART = (
    "cookie_params",
    "websocket_param_name",
    "response_param_name",
    "background_tasks_param_name",
    "security_scopes_param_name",
    "concurrency",
)
"""What a dependency may have besides, none of which any operation here has."""

_RENDERING = (
    "response_model_include",
    "response_model_exclude",
    "response_model_exclude_unset",
    "response_model_exclude_defaults",
    "response_model_exclude_none",
    "is_json_stream",
    "stream_item_field",
)
"""Options of an operation that change how its answer is written."""


class NotPlain(Exception):
    """FastAPI has to look at the request, or at the operation."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A value of the path, the query or the headers."""

    name: str
    alias: str
    source: str
    """The attribute of the request that has it."""
    required: bool
    default: Any
    field: Any

    def value(self, request: Request) -> Any:
        text = getattr(request, self.source).get(self.alias)
        if text is None:
            if self.required:
                raise NotPlain
            return self.default
        found, errors = self.field.validate(text)
        if errors:
            raise NotPlain
        return found


@dataclass(frozen=True, slots=True)
class _Step:
    """A call, the names under which it takes the answers of earlier steps, and what it takes of the request."""

    call: Callable[..., Any]
    request_names: tuple[str, ...]
    answers: tuple[tuple[str, int], ...]
    parameters: tuple[_Parameter, ...]

    def arguments(self, request: Request, answers: Sequence[Any]) -> dict[str, Any]:
        found = {name: answers[place] for name, place in self.answers}
        for parameter in self.parameters:
            found[parameter.name] = parameter.value(request)
        for name in self.request_names:
            found[name] = request
        return found


class Plan:
    """How the arguments of one operation are found."""

    def __init__(self, route: APIRoute) -> None:
        """Raises NotPlain for an operation that takes anything unusual."""
        if any(getattr(route, name, None) for name in _RENDERING):
            raise NotPlain
        streams = isgeneratorfunction(route.endpoint) or isasyncgenfunction(route.endpoint)
        if streams or not isinstance(route.response_class, DefaultPlaceholder):
            raise NotPlain
        self._steps: list[_Step] = []
        self._places: dict[int, int] = {}
        self._body = _body_of(route)
        self._own = self._step(route.dependant)

    async def arguments(self, request: Request) -> dict[str, Any]:
        """The arguments by name. Raises NotPlain, and whatever a dependency refuses."""
        content = b"" if self._body is None else await _content(request)
        answers: list[Any] = []
        for step in self._steps:
            answers.append(await step.call(**step.arguments(request, answers)))
        found = self._own.arguments(request, answers)
        if self._body is not None:
            large = len(content) > _LARGE
            found[self._body.name] = await run_in_threadpool(self._large, content) if large else self._read(content)
        return found

    def _large(self, content: bytes) -> Any:
        from finapp.platform.large_json import loads

        # What is read is no garbage, and looking at all of it again and again would keep everybody waiting.
        with uncollected():
            return self._read(content, loads)

    def _read(self, content: bytes, loads: Callable[[bytes], Any] = json.loads) -> Any:
        try:
            body = loads(content)
        except Exception:
            # Whatever it is, FastAPI meets it again and says so.
            raise NotPlain from None
        found, errors = self._body.validate(body)
        if errors:
            raise NotPlain
        return found

    def _step(self, dependant: Any) -> _Step:
        if any(getattr(dependant, name) for name in _TAKEN_APART) or not dependant.use_cache:
            raise NotPlain
        answers = []
        for below in dependant.dependencies:
            place = self._place(below)
            if below.name is not None:
                answers.append((below.name, place))
        parameters = (
            *_parameters(dependant.path_params, "path_params"),
            *_parameters(dependant.query_params, "query_params"),
            *_parameters(dependant.header_params, "headers"),
        )
        names = (dependant.request_param_name, dependant.http_connection_param_name)
        return _Step(dependant.call, tuple(name for name in names if name), tuple(answers), parameters)

    def _place(self, dependant: Any) -> int:
        """Where the answer of a dependency stands; each is asked once for a request."""
        known = self._places.get(id(dependant.call))
        if known is None:
            step = self._step(dependant)
            if not _is_async(step.call) or dependant.body_params:
                raise NotPlain
            known = self._places[id(dependant.call)] = len(self._steps)
            self._steps.append(step)
        return known


def _parameters(fields: Sequence[Any], source: str) -> list[_Parameter]:
    return [_parameter(field, source) for field in fields]


def _parameter(field: Any, source: str) -> _Parameter:
    info = field.field_info
    plain_default = info.default_factory is None and not info.validate_default
    if not plain_default or info.validation_alias not in (None, field.alias) or not _is_single(info.annotation):
        raise NotPlain
    required = info.is_required()
    return _Parameter(field.name, field.alias, source, required, None if required else field.default, field)


def _is_single(annotation: Any) -> bool:
    """Whether a value is one text: lists of them and models are taken from many."""
    parts = getattr(annotation, "__args__", ())
    many = annotation in (list, set, tuple, frozenset) or getattr(annotation, "__origin__", None) in (
        list,
        set,
        tuple,
        frozenset,
        Mapping,
    )
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return not many and not is_model and all(_is_single(part) for part in parts if not isinstance(part, str))


def _body_of(route: APIRoute) -> Any:
    """The one field that the whole body is; None for an operation without a body. Raises NotPlain."""
    fields = route.dependant.body_params
    if route.body_field is None:
        return None
    is_form = isinstance(route.body_field.field_info, params.Form)
    if len(fields) != 1 or route._embed_body_fields or is_form or not fields[0].field_info.is_required():
        raise NotPlain
    return fields[0]


async def _content(request: Request) -> bytes:
    """The body; one of a length that is not declared may be refused while it is read."""
    if request.headers.get("content-type") != _JSON or not request.headers.get("content-length", "").isdigit():
        raise NotPlain
    try:
        return await request.body()
    except Exception:
        # As above.
        raise NotPlain from None


def _is_async(call: Callable[..., Any]) -> bool:
    return iscoroutinefunction(call if isroutine(call) else type(call).__call__)
