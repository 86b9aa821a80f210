"""The streams of each counterparty, worked out again only where a group's rows have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finapp.reports.domain.recurring import amounts as levels
from finapp.reports.domain.recurring.book import Book, Family, first_row
from finapp.reports.domain.recurring.counterparties import Key
from finapp.reports.domain.recurring.rows import Columns
from finapp.reports.domain.recurring.separation import Found, separate, worth
from finapp.reports.public.recurring import RecurringPayments, RecurringRow, RecurringStream

Described = tuple[RecurringStream, tuple[RecurringRow, ...]]
"""A stream in the words of the report, and its rows."""
Separated = tuple[Found, object, Described]
"""A finding with all else that it was worded of, and its words."""
_FAMILY = 120
"""Rows of counterparties with one first word beyond which they are not looked at together."""


_Parts = dict[tuple[bool, Key], tuple[Columns, list[Found]]]
"""What was looked at, a group or several together -> its rows and the streams found among them."""


@dataclass(frozen=True)
class _Family:
    """Counterparties with one first word, and the streams among their rows."""

    groups: Family
    parts: _Parts
    found: Sequence[tuple[Key, Found]]

    def is_of(self, groups: Family) -> bool:
        """Whether these are the groups, with the same rows."""
        pairs = zip(self.groups, groups, strict=False)
        return len(groups) == len(self.groups) and all(was[0] == now[0] and _same(was[1], now[1]) for was, now in pairs)


class Separations:
    """What was found the last time, to be found again without work while the rows are the same."""

    def __init__(self) -> None:
        self.families: tuple[str, dict[Key, _Family]] = ("", {})
        """The calendar of the last look, and what was found."""
        self.described: dict[str, Separated] = {}
        """The streams of the last detection by id."""
        self.detection: tuple[object, Sequence[Described]] | None = None
        """The last detection, after all that it was made of."""
        self.report: tuple[Sequence[Described], object, RecurringPayments] | None = None
        """The last report, after the very streams and all else that it was made of but the number of rows."""


class _Look:
    """One look at a family: groups whose rows are the same as before are not separated again."""

    def __init__(self, calendar: str, before: _Parts) -> None:
        self._calendar, self._before = calendar, before
        self.parts: _Parts = {}

    def streams(self, key: Key, rows: Columns, *, together: bool = False) -> list[Found]:
        """The streams of one group, or of several together."""
        known = self._before.get((together, key))
        again = known is not None and _same(known[0], rows)
        found = known[1] if known is not None and again else separate(rows.rows(), key[0], self._calendar)
        self.parts[together, key] = (rows, found)
        return found


def _same(before: Columns, now: Columns) -> bool:
    """Whether the rows are the same; a group that did not change has its very columns."""
    return before is now or before == now


def found_in(book: Book, as_of: date, calendar: str = "", memory: Separations | None = None) -> list[tuple[Key, Found]]:
    """The streams among the rows up to `as_of`, with the group that each was found in."""
    memory = memory or Separations()
    before = memory.families[1] if memory.families[0] == calendar else {}
    families: dict[Key, _Family] = {}
    for name, groups in book.families(as_of).items():
        known = before.get(name)
        # Most are the very same: they are not even asked.
        if known is None or (known.groups is not groups and not known.is_of(groups)):
            known = _family(name, groups, calendar, known)
        families[name] = known
    # Families that are gone are forgotten.
    memory.families = calendar, families
    having = [family for family in families.values() if family.found]
    having.sort(key=lambda family: first_row(family.groups[0]))
    return [stream for family in having for stream in family.found]


def _family(name: Key, groups: Family, calendar: str, before: _Family | None) -> _Family:
    look = _Look(calendar, {} if before is None else before.parts)
    found = _streams(name, groups, look)
    return _Family(groups=groups, parts=look.parts, found=found)


def _streams(name: Key, groups: Family, look: _Look) -> list[tuple[Key, Found]]:
    """The streams of counterparties that share their first word: each for itself, or all as one with a noisy name."""
    found: list[tuple[Key, Found]] = []
    for key, members in groups:
        if len(members) >= 2:
            found += [(key, stream) for stream in look.streams(key, members)]
    size = sum(len(members) for _, members in groups)
    if len(groups) == 1 or not 3 <= size <= _FAMILY:
        return found
    every = sorted((row for _, members in groups for row in members.rows()), key=lambda row: (row.day, row.id))
    together = look.streams(name, Columns.of(every), together=True)
    if _one_name(together, [stream for _, stream in found]):
        return [(name, stream) for stream in together]
    used = {row.id for _, stream in found for row in stream.rows}
    left = [row for row in every if row.id not in used]
    if 3 <= len(left) < size:
        again = look.streams((name[0], (*name[1], ""), name[2]), Columns.of(left), together=True)
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
