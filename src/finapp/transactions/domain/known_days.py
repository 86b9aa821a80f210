"""Days of which a file prints exactly what stands in its account: told by a digest, instead of row by row.

A day is known when every row of it, in the file and in the account, has one of the other side that is equal in amount,
text, bank id and balance. Identity (`finapp.transactions.domain.identity`) would pair all of them; the days on which
anything differs are left to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from finapp.transactions.domain.parts import Slice

Key = tuple[int, str, str | None, int | None]
"""What identity looks at of a row: amount, description, the bank's own id, balance after; amounts in minor units."""


@dataclass(frozen=True, kw_only=True)
class KnownDays:
    """What stands in the account of one part of a file."""

    part: int
    account_id: str
    exponent: int
    """Decimals of the account's currency."""
    currency: str
    digests: Mapping[str, str]
    """Day (`YYYY-MM-DD`) -> a digest of its rows; without days that have rows set aside or not booked yet."""


@dataclass(frozen=True)
class Repeats:
    """Rows of a file on days that are known."""

    part: int
    account_id: str
    days: list[str]
    digests: list[str]
    """Of each day: when the account's is another by now, the day is known no more."""
    lines: list[int]
    """By day and amount, those of equal amounts as the file has them."""

    def __len__(self) -> int:
        return len(self.lines)


Chunk = Slice | Repeats
"""Rows of a file, with all that is needed to store them or as far as they are known."""
