"""A Protocol over the wire: values, refusals and faults arrive as they left, and nothing else does."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.kernel import errors
from finapp.platform import codec, operations, outgoing, remote


@dataclass(frozen=True, kw_only=True)
class Total:
    month: str
    amount: Decimal


class LedgerClosed(errors.Conflict):
    """Declared by the module of the Protocol, as a context's `public.py` does."""

    code = "ledger_closed"
    title = "The ledger is closed"

    def __init__(self, since: date) -> None:
        super().__init__(f"closed since {since}", since=since.isoformat())


class Versions(Protocol):
    def version(self, *, owner: str) -> str: ...


class Ledger(Versions, Protocol):
    def totals(self, *, owner: str, first: date, limit: int = 2) -> tuple[Total, ...]: ...

    def refuse(self, *, owner: str, why: str) -> None: ...


REFUSALS: Mapping[str, Exception] = {
    "closed": LedgerClosed(date(2026, 1, 31)),
    "invalid": errors.Invalid("amount", "must be positive"),
    "missing": errors.NotFound("no such account"),
    "undeclared": type("Secret", (errors.FinappError,), {"code": "secret"})("not in public"),
    "bug": ZeroDivisionError("a bug"),
}


class LocalLedger:
    def version(self, *, owner: str) -> str:
        return f"7-{owner}"

    def totals(self, *, owner: str, first: date, limit: int = 3) -> tuple[Total, ...]:
        return tuple(Total(month=f"{first:%Y-%m}", amount=Decimal("1.50")) for _ in range(limit))

    def refuse(self, *, owner: str, why: str) -> None:
        if why in REFUSALS:
            raise REFUSALS[why]


@pytest.fixture
def ledger() -> Ledger:
    return remote.through_wire(Ledger, LocalLedger())


def answering(status: int, body: bytes) -> Ledger:
    return remote.remote(Ledger, call=lambda method, sent: (status, body))


def test_values_arrive_exactly_and_inherited_methods_are_there(ledger: Ledger) -> None:
    assert ledger.version(owner="h") == "7-h"
    [total] = ledger.totals(owner="h", first=date(2026, 3, 1), limit=1)
    assert total == Total(month="2026-03", amount=Decimal("1.50"))
    assert str(total.amount) == "1.50"
    ledger.refuse(owner="h", why="nothing")


def test_a_default_left_out_is_the_facades_own_as_in_one_process(ledger: Ledger) -> None:
    assert len(ledger.totals(owner="h", first=date(2026, 3, 1))) == 3


def test_a_declared_refusal_is_raised_again_as_its_class(ledger: Ledger) -> None:
    with pytest.raises(LedgerClosed, match="closed since 2026-01-31") as refusal:
        ledger.refuse(owner="h", why="closed")
    assert refusal.value.facts == {"since": "2026-01-31"}
    assert refusal.value.status == 409


def test_a_refusal_of_the_kernel_keeps_its_field_and_reason(ledger: Ledger) -> None:
    with pytest.raises(errors.Invalid, match="amount: must be positive") as refusal:
        ledger.refuse(owner="h", why="invalid")
    assert (refusal.value.field, refusal.value.message) == ("amount", "must be positive")
    assert refusal.value.facts == {"errors": [{"field": "amount", "message": "must be positive"}]}
    with pytest.raises(errors.NotFound, match="no such account"):
        ledger.refuse(owner="h", why="missing")


def test_a_refusal_that_public_does_not_declare_is_unavailable(ledger: Ledger) -> None:
    with pytest.raises(errors.Unavailable):
        ledger.refuse(owner="h", why="undeclared")


def test_a_bug_of_the_facade_is_not_dressed_up(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError):
        ledger.refuse(owner="h", why="bug")


@pytest.mark.parametrize(
    "arguments",
    [{}, {"owner": "h"}, {"owner": "h", "first": date(2026, 1, 1), "more": 1}],
)
def test_a_call_with_other_arguments_fails_as_any_call_would(ledger: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        ledger.totals(**arguments)


def test_an_argument_that_does_not_fit_is_not_sent() -> None:
    sent: list[str] = []

    def call(method: str, body: bytes) -> tuple[int, bytes]:
        sent.append(method)
        return 200, b"[]"

    ledger: Any = remote.remote(Ledger, call=call)
    with pytest.raises(codec.Malformed, match="first: expected a date, got str"):
        ledger.totals(owner="h", first="2026-01-01")
    assert sent == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"Internal Server Error"),
        (503, b""),
        (
            404,
            json.dumps({"type": "x", "title": "Not found", "status": 404, "code": "not_found", "detail": ""}).encode(),
        ),
        (401, json.dumps({"code": "service_token_refused", "detail": "", "facts": {}}).encode()),
        (409, json.dumps({"code": "of_a_later_release", "detail": "", "facts": {}}).encode()),
        (302, b"{}"),
        (200, b"<html>"),
        (200, b'["7"]'),
    ],
)
def test_an_answer_that_is_not_the_neighbours_is_unavailable(status: int, body: bytes) -> None:
    with pytest.raises(errors.Unavailable):
        answering(status, body).version(owner="h")


@pytest.mark.parametrize(
    ("method", "body", "code"),
    [
        ("drop", b"{}", "unknown_method"),
        ("__init__", b"{}", "unknown_method"),
        ("version", b"{", "malformed_call"),
        ("version", b"[]", "malformed_call"),
        ("version", b"{}", "malformed_call"),
        ("version", b'{"owner": 1}', "malformed_call"),
        ("version", b'{"owner": "h", "more": 1}', "malformed_call"),
    ],
)
def test_a_call_that_is_not_the_protocols_gets_a_code_no_caller_knows(method: str, body: bytes, code: str) -> None:
    status, answer = remote.serve_calls(Ledger, LocalLedger())(method, body)
    assert status in (400, 404)
    assert json.loads(answer)["code"] == code
    assert code not in remote.declared_errors(Ledger)


def test_a_facade_that_answers_with_another_type_is_a_bug_seen_at_once() -> None:
    class Wrong(LocalLedger):
        def version(self, *, owner: str) -> Any:
            return 7

    with pytest.raises(codec.Malformed, match="answer: expected text, got int"):
        remote.through_wire(Ledger, Wrong()).version(owner="h")


def test_a_facade_that_lacks_a_method_is_refused_before_it_serves() -> None:
    only_version: Any = type("Half", (), {"version": LocalLedger.version})()
    with pytest.raises(TypeError, match="Half lacks totals, refuse"):
        remote.serve_calls(Ledger, only_version)


class Positional(Protocol):
    def version(self, owner: str) -> str: ...


class Asynchronous(Protocol):
    async def version(self, *, owner: str) -> str: ...


class Attribute(Protocol):
    name: str


class Property(Protocol):
    @property
    def name(self) -> str: ...


class Untyped(Protocol):
    def version(self, *, owner): ...  # type: ignore[no-untyped-def]


class Shapeless(Protocol):
    def rows(self, *, owner: str) -> dict[str, Any]: ...


class Streaming(Protocol):
    def rows(self, *, owner: str) -> Iterator[bytes]: ...


@pytest.mark.parametrize(
    "protocol",
    [Positional, Asynchronous, Attribute, Property, Untyped, Shapeless, Streaming],
    ids=str,
)
def test_a_protocol_that_cannot_cross_is_refused_by_name(protocol: Any) -> None:
    with pytest.raises(TypeError, match=protocol.__name__):
        remote.remote(protocol, call=lambda method, body: (200, b""))


def test_an_error_without_a_code_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    nameless = type("Nameless", (errors.NotFound,), {})
    monkeypatch.setitem(globals(), "Nameless", nameless)
    with pytest.raises(TypeError, match="Nameless needs a code of its own"):
        remote.declared_errors(Ledger)


def test_two_errors_may_not_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "Twin", type("Twin", (errors.Conflict,), {"code": "ledger_closed"}))
    with pytest.raises(TypeError, match="Twin needs a code of its own"):
        remote.declared_errors(Ledger)


class Wire:
    """The two ends joined by the test client: real requests, no socket."""

    accepted: ClassVar[str] = "good"

    def __init__(self) -> None:
        self.app = FastAPI()
        router = remote.internal_router("ledger", lambda: Ledger, LocalLedger, self.verify)
        operations.serve(self.app, [operations.section(router)])
        self.seen: list[httpx2.Request] = []
        self.client = TestClient(self.app, raise_server_exceptions=False)
        self.client.event_hooks = {"request": [self.seen.append]}
        self.token = self.accepted

    def verify(self, token: str) -> None:
        if token != self.accepted:
            raise errors.Unauthenticated("unknown service")


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def far(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(remote, "neighbour_client", lambda url: wire.client)
    transport = remote.HttpTransport("ledger", "http://testserver", lambda: wire.token)
    yield remote.remote(Ledger, call=transport)
    transport.close()


def test_over_http_the_same_things_arrive(far: Ledger) -> None:
    assert far.version(owner="h") == "7-h"
    assert far.totals(owner="h", first=date(2026, 3, 1), limit=1)[0].amount == Decimal("1.50")
    with pytest.raises(LedgerClosed):
        far.refuse(owner="h", why="closed")


def test_over_http_a_bug_of_the_other_side_is_unavailable(far: Ledger) -> None:
    with pytest.raises(errors.Unavailable):
        far.refuse(owner="h", why="bug")


def test_the_request_id_travels_along(far: Ledger, wire: Wire) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        far.version(owner="h")
    far.version(owner="h")
    assert wire.seen[0].headers["X-Request-ID"] == "r-1"
    assert "X-Request-ID" not in wire.seen[1].headers


def test_a_refused_service_token_signs_nobody_out(far: Ledger, wire: Wire) -> None:
    wire.token = "bad"
    with pytest.raises(errors.Unavailable):
        far.version(owner="h")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer bad"}, {"Authorization": "Basic good"}])
def test_without_a_service_token_nothing_is_served(wire: Wire, headers: dict[str, str]) -> None:
    answer = wire.client.post("/internal/ledger/version", json={"owner": "h"}, headers=headers)
    assert answer.status_code == 401
    assert "7-h" not in answer.text


def test_the_inner_door_takes_posts_only_and_is_not_in_the_document(wire: Wire) -> None:
    headers = {"Authorization": "Bearer good"}
    assert wire.client.get("/internal/ledger/version", headers=headers).status_code == 405
    assert wire.client.post("/internal/ledger/version", json={"owner": "h"}, headers=headers).json() == "7-h"
    assert wire.app.openapi()["paths"] == {}


@pytest.mark.parametrize("fault", [httpx2.ConnectError, httpx2.ReadTimeout, httpx2.RemoteProtocolError])
def test_a_neighbour_that_does_not_answer_is_asked_once_and_unavailable(
    monkeypatch: pytest.MonkeyPatch, fault: type[httpx2.TransportError]
) -> None:
    asked: list[httpx2.Request] = []

    def fail(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise fault("no")

    client = httpx2.Client(transport=httpx2.MockTransport(fail), base_url="http://ledger")
    monkeypatch.setattr(remote, "neighbour_client", lambda url: client)
    transport = remote.HttpTransport("ledger", "http://ledger", lambda: "good")
    with pytest.raises(errors.Unavailable) as refusal:
        remote.remote(Ledger, call=transport).version(owner="h")
    assert refusal.value.facts == {"context": "ledger"}
    assert len(asked) == 1
    transport.close()


def test_the_client_of_a_neighbour_waits_briefly_to_connect_and_ignores_proxies() -> None:
    with outgoing.neighbour_client("http://ledger:8001") as client:
        assert (client.timeout.connect, client.timeout.read) == (1.0, 30.0)
        assert client.trust_env is False
        assert client.follow_redirects is False
