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
    ],
)
def test_what_breaks_is_told_from_what_is_new(before: Any, after: Any, broken: list[str], tmp_path: Path) -> None:
    assert contracts.breaking(before, after) == broken
