"""A long list that is checked part by part is taken, or refused, as it is when checked whole."""

from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from finapp.platform.fields import ByParts


@with_config(ConfigDict(extra="forbid", strict=True))
class Item(TypedDict):
    name: Annotated[str, Field(max_length=3)]


WHOLE = TypeAdapter[Any](list[Item])
BY_PARTS = TypeAdapter[Any](Annotated[list[Item], ByParts, Field(max_length=2_500)])
GOOD: dict[str, object] = {"name": "abc"}
BAD: dict[str, object] = {"name": "abcd", "size": 1}


@pytest.mark.parametrize(
    "given",
    [[], [GOOD], [GOOD] * 1_000, [GOOD] * 2_500, [*[GOOD] * 2_100, BAD, GOOD, BAD], [BAD] * 1_001, 5, None, "text"],
)
def test_what_is_taken_and_what_is_refused_is_the_same(given: object) -> None:
    assert _told(BY_PARTS, given) == _told(WHOLE, given)


def test_a_list_beyond_its_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match="at most 2500 items"):
        BY_PARTS.validate_python([GOOD] * 2_501)


def test_the_schema_is_that_of_the_list() -> None:
    assert BY_PARTS.json_schema() == {**WHOLE.json_schema(), "maxItems": 2_500}


def _told(adapter: TypeAdapter[Any], given: object) -> object:
    try:
        return adapter.validate_python(given)
    except ValidationError as refusal:
        return [(fault["loc"], fault["type"], fault["msg"]) for fault in refusal.errors()]
