"""JSON read an item at a time is what `json.loads` makes of it, and what it refuses is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.platform.large_json import loads

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans(), st.sampled_from(["utf-8", "utf-16", "utf-32-be"]))
def test_what_is_read_is_what_was_written(value: Any, indent: int | str | None, plainly: bool, encoding: str) -> None:
    written = json.dumps(value, indent=indent, ensure_ascii=plainly).encode(encoding, "surrogatepass")
    assert loads(written) == json.loads(written)


@given(VALUES, st.data())
def test_a_text_with_something_amiss_is_read_or_refused_as_ever(value: Any, data: st.DataObject) -> None:
    written = bytearray(json.dumps({"items": [value], "more": value}).encode())
    place = data.draw(st.integers(0, len(written) - 1))
    written[place : place + data.draw(st.integers(0, 2))] = data.draw(
        st.sampled_from([b"", b",", b"]", b"}", b'"', b"{", b" ", b"1", b":", b"\xff"])
    )
    assert _told(loads, bytes(written)) == _told(json.loads, bytes(written))


@pytest.mark.parametrize("text", ['{"a": 1, "a": [2]}', " [1, 2] ", "{}", '{"a":[]}', "NaN", '{"a": [ 1 , 2 ] }'])
def test_names_that_come_twice_and_other_oddities_are_read_as_ever(text: str) -> None:
    assert repr(loads(text.encode())) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["", "{", "[1,]", '{"a": [1,]}', '{"a": 1,}', "{1: 2}", '{"a"}', '{"a": 1} x'])
def test_what_is_no_json_is_refused(text: str) -> None:
    assert "Error" in _told(loads, text.encode())
    assert _told(loads, text.encode()) == _told(json.loads, text.encode())


def _told(read: Callable[[bytes], Any], written: bytes) -> str:
    """What is read, or the refusal, as text: one that is not a number does not equal itself."""
    try:
        return repr(read(written))
    except ValueError as refusal:
        return repr(refusal)
