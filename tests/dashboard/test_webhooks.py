"""Webhooks: signed, tried again, logged, and never sent inside."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from finapp.dashboard.domain import webhooks
from finapp.dashboard.jobs.sending import Sender
from finapp.kernel.clock import FixedClock
from finapp.platform import outgoing
from tests.acceptance.story import import_statement, statement
from tests.support import NOON, client, sign_up

API = "/api/v1"
_NUMBERS = count(1)
pytestmark = pytest.mark.acceptance
"""The receiver is a real one, on this machine."""


class Receiver:
    """A server of this machine that keeps what it is sent and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Tests are silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self._thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A local receiver, and a guard that lets this machine through."""
    monkeypatch.setattr(outgoing, "is_public", lambda address: True)
    found = Receiver()
    yield found
    found.close()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product; messages are sent when a test says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sender, "wake", lambda self: None)
        with client(Path(tmp_path_factory.mktemp("hooks"))) as signed_in:
            yield signed_in


@pytest.fixture
def http(product: TestClient) -> Iterator[TestClient]:
    """A household of its own for each test, which leaves nothing to be sent."""
    sign_up(product, f"household{next(_NUMBERS)}@example.com")
    yield product
    for hook in product.get(f"{API}/webhooks").json()["items"]:
        product.delete(f"{API}/webhooks/{hook['id']}")


def send(http: TestClient, later: timedelta = timedelta(0)) -> int:
    """Sends what is due, as the thread would at that time."""
    assembly: Any = http.app.state  # type: ignore[attr-defined]
    facade = assembly.facades["dashboard"]
    clock = FixedClock(datetime.now(UTC) + later)
    neighbours = facade._neighbours
    return Sender(database=facade._database, transactions=neighbours.transactions, clock=clock).send_due()


def send_soon(http: TestClient) -> int:
    """Sends what is due once there is something: an import is done a moment before the others have heard of it."""
    for _ in range(100):
        if sent := send(http):
            return sent
        time.sleep(0.05)
    return 0


def made(http: TestClient, url: str, *events: str, **more: object) -> dict[str, Any]:
    answer = http.post(f"{API}/webhooks", json={"url": url, "events": list(events), **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def log_of(http: TestClient, hook: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = http.get(f"{API}/webhooks/{hook['id']}/deliveries").json()["items"]
    return items


def test_an_import_is_told_signed_with_the_secret(http: TestClient, receiver: Receiver) -> None:
    hook = made(http, receiver.url, "statement_imported")
    assert http.get(f"{API}/webhooks/{hook['id']}").json()["secret"] is None
    import_statement(http, statement())
    assert send_soon(http) == 1
    headers, body = receiver.got[0]
    seconds, mac = (part.partition("=")[2] for part in headers["X-Finapp-Signature"].split(","))
    expected = hmac.new(hook["secret"].encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(mac, expected)
    told = json.loads(body)
    assert (told["event"], told["data"]["rows"]) == ("statement_imported", 60)
    (entry,) = log_of(http, hook)
    assert (entry["status"], entry["attempts"], entry["answered"]) == ("sent", 1, 204)
    assert entry["payload"] == body.decode()
    assert send(http, timedelta(days=1)) == 0


def test_a_failure_is_tried_again_later_and_in_the_end_no_more(http: TestClient, receiver: Receiver) -> None:
    hook = made(http, receiver.url, "plan_changed")
    assert http.post(f"{API}/webhooks/{hook['id']}/test").status_code == 202
    receiver.answers = [500] * webhooks.MOST_ATTEMPTS
    assert send(http) == 1
    (entry,) = log_of(http, hook)
    assert (entry["status"], entry["attempts"], entry["answered"]) == ("queued", 1, 500)
    assert send(http) == 0
    for number in range(1, webhooks.MOST_ATTEMPTS):
        assert send(http, timedelta(days=number)) == 1
    (entry,) = log_of(http, hook)
    assert (entry["status"], entry["attempts"], entry["error"]) == ("failed", webhooks.MOST_ATTEMPTS, "answered 500")
    assert send(http, timedelta(days=100)) == 0


def test_a_query_is_told_of_the_rows_that_it_finds_in_an_import(http: TestClient, receiver: Receiver) -> None:
    hook = made(http, receiver.url, "query_matched", query="swiggy")
    other = made(http, receiver.url, "query_matched", query="nothing-like-this")
    import_statement(http, statement())
    send(http)
    send(http)
    (told,) = [json.loads(body) for _, body in receiver.got]
    assert (told["event"], len(told["data"]["transaction_ids"]), told["data"]["query"]) == (
        "query_matched",
        6,
        "swiggy",
    )
    row = http.get(f"{API}/transactions/{told['data']['transaction_ids'][0]}").json()
    assert "SWIGGY" in row["description"]
    assert log_of(http, hook)[0]["status"] == "sent"
    assert log_of(http, other) == []


def test_an_inactive_webhook_is_told_nothing(http: TestClient, receiver: Receiver) -> None:
    hook = made(http, receiver.url, "plan_changed", active=False)
    http.put(f"{API}/fire/plan", json={"withdrawal_rate": "0.035"})
    assert (send(http), log_of(http, hook)) == (0, [])
    changed = http.patch(f"{API}/webhooks/{hook['id']}", json={"active": True})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    http.put(f"{API}/fire/plan", json={"withdrawal_rate": "0.04"})
    assert send(http) == 1
    assert http.delete(f"{API}/webhooks/{hook['id']}").status_code == 204
    assert http.get(f"{API}/webhooks/{hook['id']}/deliveries").json()["code"] == "webhook_not_found"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1"]
)
def test_an_address_inside_is_refused(http: TestClient, url: str) -> None:
    answer = http.post(f"{API}/webhooks", json={"url": url, "events": ["plan_changed"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "address_refused")
    assert http.get(f"{API}/webhooks").json()["items"] == []


def test_an_address_that_turns_inside_later_is_not_called(
    http: TestClient, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = made(http, receiver.url, "plan_changed")
    http.post(f"{API}/webhooks/{hook['id']}/test")
    monkeypatch.undo()
    assert send(http) == 1
    assert receiver.got == []
    assert log_of(http, hook)[0]["status"] == "failed"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "ftp://example.com", "events": ["plan_changed"]}, "url"),
        ({"url": "http://127.0.0.1/", "events": []}, "events"),
        ({"url": "http://127.0.0.1/", "events": ["moon"]}, "events.0"),
        ({"url": "http://127.0.0.1/", "events": ["query_matched"]}, "query"),
        ({"url": "http://127.0.0.1/", "events": ["plan_changed"], "query": "x"}, "query"),
    ],
)
def test_a_wrong_body_is_refused_by_field(http: TestClient, body: dict[str, object], field: str) -> None:
    answer = http.post(f"{API}/webhooks", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@given(st.integers(1, webhooks.MOST_ATTEMPTS))
def test_each_wait_is_longer_up_to_six_hours(attempts: int) -> None:
    assert timedelta(0) < webhooks.wait(attempts) <= webhooks.wait(attempts + 1) <= timedelta(hours=6)


def test_the_signature_changes_with_every_byte_and_second() -> None:
    signed = {
        webhooks.signature(secret, at, payload)
        for secret in ("a", "b")
        for at in (NOON, NOON + timedelta(seconds=1))
        for payload in (b"x", b"y")
    }
    assert len(signed) == 8
