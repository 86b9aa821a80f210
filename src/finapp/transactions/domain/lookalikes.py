"""Merchants of one household that look like the same one under two spellings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final, Literal

from finapp.transactions.domain.categorizer import knowledge
from finapp.transactions.domain.descriptor.cleaning import PLACES

Reason = Literal["longer", "cut", "spelled_alike"]

_BLOCK: Final = 4
"""Letters that two spellings of one merchant begin with alike."""
_CUT: Final = 8
"""A name shorter than this may be the beginning of anything."""
_ALIKE: Final = 0.88
"""Ratcliff/Obershelp similarity from which two names are offered as spellings of one (Black 2004)."""
_TYPED: Final = 9
"""Shorter names are alike by chance."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A merchant as the ledger has it."""

    id: str
    name: str
    count: int
    category_id: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Lookalike:
    """Two merchants that look the same: `merchant` could be counted as `into`, which has more rows."""

    merchant: Known
    into: Known
    reason: Reason
    similarity: float
    """Of the letters of both names, 0 to 1."""


def lookalikes(merchants: Iterable[Known], apart: frozenset[str] = frozenset()) -> tuple[Lookalike, ...]:
    """Pairs that look the same, the most rows at stake first; each merchant is offered into one other at most.

    Two brands that the knowledge tells apart are never a pair, nor are people, and merchants `apart`, which the
    household named itself, are offered into nothing.
    """
    index = knowledge.shipped()
    found: dict[str, Lookalike] = {}
    for one, other in _candidates(merchants):
        less, more = sorted((one, other), key=lambda each: (each.count, -len(each.name), each.id))
        if less.id in apart or (_branded(index, less) and _branded(index, more)):
            continue
        pair = _compared(index, less, more)
        if pair and (less.id not in found or _rank(pair) > _rank(found[less.id])):
            found[less.id] = pair
    return tuple(sorted(found.values(), key=_rank, reverse=True))


def _rank(pair: Lookalike) -> tuple[int, float, str]:
    return pair.merchant.count + pair.into.count, pair.similarity, pair.merchant.id


def _candidates(merchants: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Merchants of one currency whose names begin alike."""
    blocks: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for each in merchants:
        key = knowledge.key_of(each.name)
        if len(key) >= _BLOCK:
            blocks[each.currency, key[:_BLOCK]].append(each)
    for block in blocks.values():
        yield from combinations(block, 2)


def _compared(index: knowledge.Knowledge, less: Known, more: Known) -> Lookalike | None:
    if less.category_id != more.category_id:
        # What is bought in two categories is more likely bought at two places.
        return None
    one, other = knowledge.tokens(less.name), knowledge.tokens(more.name)
    first, second = "".join(one), "".join(other)
    if any(_people(index, words) or _wording(index, "".join(words)) for words in (one, other)):
        return None
    short, long = (one, other) if len(first) < len(second) else (other, one)
    likeness = SequenceMatcher(None, first, second, autojunk=False)
    if likeness.quick_ratio() < _ALIKE and not (first.startswith(second) or second.startswith(first)):
        return None
    similarity = round(likeness.ratio(), 4)
    reason: Reason | None = None
    if _begins(short, long):
        reason = "longer"
    elif _cut(short, long):
        reason = "cut"
    elif similarity >= _ALIKE and min(len(first), len(second)) >= _TYPED and not _other_number(one, other):
        reason = "spelled_alike"
    if reason is None:
        return None
    return Lookalike(merchant=less, into=more, reason=reason, similarity=similarity)


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all words of one name begin the other: two words at least, or one and nothing but a place behind it."""
    if list(long[: len(short)]) != list(short):
        return False
    return len(short) > 1 or all(word in PLACES for word in long[len(short) :])


def _cut(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one name is the other, cut inside a word: `NORTHSIDE CHIROPRACTIC` and `NORTHSIDE CHIROP`."""
    last = len(short) - 1
    return (
        last < len(long)
        and len("".join(short)) >= _CUT
        and list(long[:last]) == list(short[:last])
        and long[last].startswith(short[last])
    )


def _other_number(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether names differ by a number: `Unit 4` is not `Unit 5`."""
    numbers = ([word for word in words if any(map(str.isdigit, word))] for words in (one, other))
    return next(numbers) != next(numbers)


def _branded(index: knowledge.Knowledge, merchant: Known) -> bool:
    key = knowledge.key_of(merchant.name)
    return any(entry.kind in ("brand", "bank") for entry in index.entries(key))


def _wording(index: knowledge.Knowledge, key: str) -> bool:
    """Whether a name is a bank's wording or the word for a kind of shop, which many share: `Pizzeria`."""
    return any(entry.kind in ("phrase", "word") for entry in index.entries(key))


def _people(index: knowledge.Knowledge, words: Sequence[str]) -> bool:
    """Whether a name is made of people's names: two people may be called nearly the same."""
    return bool(words) and all(
        len(word) == 1 or any(entry.kind == "person" for entry in index.entries(word)) for word in words
    )
