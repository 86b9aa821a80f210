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
            ids=[self.ids[place] for place in places],
            days=numbers(self.days[place] for place in places),
            amounts=numbers(self.amounts[place] for place in places),
            kinds=[self.kinds[place] for place in places],
            descriptions=[self.descriptions[place] for place in places],
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

    def followed_by(self, rows: "Columns") -> "Columns":
        """These rows, then the others."""
        return Columns(
            ids=self.ids + rows.ids,
            days=numbers(chain(self.days, rows.days)),
            amounts=numbers(chain(self.amounts, rows.amounts)),
            kinds=self.kinds + rows.kinds,
            descriptions=self.descriptions + rows.descriptions,
        )

    def without_signs(self) -> "Columns":
        """With positive amounts."""
        return replace(self, amounts=numbers(map(abs, self.amounts)))
