"""Opaque ids: 63-bit, increasing with time, shown as 13 characters of Crockford base 32."""

import secrets
import threading
import time
from datetime import UTC, datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_RANDOM_BITS = 20
_DIGITS = str.maketrans(
    {chr(code): "!" for code in range(128)}
    | {letter: "0123456789abcdefghijklmnopqrstuv"[value] for value, letter in enumerate(_ALPHABET)}
)
"""Letters of an id as the digits that `int` knows of base 32; what is none of them is made something it refuses."""
UNKNOWN = -1
"""The number of every text that is not an id: no row has it, so a malformed id is answered like an unknown one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_lock = threading.Lock()
_last = 0


def new_number() -> int:
    """A fresh positive 63-bit integer, larger than every one made before in this process."""
    global _last
    with _lock:
        candidate = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        _last = candidate if candidate > _last else _last + 1
        return _last


def new_numbers(count: int) -> range:
    """`count` fresh consecutive numbers, for bulk inserts."""
    global _last
    with _lock:
        start = max((time.time_ns() // 1_000_000) << _RANDOM_BITS, _last + 1)
        _last = start + count - 1
        return range(start, start + count)


def new_id() -> str:
    """A fresh opaque id."""
    return to_text(new_number())


def new_ids(count: int) -> list[str]:
    """`count` fresh ids in a row, for bulk inserts."""
    return [to_text(number) for number in new_numbers(count)]


def first_of(instant: datetime) -> str:
    """The smallest id that can have been made at an instant or after it."""
    since = max(int((instant - _EPOCH).total_seconds() * 1000), 0)
    return to_text(min(since << _RANDOM_BITS, (1 << 63) - 1))


def to_text(number: int) -> str:
    """The 13 characters of a number; text order equals number order."""
    # Written out by pairs of letters, because reading a household turns thousands of numbers into ids.
    return (
        _ALPHABET[number >> 60 & 31]
        + _PAIRS[number >> 50 & 1023]
        + _PAIRS[number >> 40 & 1023]
        + _PAIRS[number >> 30 & 1023]
        + _PAIRS[number >> 20 & 1023]
        + _PAIRS[number >> 10 & 1023]
        + _PAIRS[number & 1023]
    )


def to_number(text: str) -> int:
    """The number of an id, or UNKNOWN for a text that is not one."""
    if len(text) != 13 or not text.isascii():
        return UNKNOWN
    try:
        number = int(text.translate(_DIGITS), 32)
    except ValueError:
        return UNKNOWN
    return number if number < 1 << 63 else UNKNOWN
