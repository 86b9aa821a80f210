"""A Protocol over HTTP: service tokens, faults of the way, and what is not served."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from starlette.testclient import TestClient

from finapp.kernel import errors
from finapp.platform import operations, outgoing, remote
from tests.platform.far_ledger import Ledger, LedgerClosed, LocalLedger


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
    monkeypatch.setattr(remote, "neighbour_client", lambda url, seconds: wire.client)
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
    monkeypatch.setattr(remote, "neighbour_client", lambda url, seconds: client)
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
    with outgoing.neighbour_client("http://ledger:8001", 1800) as patient:
        assert (patient.timeout.connect, patient.timeout.read) == (1.0, 1800)
