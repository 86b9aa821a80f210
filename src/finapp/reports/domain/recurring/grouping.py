"""Rows by counterparty, and the streams of each group, worked out again only where a group's rows have changed."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from finapp.reports.domain.recurring import amounts as levels
from finapp.reports.domain.recurring.merchants import is_own_money, key_of
from finapp.reports.domain.recurring.separation import Found, Row, separate, worth
from finapp.reports.public.recurring import RecurringRow

Key = tuple[str, tuple[str, ...], str | None]
"""Direction, words of the counterparty, account."""

_ANY_DIGIT = str.maketrans("123456789", "000000000")
_REFERENCE = re.compile(r"(?<!\d)\d(?!\d{5})\w*")
"""References are letters mixed with a few digits: with one sign for what follows the first digit, a narration is read
once, not once per reference. Six digits or more stay, since a name may stand right before or after them."""
_FAMILY = 120
"""Rows of counterparties with one first word beyond which they are not looked at together."""


class Separations:
    """The streams found in each group the last time, to be found again without work while its rows are the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[bool, Key], tuple[int, list[Found]]] = {}
        self._used: dict[tuple[bool, Key], tuple[int, list[Found]]] = {}

    def streams(self, key: Key, rows: Sequence[Row], calendar: str, *, family: bool = False) -> list[Found]:
        """The streams of one group, or of a family of groups with one first word."""
        place = (family, key)
        digest = hash((calendar, *((row.source.id, row.day, row.amount, row.source.description) for row in rows)))
        known = self._known.get(place)
        found = known[1] if known is not None and known[0] == digest else separate(rows, calendar)
        self._used[place] = (digest, found)
        return found

    def forget_unused(self) -> None:
        """Ends one detection: groups that it did not see are gone."""
        self._known, self._used = self._used, {}


def found_in(
    rows: Sequence[RecurringRow], as_of: date, calendar: str = "", memory: Separations | None = None
) -> list[tuple[Key, Found]]:
    """The streams among the rows up to `as_of`, with the group that each was found in."""
    memory = memory or Separations()
    families: dict[Key, list[tuple[Key, list[Row]]]] = defaultdict(list)
    for key, members in _grouped(rows, as_of).items():
        families[key[0], key[1][:1], key[2]].append((key, members))
    found: list[tuple[Key, Found]] = []
    for name, groups in families.items():
        found += _family(name, groups, calendar, memory)
    memory.forget_unused()
    return found


def _family(
    name: Key, groups: Sequence[tuple[Key, list[Row]]], calendar: str, memory: Separations
) -> list[tuple[Key, Found]]:
    """The streams of counterparties that share their first word: each for itself, or all as one with a noisy name."""
    found: list[tuple[Key, Found]] = []
    for key, members in groups:
        if len(members) >= 2:
            found += [(key, stream) for stream in memory.streams(key, members, calendar)]
    size = sum(len(members) for _, members in groups)
    if len(groups) == 1 or not 3 <= size <= _FAMILY:
        return found
    every = sorted((row for _, members in groups for row in members), key=lambda row: (row.day, row.source.id))
    together = memory.streams(name, every, calendar, family=True)
    if _one_name(together, [stream for _, stream in found]):
        return [(name, stream) for stream in together]
    used = {row.source.id for _, stream in found for row in stream.rows}
    left = [row for row in every if row.source.id not in used]
    if 3 <= len(left) < size:
        again = memory.streams((name[0], (*name[1], ""), name[2]), left, calendar, family=True)
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


def _grouped(rows: Sequence[RecurringRow], as_of: date) -> dict[Key, list[Row]]:
    """Rows by direction and counterparty, each group by date; cash and later rows are left out."""
    keys: dict[tuple[str, str | None], tuple[str, ...] | None] = {}
    same: dict[frozenset[str], tuple[str, ...]] = {}
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.date > as_of or not row.amount:
            continue
        text = (_REFERENCE.sub("0", row.description.translate(_ANY_DIGIT)), row.merchant)
        if text not in keys:
            words = key_of(*text)
            # Banks change the order of the fields: the first order seen stands for all.
            keys[text] = None if is_own_money(row.description) else same.setdefault(frozenset(words), words)
        key = keys[text]
        if key is not None and row.category != "cash":
            direction = "in" if row.amount > 0 else "out"
            groups[direction, key, row.account_id].append(Row(row, row.date.toordinal(), abs(row.amount)))
    for members in groups.values():
        members.sort(key=lambda row: (row.day, row.source.id))
    return groups
