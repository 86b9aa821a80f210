"""A neighbour's Protocol over the wire, both ends, from its type hints alone.

`remote` gives the caller an object that keeps the Protocol; `serve_calls` and `internal_router` answer it where the
facade lives; `through_wire` joins the two in one process, so that every shape can be tested without a socket.
A refusal crosses as `{"code", "detail", "facts"}` and is raised again as the class that the Protocol's module, or
`kernel.errors`, declares for the code. Whatever else goes wrong on the way is Unavailable: the wire never turns a
fault of its own into an answer such as "not found" or "sign in".
"""

import inspect
import json
import sys
import threading
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import structlog
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from typing_extensions import TypeForm

from finapp.kernel import errors as kernel_errors
from finapp.kernel.errors import FinappError, Invalid, Unavailable
from finapp.platform.codec import Json, Malformed, converter, read_json, write_json
from finapp.platform.operations import Router
from finapp.platform.outgoing import READ_SECONDS, neighbour_client
from finapp.platform.scalars import Converter

if TYPE_CHECKING:
    import httpx2

P = TypeVar("P")
Transport = Callable[[str, bytes], tuple[int, bytes]]
"""Carries one call: (method name, body) -> (HTTP status, body). Raises Unavailable when it cannot."""


@dataclass(frozen=True)
class Method:
    """One method of a Protocol, ready for the wire."""

    parameters: Mapping[str, Converter]
    required: frozenset[str]
    answer: Converter

    def body(self, arguments: Mapping[str, Any]) -> bytes:
        """Keyword arguments for the wire. Raises TypeError as a call would, Malformed for a value that does not fit."""
        if wrong := (arguments.keys() - self.parameters.keys()) | (self.required - arguments.keys()):
            raise TypeError(f"missing or unexpected arguments: {', '.join(sorted(wrong))}")
        return write_json({name: _at(name, self.parameters[name].encode, value) for name, value in arguments.items()})

    def arguments(self, data: Json) -> dict[str, Any]:
        """Keyword arguments from the wire. Raises Malformed."""
        if not isinstance(data, dict):
            raise Malformed("the body of a call is an object")
        if wrong := (data.keys() - self.parameters.keys()) | (self.required - data.keys()):
            raise Malformed(f"missing or unexpected arguments: {', '.join(sorted(wrong))}")
        return {name: _at(name, self.parameters[name].decode, value) for name, value in data.items()}


def _at(name: str, convert: Callable[[Any], Any], value: Any) -> Any:
    try:
        return convert(value)
    except Malformed as fault:
        raise fault.under(f".{name}") from fault.__cause__


def methods_of(protocol: Any) -> dict[str, Method]:
    """The public methods of a Protocol, inherited ones too.

    Raises TypeError for what cannot cross: attributes, coroutines, positional parameters, hints without a wire format.
    """
    methods = {}
    for kind in reversed(protocol.__mro__):
        if kind.__module__ == "typing" or kind is object:
            continue
        for name, member in {**vars(kind).get("__annotations__", {}), **vars(kind)}.items():
            if not name.startswith("_"):
                methods[name] = _method(f"{protocol.__name__}.{name}", member)
    return methods


def _method(name: str, member: Any) -> Method:
    if not isinstance(member, FunctionType) or inspect.iscoroutinefunction(member):
        raise TypeError(f"{name} is not a plain method")
    _, *parameters = inspect.signature(member).parameters.values()
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
        raise TypeError(f"{name} takes arguments that are not keyword-only")
    hints = typing.get_type_hints(member, include_extras=True)
    try:
        return Method(
            {parameter.name: converter(hints[parameter.name]) for parameter in parameters},
            frozenset(parameter.name for parameter in parameters if parameter.default is parameter.empty),
            converter(hints["return"]),
        )
    except (TypeError, KeyError) as fault:
        raise TypeError(f"{name}: {fault}") from fault


def declared_errors(protocol: Any) -> dict[str, type[FinappError]]:
    """Code -> error class, from `kernel.errors` and the Protocol's public module.

    Raises TypeError when a class has no code of its own or shares it: it could not be told apart after the wire.
    """
    found: dict[str, type[FinappError]] = {}
    for module in [kernel_errors.__name__, *_public_modules(protocol.__module__)]:
        words = vars(sys.modules[module]).values()
        for kind in [word for word in words if isinstance(word, type) and issubclass(word, FinappError)]:
            if found.setdefault(kind.code, kind) is not kind:
                raise TypeError(f"{kind.__qualname__} needs a code of its own")
    return found


def _public_modules(name: str) -> list[str]:
    # A Protocol may stand in a file of the package `public`, whose errors stand in another: all are looked through.
    parts = name.split(".")
    if "public" not in parts:
        return [name]
    root = ".".join(parts[: parts.index("public") + 1])
    return [module for module in list(sys.modules) if module == root or module.startswith(root + ".")]


def remote(protocol: TypeForm[P], *, call: Transport) -> P:
    """An object that keeps `protocol` by sending every call through `call`.

    Its methods raise what the far facade raised, Unavailable when it could not be asked or understood, and Malformed
    when an argument does not fit its hint. Nothing is ever sent twice: whether a call that got no answer took effect
    is not known.
    """
    kind = cast(type, protocol)
    known = declared_errors(kind)
    members = {name: _sender(name, method, call, known) for name, method in methods_of(kind).items()}
    return cast(P, type(f"Remote{kind.__name__}", (), members)())


def _sender(name: str, method: Method, call: Transport, known: Mapping[str, type[FinappError]]) -> Any:
    def ask(self: object, **arguments: Any) -> Any:
        status, answer = call(name, method.body(arguments))
        try:
            data = read_json(answer)
            if status == 200:
                return method.answer.decode(data)
        except Malformed as fault:
            raise Unavailable(f"the answer to {name} is not understood") from fault
        raise _raised_again(name, data, known)

    ask.__name__ = name
    return ask


def _raised_again(name: str, data: Json, known: Mapping[str, type[FinappError]]) -> FinappError:
    # A problem document of the web server in between has no `facts`: its "not found" is about the path, not the row.
    if not isinstance(data, dict) or data.keys() != {"code", "detail", "facts"} or data["code"] not in known:
        return Unavailable(f"{name} could not be asked")
    kind, facts = known[data["code"]], data["facts"]
    # Classes differ in what their constructors take; what they carry is always detail and facts.
    error = kind.__new__(kind)
    FinappError.__init__(error, data["detail"])
    error.facts = facts
    if isinstance(error, Invalid):
        error.field, error.message = facts["errors"][0]["field"], facts["errors"][0]["message"]
    return error


def serve_calls(protocol: TypeForm[P], facade: P) -> Transport:
    """The other end: answers calls with `facade`.

    What the facade refuses becomes its status and `{"code", "detail", "facts"}`. A method or body that is not the
    Protocol's gets a code that no caller knows, and so is Unavailable there. A bug in the facade is not caught.
    Raises TypeError at once when the facade lacks a method.
    """
    methods = methods_of(protocol)
    answering = {name: getattr(facade, name, None) for name in methods}
    if lacking := [name for name, method in answering.items() if not callable(method)]:
        raise TypeError(f"{type(facade).__name__} lacks {', '.join(lacking)}")

    def answer(name: str, body: bytes) -> tuple[int, bytes]:
        if name not in methods:
            return _refusal(404, "unknown_method", f"{name} is not a method here", {})
        try:
            arguments = methods[name].arguments(read_json(body))
        except Malformed as fault:
            return _refusal(400, "malformed_call", str(fault), {})
        try:
            value = answering[name](**arguments)  # type: ignore[misc]  # checked above to be callable
        except FinappError as error:
            return _refusal(error.status, error.code, error.detail, error.facts)
        return 200, write_json(_at("answer", methods[name].answer.encode, value))

    return answer


def _refusal(status: int, code: str, detail: str, facts: Mapping[str, Any]) -> tuple[int, bytes]:
    return status, json.dumps({"code": code, "detail": detail, "facts": facts}, default=str).encode("ascii")


def through_wire(protocol: TypeForm[P], facade: P) -> P:
    """`facade` behind the wire format without a socket: what passes here passes between two processes."""
    return remote(protocol, call=serve_calls(protocol, facade))


def internal_router(
    name: str, protocol: Callable[[], TypeForm[P]], facade: Callable[[], P], verify: Callable[[str], object]
) -> Router:
    """POST `/internal/<name>/<method>` for the other processes; not in the OpenAPI document.

    `verify` is given the service token, before the body is read, and raises Unauthenticated.
    """
    # Most processes are never called by another, and it takes a while to read what a Protocol says.
    serving = cache(lambda: serve_calls(protocol(), facade()))
    router = Router()

    @router.post(f"/internal/{name}/{{method}}", include_in_schema=False)
    async def answer(method: str, request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            await run_in_threadpool(verify, token if scheme.lower() == "bearer" else "")
        except FinappError as error:
            # Not the code of the error: a person must not be signed out because two services disagree.
            status, content = _refusal(401, "service_token_refused", error.detail, {})
        else:
            status, content = await run_in_threadpool(serving(), method, await request.body())
        return Response(content, status, media_type="application/json")

    return router


class HttpTransport:
    """Calls one neighbour through one keep-alive client, with a service token and the request's id."""

    def __init__(self, name: str, url: str, token: Callable[[], str], read_seconds: float = READ_SECONDS) -> None:
        self._name = name
        self._url = url
        self._token = token
        self._read_seconds = read_seconds
        self._client: httpx2.Client | None = None
        self._opening = threading.Lock()

    def __call__(self, method: str, body: bytes) -> tuple[int, bytes]:
        """The neighbour's answer. Raises Unavailable when it does not come."""
        import httpx2

        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        if request_id := structlog.contextvars.get_contextvars().get("request_id"):
            headers["X-Request-ID"] = request_id
        try:
            answer = self._open().post(f"/internal/{self._name}/{method}", content=body, headers=headers)
        except httpx2.HTTPError as fault:
            raise Unavailable(f"{self._name} does not answer", context=self._name) from fault
        return answer.status_code, answer.content

    def close(self) -> None:
        """Closes the connections."""
        with self._opening:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _open(self) -> "httpx2.Client":
        with self._opening:
            if self._client is None:
                self._client = neighbour_client(self._url, self._read_seconds)
            return self._client
