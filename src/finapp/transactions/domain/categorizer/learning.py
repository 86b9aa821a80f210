"""What a household teaches: memory of corrections by payee and merchant, and a shift of the model by words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import log1p
from typing import Final

from finapp.transactions.domain.categorizer.knowledge import timeless, tokens
from finapp.transactions.domain.categorizer.values import (
    SUGGESTS,
    Candidate,
    Correction,
    Decision,
    Learned,
    Line,
    Memory,
    MemoryKind,
    Source,
    Suggestion,
)
from finapp.transactions.domain.descriptor import Direction, parse

_ONCE: Final = 0.97
"""Confidence of a memory that one explicit decision made."""
_EXACT: Final = 0.95
_NEAR: Final = 0.90
_UNLIKE: Final = 0.75
_CLOSE: Final = Decimal("0.10")
"""How far an amount may be from a remembered one, as a part of it, to count as the same kind of payment."""
_APART: Final = 4
"""A transfer this many times smaller or larger than any remembered one may be for something else."""
_FADING: Final = 0.6
"""How much an older decision counts beside the one after it, where decisions for one payee differ."""
_MIXED: Final = 0.60
_SEVERAL: Final = 2
"""So many corrections that agree give a word of local businesses another meaning in a household."""
_LOUDNESS: Final = 3.0
"""Logits that one consistent correction of a word adds, times ln 2."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def remember(
    decided: Iterable[tuple[Correction, Suggestion]], merged: Mapping[str, str] | None = None
) -> tuple[Memory, ...]:
    """The memories that corrections make, oldest first, each with the suggestion that its row has cold.

    `merged` says as which merchant the household counts another one. The same corrections give the same memories.
    """
    state: dict[tuple[MemoryKind, str, Direction], list[Decision]] = {}
    for correction, cold in decided:
        direction: Direction = "in" if correction.amount > 0 else "out"
        decision = Decision(amount=abs(correction.amount), category=correction.category, on=correction.on)
        for kind, key in _keys(cold, merged or {}):
            state.setdefault((kind, key, direction), []).append(decision)
    return tuple(
        Memory(kind=kind, key=key, direction=direction, decisions=tuple(state[kind, key, direction]))
        for kind, key, direction in sorted(state)
    )


def _keys(cold: Suggestion, merged: Mapping[str, str]) -> tuple[tuple[MemoryKind, str], ...]:
    """The (kind, key) under which a decision about a row is remembered, the more exact first."""
    return ("core", timeless(cold.core)), ("merchant", merged.get(cold.merchant_key, cold.merchant_key))


class Delta:
    """The household's own shift of the model's logits, by the words of payees it corrected. Rebuilt by replay.

    A word that was corrected to one category speaks for it the louder the more often and the more consistently it was;
    words that went to many categories say little. New shops of a kind profit: a corrected "Yoga Loft" helps "Yoga Hut".
    """

    def __init__(self, counts: Mapping[tuple[str, str], Mapping[str, int]]) -> None:
        self._counts = counts

    @classmethod
    def replayed(cls, corrections: Iterable[Correction]) -> "Delta":
        """The delta that corrections give, oldest first. Replaying the same gives the same."""
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for correction in corrections:
            direction: Direction = "in" if correction.amount > 0 else "out"
            for word in set(tokens(parse(correction.description, direction).core)):
                by_category = counts.setdefault((word, direction), {})
                by_category[correction.category] = by_category.get(correction.category, 0) + 1
        return cls(counts)

    def of(self, core: str, direction: Direction) -> Mapping[str, float]:
        """What to add to the logits of a payee, by category."""
        shift: dict[str, float] = {}
        if not self._counts:
            return shift
        for word in set(tokens(core)):
            by_category = self._counts.get((word, direction))
            if by_category:
                total = sum(by_category.values())
                for category, count in by_category.items():
                    shift[category] = shift.get(category, 0.0) + _LOUDNESS * log1p(count) * (count / total) ** 2
        return shift

    def meant(self, word: str, direction: Direction) -> str | None:
        """The category that every correction of payees with this word said, when there were several."""
        by_category = self._counts.get((word, direction), {})
        category = next(iter(by_category), None)
        return category if category and len(by_category) == 1 and by_category[category] >= _SEVERAL else None


class Recall:
    """Looks memories up for rows."""

    def __init__(self, memories: Iterable[Memory], merged: Mapping[str, str]) -> None:
        self._by_key = {(memory.kind, memory.key, memory.direction): memory.decisions for memory in memories}
        self._merged = merged

    def of(self, line: Line, cold: Suggestion) -> Suggestion | None:
        """What the household decided for this row's payee or merchant in this direction; None when it never did.

        Where its decisions differ, the amount tells them apart: an equal one first, then a close one, then the
        decisions vote, the newest loudest.
        """
        for key in _keys(cold, self._merged):
            decisions = self._by_key.get((*key, line.direction))
            if decisions:
                decision, confidence = _chosen(decisions, abs(line.amount), cold)
                when = f"{decision.on.day} {_MONTHS[decision.on.month - 1]}"
                return answered(cold, decision.category, confidence, "memory", f"your correction of {when}")
        return None


def _chosen(decisions: Sequence[Decision], amount: Decimal, cold: Suggestion) -> tuple[Decision, float]:
    newest = decisions[-1]
    if len({decision.category for decision in decisions}) == 1:
        if cold.category_best == "transfer" and newest.category != "transfer" and _apart(decisions, amount):
            return newest, _UNLIKE
        return newest, min(0.995, _ONCE + 0.01 * (len(decisions) - 1))
    for confidence, reach in ((_EXACT, Decimal(0)), (_NEAR, _CLOSE)):
        close = [decision for decision in decisions if abs(decision.amount - amount) <= reach * decision.amount]
        if close:
            agreed = len({decision.category for decision in close}) == 1
            return close[-1], confidence if agreed else _UNLIKE
    votes: dict[str, float] = {}
    for age, decision in enumerate(reversed(decisions)):
        votes[decision.category] = votes.get(decision.category, 0.0) + _FADING**age
    winner = max(votes, key=lambda category: (votes[category], category == newest.category))
    share = votes[winner] / sum(votes.values())
    said = next(decision for decision in reversed(decisions) if decision.category == winner)
    return said, min(_NEAR, max(share, _MIXED))


def _apart(decisions: Iterable[Decision], amount: Decimal) -> bool:
    """Whether an amount is far from every remembered one."""
    return all(amount * _APART < decision.amount or amount > decision.amount * _APART for decision in decisions)


@lru_cache(maxsize=64)
def prepared(learned: Learned) -> tuple[Recall, Delta]:
    """What a household taught, ready to be asked. Made once for each `Learned`."""
    return Recall(learned.memories, learned.merged), Delta.replayed(learned.corrections)


def answered(base: Suggestion, category: str, confidence: float, source: Source, why: str) -> Suggestion:
    """`base` with another category on top; its own first thought stays among the candidates."""
    first = Candidate(category=category, confidence=confidence)
    rest = (
        Candidate(category=other.category, confidence=round(other.confidence * (1 - confidence), 4))
        for other in base.candidates
        if other.category != category
    )
    return replace(
        base,
        category=category if confidence >= SUGGESTS else None,
        candidates=(first, *rest)[:3],
        category_best=category,
        confidence=confidence,
        source=source,
        why=why,
    )
