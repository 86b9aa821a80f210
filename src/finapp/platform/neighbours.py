"""Contexts in other processes: calling their facades, sending them events, answering theirs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from finapp.kernel.errors import FinappError, Invalid, Unavailable
from finapp.platform import codec
from finapp.platform.courier import Envelope
from finapp.platform.operations import Router
from finapp.platform.outgoing import READ_SECONDS
from finapp.platform.problems import of_error
from finapp.platform.remote import HttpTransport, internal_router, remote

if TYPE_CHECKING:
    from finapp.platform.tokens import ServiceTokens

APP = "app"
"""The name under which a process speaks for itself rather than for one of its contexts."""
DOOR = "@"
"""Subscriber of events that end sign-ins: the doorkeeper of this process; `@<url>` is the one of another."""
EVENTS = "events"


class Neighbours:
    """Who is elsewhere, and the way there."""

    def __init__(
        self,
        urls: Mapping[str, str],
        protocols: Mapping[str, Callable[[], type[Any]]],
        keys: Path,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._urls = urls
        self._read_seconds = read_seconds
        self._protocols = protocols
        self._keys = keys
        self._tokens: dict[str, ServiceTokens] = {}
        self._transports: dict[tuple[str, str], HttpTransport] = {}

    def is_elsewhere(self, name: str) -> bool:
        """Whether a context runs in another process."""
        return name in self._urls

    def remote(self, name: str, *, caller: str) -> Any:
        """The facade of a context elsewhere, as `caller` sees it. Its calls raise Unavailable when it is down."""
        return remote(self._protocols[name](), call=self._transport(caller, name, self._urls[name]))

    def send_event(self, envelope: Envelope) -> None:
        """Hands an event to the process that has its subscriber. Raises Unavailable unless it was taken."""
        name = envelope.subscriber
        url = name.removeprefix(DOOR) if name.startswith(DOOR) else self._urls[name]
        status, _ = self._transport(APP, EVENTS, url)("receive", codec.to_bytes(envelope, Envelope))
        if status in (400, 404, 422):
            raise ValueError(f"{name} cannot understand the event")
        if status != 204:
            raise Unavailable(f"{name} did not take the event")

    def calls_router(self, name: str, facade: Callable[[], Any]) -> Router:
        """The other end of `remote` for a context of this process."""
        return internal_router(name, self._protocols[name], facade, lambda token: self._for(name).verify(token))

    def events_router(self, receive: Callable[[Envelope], None]) -> Router:
        """The other end of `send_event`."""
        router = Router()

        @router.post(f"/internal/{EVENTS}/receive", include_in_schema=False)
        async def take(request: Request) -> Response:
            try:
                self._for(EVENTS).verify(request.headers.get("authorization", "").removeprefix("Bearer "))
                envelope = codec.from_bytes(await request.body(), Envelope)
                here = DOOR if envelope.subscriber.startswith(DOOR) else envelope.subscriber
                local = Envelope(**{**vars(envelope), "subscriber": here})
                await run_in_threadpool(receive, local)
            except FinappError as refusal:
                return of_error(refusal)
            except codec.Malformed as fault:
                return of_error(Invalid("event", str(fault)))
            return Response(status_code=204)

        return router

    def close(self) -> None:
        """Closes every connection."""
        for transport in self._transports.values():
            transport.close()

    def _transport(self, caller: str, name: str, url: str) -> HttpTransport:
        key = (caller, f"{name}@{url}")
        if key not in self._transports:
            self._transports[key] = HttpTransport(
                name, url, lambda: self._for(caller).for_calls_to(name), self._read_seconds
            )
        return self._transports[key]

    def _for(self, name: str) -> "ServiceTokens":
        from finapp.platform.tokens import ServiceTokens

        if name not in self._tokens:
            self._tokens[name] = ServiceTokens(name, self._keys)
        return self._tokens[name]
