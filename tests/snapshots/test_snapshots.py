"""A change that would break a client or a neighbour fails; an addition must be taken into the snapshot."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.snapshots import contracts

RENEW = "run `python -m tests.snapshots` and read the difference"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return contracts.openapi(tmp_path_factory.mktemp("openapi"))


def test_no_client_breaks(served: Any) -> None:
    assert contracts.breaking(json.loads(contracts.OPENAPI.read_text()), served) == []


def test_no_neighbour_breaks() -> None:
    assert contracts.breaking(json.loads(contracts.FACADES.read_text()), contracts.facades()) == []


def test_the_snapshots_are_current(served: Any) -> None:
    assert contracts.OPENAPI.read_text() == contracts.text(served), RENEW
    assert contracts.FACADES.read_text() == contracts.text(contracts.facades()), RENEW


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ({"paths": {"/a": {"get": {}}}}, {"paths": {}}, ["/paths//a is gone"]),
        ({"type": "string"}, {"type": "number"}, ["/type: string became number"]),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ["/enum: b is gone"]),
        ({"required": ["a"]}, {"required": ["a", "b"]}, ["/required: b is now required"]),
        ({"required": ["a", "b"]}, {"required": ["a"]}, []),
        ({"a": 1}, {"a": 1, "b": 2}, []),
        ({"description": "old"}, {"description": "new"}, []),
        ({"kind": "Literal['a']"}, {"kind": "Literal['a', 'b']"}, []),
        ({"kind": "Literal['a', 'b']"}, {"kind": "Literal['a']"}, ["/kind: Literal['a', 'b'] became Literal['a']"]),
    ],
)
def test_what_breaks_is_told_from_what_is_new(before: Any, after: Any, broken: list[str], tmp_path: Path) -> None:
    assert contracts.breaking(before, after) == broken


def document(required: list[str], *, is_sent: bool) -> Any:
    """An API with one schema, in a request or in an answer."""
    content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Row"}}}}
    operation = {"requestBody": content} if is_sent else {"responses": {"200": content}}
    return {"paths": {"/rows": {"post": operation}}, "components": {"schemas": {"Row": {"required": required}}}}


def test_a_request_may_not_need_more_and_an_answer_may_not_hold_less() -> None:
    few, many = ["a"], ["a", "b"]
    place = "/components/schemas/Row/required"
    assert contracts.breaking(document(few, is_sent=True), document(many, is_sent=True)) == [
        f"{place}: b is now required"
    ]
    assert contracts.breaking(document(many, is_sent=True), document(few, is_sent=True)) == []
    assert contracts.breaking(document(few, is_sent=False), document(many, is_sent=False)) == []
    assert contracts.breaking(document(many, is_sent=False), document(few, is_sent=False)) == [
        f"{place}: b may now be missing"
    ]
