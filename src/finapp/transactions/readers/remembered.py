"""Cells that are read once however often they are looked at: detection reads the first rows by many eyes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

_More = ParamSpec("_More")
_Read = TypeVar("_Read")
_CELLS = 16_384
_LONGEST = 64
"""Characters of a text that may be kept: dates and amounts are short, and strangers' cells need not be."""


def remembered(read: Callable[Concatenate[str, _More], _Read]) -> Callable[Concatenate[str, _More], _Read]:
    """`read`, a pure function of a cell, with its answers for short cells kept."""
    kept = lru_cache(_CELLS)(read)

    @wraps(read)
    def reading(text: str, /, *more: _More.args, **named: _More.kwargs) -> _Read:
        if len(text) > _LONGEST:
            return read(text, *more, **named)
        return kept(text, *more, **named)  # type: ignore[arg-type]  # lru_cache forgets the parameters

    return reading
