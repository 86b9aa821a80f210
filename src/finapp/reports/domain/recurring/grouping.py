"""The streams of each counterparty, worked out again only where a group's rows have changed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from finapp.reports.domain.recurring import amounts as levels
from finapp.reports.domain.recurring.book import Book, Key
from finapp.reports.domain.recurring.rows import Columns
from finapp.reports.domain.recurring.separation import Found, separate, worth
from finapp.reports.public.recurring import RecurringRow, RecurringStream

Described = tuple[RecurringStream, tuple[RecurringRow, ...]]
"""A stream in the words of the report, and its rows."""
_FAMILY = 120
"""Rows of counterparties with one first word beyond which they are not looked at together."""


class Separations:
    """The streams found in each group the last time, to be found again without work while its rows are the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool, Key], tuple[Columns, list[Found]]] = {}
        self._used: dict[tuple[str, bool, Key], tuple[Columns, list[Found]]] = {}
        self.described: dict[str, tuple[Found, object, Described]] = {}
        """The streams of the last detection by id, each with the finding and all else that it was made of."""

    def streams(self, key: Key, rows: Columns, calendar: str, *, family: bool = False) -> list[Found]:
        """The streams of one group, or of a family of groups with one first word."""
        place = (calendar, family, key)
        known = self._known.get(place)
        found = known[1] if known is not None and _same(known[0], rows) else separate(rows.rows(), key[0], calendar)
        self._used[place] = (rows, found)
        return found

    def forget_unused(self) -> None:
        """Ends one detection: groups that it did not see are gone."""
        self._known, self._used = self._used, {}


def _same(before: Columns, now: Columns) -> bool:
    """Whether the rows are the same; a group that did not change has its very columns."""
    return before is now or before == now


def found_in(book: Book, as_of: date, calendar: str = "", memory: Separations | None = None) -> list[tuple[Key, Found]]:
    """The streams among the rows up to `as_of`, with the group that each was found in."""
    memory = memory or Separations()
    families: dict[Key, list[tuple[Key, Columns]]] = defaultdict(list)
    for (direction, words, account), members in book.groups(as_of):
        families[direction, words[:1], account].append(((direction, words, account), members))
    found: list[tuple[Key, Found]] = []
    for name, groups in families.items():
        found += _family(name, groups, calendar, memory)
    memory.forget_unused()
    return found


def _family(
    name: Key, groups: Sequence[tuple[Key, Columns]], calendar: str, memory: Separations
) -> list[tuple[Key, Found]]:
    """The streams of counterparties that share their first word: each for itself, or all as one with a noisy name."""
    found: list[tuple[Key, Found]] = []
    for key, members in groups:
        if len(members) >= 2:
            found += [(key, stream) for stream in memory.streams(key, members, calendar)]
    size = sum(len(members) for _, members in groups)
    if len(groups) == 1 or not 3 <= size <= _FAMILY:
        return found
    every = sorted((row for _, members in groups for row in members.rows()), key=lambda row: (row.day, row.id))
    together = memory.streams(name, Columns.of(every), calendar, family=True)
    if _one_name(together, [stream for _, stream in found]):
        return [(name, stream) for stream in together]
    used = {row.id for _, stream in found for row in stream.rows}
    left = [row for row in every if row.id not in used]
    if 3 <= len(left) < size:
        again = memory.streams((name[0], (*name[1], ""), name[2]), Columns.of(left), calendar, family=True)
        found += [(name, stream) for stream in again if _one_price(stream, len(left))]
    return found


def _one_name(together: Sequence[Found], apart: Sequence[Found]) -> bool:
    """Whether unlike narrations are one counterparty: as one they make more of the rows, by a rhythm no denser.

    Two monthly payments to a family of firms would make a semi-monthly one together, so such rhythms must be there
    already.
    """
    if any(levels.kind_of([row.amount for row in stream.rows]) == "variable" for stream in together) and not apart:
        return False
    rhythms = {stream.fit.lattice.frequency for stream in apart}
    dense = any(s.fit.lattice.period < 28 and s.fit.lattice.frequency not in rhythms for s in together)
    return not dense and worth(together) > worth(apart) + 0.5


def _one_price(stream: Found, members: int) -> bool:
    """Whether rows that share only the first word of their counterparty are one stream beyond doubt."""
    fixed = levels.kind_of([row.amount for row in stream.rows]) != "variable"
    return fixed and len(stream.rows) >= max(3, members // 3)
