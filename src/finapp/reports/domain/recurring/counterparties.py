"""Which counterparty a row is of, by the words of its merchant or narration."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from finapp.reports.domain.recurring.merchants import is_own_money, key_of
from finapp.reports.domain.recurring.rows import Columns

Key = tuple[str, tuple[str, ...], str | None]
"""Direction, words of the counterparty, account."""
Group = tuple[str, frozenset[str], str | None]
"""Direction, words of the counterparty in whatever order a bank prints them, account."""
_PART = 1_000
"""Narrations that are read together."""
_ANY_DIGIT = str.maketrans("123456789", "000000000")
_REFERENCE = re.compile(r"(?<!\d)\d(?!\d{5})\w*")
"""References are letters mixed with a few digits: with one sign for what follows the first digit, a narration is read
once, not once per reference. Six digits or more stay, since a name may stand right before or after them."""


def groups_of(rows: Columns) -> Iterator[Group | None]:
    """The group of each row; none where no money moves or it stays at hand as cash."""
    known: dict[Group, Group] = {}
    # Part by part, so that no more than a part of the narrations is ever written down again.
    texts = chain.from_iterable(map(_legible, _parts(rows.descriptions)))
    for amount, kind, text in zip(rows.amounts, rows.kinds, texts, strict=True):
        if amount and kind.category != "cash" and not _is_own_money(text):
            group = ("in" if amount > 0 else "out", _words(kind.merchant or text)[1], kind.account_id)
            yield known.setdefault(group, group)
        else:
            yield None


def key_of_group(group: Group, rows: Columns) -> Key:
    """The counterparty of a group, its words in the order of its first row."""
    words = _words(rows.kinds[0].merchant or _legible(rows.descriptions[:1])[0])[0]
    return group[0], words, group[2]


def group_of(key: Key) -> Group:
    """The group that a counterparty is."""
    return key[0], frozenset(key[1]), key[2]


def family_of(key: Key) -> Key:
    """What counterparties with one first word share."""
    return key[0], key[1][:1], key[2]


def _parts(descriptions: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(descriptions), _PART):
        yield descriptions[start : start + _PART]


def _legible(descriptions: Sequence[str]) -> list[str]:
    """Narrations with one sign for every reference, read together because one by one costs three times as much."""
    whole = "\n".join(descriptions)
    if whole.count("\n") == len(descriptions) - 1:
        return _REFERENCE.sub("0", whole.translate(_ANY_DIGIT)).split("\n")
    return [_REFERENCE.sub("0", text.translate(_ANY_DIGIT)) for text in descriptions]


@lru_cache(maxsize=2_048)
def _is_own_money(description: str) -> bool:
    return is_own_money(description)


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of the counterparty, in order and in any order."""
    words = key_of(text)
    return words, frozenset(words)
