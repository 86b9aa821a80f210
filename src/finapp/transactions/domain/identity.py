"""Import identity: which incoming rows the ledger has already.

Candidates are rows of equal account, booking date and amount. Within such a group rows are paired one to one: by the
bank's own id, then by the balance after, then by text. Pairs are duplicates and the rest is new, so that twins survive
and repeats add nothing. A row that may or may not be a stored one that nothing paired is for a person to decide: it is
neither lost nor doubled. Two different ids of one format never pair.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

ALIKE = 0.6
"""Share of the shorter text's telling words that both have, from which two texts are taken for one row's."""
_MOST_COMPARED = 250_000
"""Pairs of texts compared within one group; in a larger one, texts that are not equal are for a person to compare."""
_LONGEST_SEARCH = 20
"""Rows of equal feature tried for one row before it is left to a person."""
_REFERENCE = re.compile(r"[a-z]*[0-9]{6,}")
"""A word that is a payment's own number."""
_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What identity looks at of a row of one account."""

    key: str
    """The id of a stored row, or the position of an incoming one."""
    date: date
    amount: Decimal
    description: str
    bank_id: str | None = None
    balance_after: Decimal | None = None
    source: str = ""
    """The layout the row was read from: one layout always prints a row with the same id."""
    ordinal: int = 0


@dataclass(frozen=True, kw_only=True)
class Paired:
    """Every incoming key is in exactly one of the three."""

    duplicates: dict[str, str] = field(default_factory=dict)
    """Incoming key -> key of the stored row it is."""
    new: dict[str, int] = field(default_factory=dict)
    """Incoming key -> its ordinal among the rows of equal date and amount."""
    review: dict[str, str] = field(default_factory=dict)
    """Incoming key -> key of the stored row it could be."""


def pair_up(existing: Iterable[Known], incoming: Iterable[Known], ends: tuple[date, date] | None = None) -> Paired:
    """Tells duplicates, new rows and doubtful ones apart. The order of rows within a day does not matter.

    `ends` are the first and the last day of the whole file, when `incoming` holds only some of its days.
    """
    stored: dict[tuple[date, Decimal], list[Known]] = defaultdict(list)
    for row in existing:
        stored[row.date, row.amount].append(row)
    arriving: dict[tuple[date, Decimal], list[Known]] = defaultdict(list)
    for row in incoming:
        arriving[row.date, row.amount].append(row)
    days = {day for day, _ in arriving}
    first, last = ends or (min(days, default=None), max(days, default=None))
    found = Paired()
    for group, rows in arriving.items():
        if group not in stored:
            found.new.update({row.key: number for number, row in enumerate(rows)})
            continue
        if len(rows) == len(stored[group]) == 1 and _is_same(stored[group][0], rows[0]):
            found.duplicates[rows[0].key] = stored[group][0].key
            continue
        # A file has the whole of each day but its first and last, which it may share with the file before or after.
        _Group(stored[group], rows, whole_day=group[0] not in (first, last)).settle(found)
    return found


def numbered(places: Iterable[tuple[str, Hashable]]) -> dict[str, int]:
    """Keys of new rows with their ordinals among those of the same place, in the order given."""
    taken: dict[Hashable, int] = {}
    found = {}
    for key, place in places:
        found[key] = taken.get(place, 0)
        taken[place] = found[key] + 1
    return found


class _Group:
    """Stored and arriving rows of one date and amount."""

    def __init__(self, stored: list[Known], arriving: list[Known], *, whole_day: bool) -> None:
        self._first_ordinal = 1 + max((row.ordinal for row in stored), default=-1)
        self._whole_day = whole_day
        self._left = {row.key: row for row in stored}
        self._right = {row.key: row for row in arriving}
        self._pairs: dict[str, str] = {}

    def settle(self, found: Paired) -> None:
        """Pairs by the strongest evidence first, and puts every arriving row into its place."""
        if self._left:
            self._pair_equal(lambda row: row.bank_id)
            self._pair_equal(_balance_and_words)
            self._pair_equal(lambda row: row.balance_after)
            self._pair_equal(lambda row: _words(row.description))
            self._pair_alike()
        found.duplicates.update(self._pairs)
        doubtful = self._doubtful()
        found.review.update(doubtful)
        new = [key for key in self._right if key not in doubtful]
        found.new.update({key: self._first_ordinal + number for number, key in enumerate(new)})

    def _pair(self, mine: Known, theirs: Known) -> None:
        self._pairs[theirs.key] = mine.key
        del self._left[mine.key], self._right[theirs.key]

    def _pair_equal(self, feature: Callable[[Known], Hashable]) -> None:
        """Pairs rows with equal features, in order; a row without the feature stays."""
        waiting: dict[Hashable, deque[Known]] = defaultdict(deque)
        for row in self._left.values():
            if feature(row) is not None:
                waiting[feature(row)].append(row)
        for theirs in list(self._right.values()):
            queue = waiting.get(feature(theirs), deque())
            for _ in range(min(len(queue), _LONGEST_SEARCH)):
                mine = queue.popleft()
                if self._may_be_one(mine, theirs):
                    self._pair(mine, theirs)
                    break
                queue.append(mine)

    def _pair_alike(self) -> None:
        """Pairs rows whose texts share most words, the most alike first."""
        if len(self._left) * len(self._right) > _MOST_COMPARED:
            return
        ours = {key: _word_set(row.description) for key, row in self._left.items()}
        other = {key: _word_set(row.description) for key, row in self._right.items()}
        close = [
            (-share, one, two)
            for one, mine in ours.items()
            for two, theirs in other.items()
            if (share := _shared(mine, theirs)) >= ALIKE
        ]
        for _, one, two in sorted(close, key=lambda item: item[0]):
            if one not in self._left or two not in self._right:
                continue
            mine_row, their_row = self._left[one], self._right[two]
            if self._may_be_one(mine_row, their_row) and not _other_payment(mine_row, their_row):
                self._pair(mine_row, their_row)

    def _may_be_one(self, mine: Known, theirs: Known) -> bool:
        """Whether no id and no balance tells the two apart.

        Balances change when a bank books a row late or sorts a day anew, so they tell nothing on a day the file has
        whole: a stored row of it must be in the file.
        """
        if _ids_differ(mine, theirs):
            return False
        return self._whole_day or not _balances_differ(mine, theirs)

    def _doubtful(self) -> dict[str, str]:
        """Arriving rows that could be a stored row that was not found again -> that row."""
        by_format: dict[tuple[str, bool], list[Known]] = defaultdict(list)
        for row in self._left.values():
            by_format[row.source, row.bank_id is not None].append(row)
        found: dict[str, str] = {}
        taken: set[str] = set()
        for theirs in self._right.values():
            other_ids = (theirs.source, True) if theirs.bank_id is not None else None
            rows = [row for key, rows in by_format.items() if key != other_ids for row in rows[:_LONGEST_SEARCH]]
            choice = [row.key for row in rows if _could_be(row, theirs)]
            if not choice and len(rows) >= _LONGEST_SEARCH:
                choice = [rows[0].key]  # too many to look at: for a person
            if choice:
                found[theirs.key] = next((key for key in choice if key not in taken), choice[0])
                taken.add(found[theirs.key])
        return found


def _is_same(mine: Known, theirs: Known) -> bool:
    """Whether two rows that have no others beside them are one by everything that both print."""
    same = mine.description == theirs.description
    return same and not _ids_differ(mine, theirs) and not _balances_differ(mine, theirs)


def _could_be(mine: Known, theirs: Known) -> bool:
    """Whether the two may be one row though nothing shows it: balances that differ tell rows of unlike text apart."""
    if not _balances_differ(mine, theirs):
        return True
    return _shared(_word_set(mine.description), _word_set(theirs.description)) >= ALIKE


def _ids_differ(mine: Known, theirs: Known) -> bool:
    ids = (mine.bank_id, theirs.bank_id)
    return mine.source == theirs.source and None not in ids and ids[0] != ids[1]


def _balances_differ(mine: Known, theirs: Known) -> bool:
    balances = (mine.balance_after, theirs.balance_after)
    return None not in balances and balances[0] != balances[1]


def _balance_and_words(row: Known) -> Hashable:
    return None if row.balance_after is None else (row.balance_after, _words(row.description))


def _other_payment(mine: Known, theirs: Known) -> bool:
    """Whether both texts carry numbers of payments as one layout prints them, and none is in both."""
    if mine.source != theirs.source:
        return False
    ours, other = (set(filter(_REFERENCE.fullmatch, _words(row.description))) for row in (mine, theirs))
    return bool(ours and other) and not ours & other


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's telling words that both texts have."""
    return _shared(_word_set(one), _word_set(other))


def _shared(ours: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter text's words that both have."""
    shorter = min(len(ours), len(other))
    return len(ours & other) / shorter if shorter else 0.0


@lru_cache(maxsize=65_536)
def _word_set(text: str) -> frozenset[str]:
    """The words that name someone: formats differ in their short marks (POS, REF) and numbers, not in names."""
    words = _words(text)
    return frozenset(word for word in words if len(word) > 3 and word.isalpha()) or frozenset(words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))
