"""Import identity: which incoming rows the ledger has already.

Candidates are rows of equal account, booking date and amount. Within such a group rows are paired one to one: by the
bank's own id, then by the balance after, then by text. Pairs are duplicates and the rest is new, so that twins survive
and repeats add nothing. What may or may not be the same is for a person to say, and is neither lost nor doubled.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product

ALIKE = 0.6
"""Share of the shorter text's words that both texts have, from which two texts are taken for one row's."""
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
    """The layout the row was read from: one layout always prints a row with the same text and id."""
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


def pair_up(existing: Iterable[Known], incoming: Iterable[Known]) -> Paired:
    """Tells duplicates, new rows and doubtful ones apart. The order of rows within a day does not matter."""
    stored: dict[tuple[date, Decimal], list[Known]] = defaultdict(list)
    for row in existing:
        stored[row.date, row.amount].append(row)
    arriving: dict[tuple[date, Decimal], list[Known]] = defaultdict(list)
    for row in incoming:
        arriving[row.date, row.amount].append(row)
    found = Paired()
    for group, rows in arriving.items():
        _pair_group(stored.get(group, []), rows, found)
    return found


def _pair_group(stored: Sequence[Known], arriving: Sequence[Known], found: Paired) -> None:
    left, right = list(stored), list(arriving)
    for same in (_same_id, _same_balance, _same_text, _alike_text):
        for mine, theirs in list(product(left, right)) if left and right else ():
            if mine in left and theirs in right and same(mine, theirs):
                left.remove(mine)
                right.remove(theirs)
                found.duplicates[theirs.key] = mine.key
    doubtful = [row for row in left if any(_could_be(row, other) for other in right)]
    if doubtful and len(doubtful) == len(right):
        found.review.update({theirs.key: mine.key for mine, theirs in zip(doubtful, right, strict=True)})
        return
    start = 1 + max((row.ordinal for row in stored), default=-1)
    found.new.update({row.key: start + number for number, row in enumerate(right)})


def _same_id(mine: Known, theirs: Known) -> bool:
    return mine.bank_id is not None and mine.bank_id == theirs.bank_id


def _could_be(mine: Known, theirs: Known) -> bool:
    """Whether nothing that both rows carry tells them apart."""
    if mine.source == theirs.source:
        # One layout prints one row with one text and one id: what differs is another row.
        if mine.bank_id is not None and theirs.bank_id is not None and mine.bank_id != theirs.bank_id:
            return False
        if _words(mine.description) != _words(theirs.description):
            return False
    balances = (mine.balance_after, theirs.balance_after)
    return None in balances or balances[0] == balances[1]


def _same_balance(mine: Known, theirs: Known) -> bool:
    return mine.balance_after is not None and mine.balance_after == theirs.balance_after and _could_be(mine, theirs)


def _same_text(mine: Known, theirs: Known) -> bool:
    return _words(mine.description) == _words(theirs.description) and _could_be(mine, theirs)


def _alike_text(mine: Known, theirs: Known) -> bool:
    ours, other = set(_words(mine.description)), set(_words(theirs.description))
    shorter = min(len(ours), len(other))
    return shorter > 0 and len(ours & other) / shorter >= ALIKE and _could_be(mine, theirs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
