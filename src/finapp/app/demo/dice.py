"""Chance that falls the same way on every machine.

Only the Mersenne Twister's own bits and exact arithmetic are used, never a logarithm or a power, whose last bit
may differ between C libraries.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*parts: int) -> Random:
    """A generator of its own for each tuple of non-negative numbers (seed, purpose, month ...)."""
    seed = 0
    for part in parts:
        seed = seed * 1_000_003 + part + 1
    return Random(seed)  # noqa: S311  (reproducible by purpose; nothing here is a secret)


def pick(random: Random, items: Sequence[T]) -> T:
    """One of `items`."""
    return items[int(random.random() * len(items))]


def between(random: Random, low: float, high: float) -> float:
    """A number from `low` to `high`, all equally likely."""
    return low + (high - low) * random.random()


def digits(random: Random, pattern: str) -> str:
    """`pattern` with every `#` replaced by a digit."""
    return "".join(str(int(random.random() * 10)) if sign == "#" else sign for sign in pattern)
