"""A Protocol over the wire: values, refusals and faults arrive as they left, and nothing else does."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import pytest

from finapp.kernel import errors
from finapp.platform import codec, remote
from tests.platform import far_ledger
from tests.platform.far_ledger import Ledger, LedgerClosed, LocalLedger, Total


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
    monkeypatch.setitem(vars(far_ledger), "Nameless", nameless)
    with pytest.raises(TypeError, match="Nameless needs a code of its own"):
        remote.declared_errors(Ledger)


def test_two_errors_may_not_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(far_ledger), "Twin", type("Twin", (errors.Conflict,), {"code": "ledger_closed"}))
    with pytest.raises(TypeError, match="Twin needs a code of its own"):
        remote.declared_errors(Ledger)
