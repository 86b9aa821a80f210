"""Rows as the detector works on them: whole numbers, and what many rows share said once."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import le
from typing import NamedTuple


class Kind(NamedTuple):
    """What the rows of one account, merchant and category have in common."""

    account_id: str | None
    merchant: str | None
    category: str | None
    flow: str | None


class Row(NamedTuple):
    """A row with its ordinal day and its amount in minor units; of a stream, without the sign."""

    id: str
    day: int
    amount: int
    kind: Kind
    description: str


def numbers(values: Iterable[int]) -> MutableSequence[int]:
    """Whole numbers in eight bytes each, a quarter of what a list of them takes; a list where one has no room there."""
    if isinstance(values, array):
        return values
    listed = list(values)
    try:
        return array("q", listed)
    except OverflowError:
        return listed


@dataclass(frozen=True)
class Columns:
    """Rows as columns of one length, which two readings of a ledger are compared by in no time."""

    ids: list[str]
    days: MutableSequence[int]
    amounts: MutableSequence[int]
    kinds: list[Kind]
    descriptions: list[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", numbers(self.days))
        object.__setattr__(self, "amounts", numbers(self.amounts))

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Columns":
        """The columns of some rows."""
        return cls(*([list(column) for column in zip(*rows, strict=True)] or [[] for _ in Row._fields]))

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self) -> list[Row]:
        """One by one."""
        return list(map(Row._make, self.plain()))

    def plain(self) -> list[tuple[str, int, int, Kind, str]]:
        """One by one as mere tuples, which is all that comparing them takes."""
        return list(zip(self.ids, self.days, self.amounts, self.kinds, self.descriptions, strict=True))

    def by_day(self) -> "Columns":
        """In the order of their days, and of one day as they were."""
        if all(map(le, self.days, islice(self.days, 1, None))):
            return self
        return self.chosen(sorted(range(len(self)), key=self.days.__getitem__))

    def chosen(self, places: Sequence[int]) -> "Columns":
        """The rows at some places, in that order."""
        return Columns(
            ids=list(map(self.ids.__getitem__, places)),
            days=numbers(map(self.days.__getitem__, places)),
            amounts=numbers(map(self.amounts.__getitem__, places)),
            kinds=list(map(self.kinds.__getitem__, places)),
            descriptions=list(map(self.descriptions.__getitem__, places)),
        )

    def of_day(self, day: int) -> "Columns":
        """The rows of a day, of rows that stand by day."""
        return self.between(bisect_left(self.days, day), bisect_right(self.days, day))

    def between(self, start: int, end: int) -> "Columns":
        """The rows from a place to before another."""
        return Columns(
            ids=self.ids[start:end],
            days=self.days[start:end],
            amounts=self.amounts[start:end],
            kinds=self.kinds[start:end],
            descriptions=self.descriptions[start:end],
        )

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """Rows, then others, and so on."""
        return cls(
            ids=[name for part in parts for name in part.ids],
            days=numbers(chain.from_iterable(part.days for part in parts)),
            amounts=numbers(chain.from_iterable(part.amounts for part in parts)),
            kinds=[kind for part in parts for kind in part.kinds],
            descriptions=[text for part in parts for text in part.descriptions],
        )

    def without_signs(self) -> "Columns":
        """With positive amounts."""
        return replace(self, amounts=numbers(map(abs, self.amounts)))
