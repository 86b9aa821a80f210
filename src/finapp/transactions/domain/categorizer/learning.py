"""What a household teaches: memory of corrections, by merchant, payee core, and core with amount."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import log1p
from typing import Final

from finapp.transactions.domain.categorizer.knowledge import tokens
from finapp.transactions.domain.categorizer.values import (
    SUGGESTS,
    Candidate,
    Correction,
    Line,
    Memory,
    MemoryKind,
    Source,
    Suggestion,
)
from finapp.transactions.domain.descriptor import Descriptor, Direction, parse

_ONCE: Final = 0.97
"""Confidence of a memory that one explicit decision made."""
_CONTRADICTED: Final = 0.80
_LOUDNESS: Final = 3.0
"""Logits that one consistent correction of a word adds, times ln 2."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KINDS: Final = ("core_amount", "core", "merchant")


def keys_of(merchant_key: str, core: str, amount: Decimal) -> tuple[tuple[MemoryKind, str], ...]:
    """The (kind, key) under which a decision about a row is remembered, the most exact first."""
    return ("core_amount", f"{core}={abs(amount)}"), ("core", core), ("merchant", merchant_key)


def remember(decided: Iterable[tuple[Correction, Suggestion]]) -> tuple[Memory, ...]:
    """The memories that corrections make, replayed oldest first, each with the suggestion that its row has cold.

    A later decision for a key replaces an earlier different one and remembers that it was contradicted. Replaying the
    same corrections gives the same memories.
    """
    state: dict[tuple[MemoryKind, str, Direction], Memory] = {}
    for correction, cold in decided:
        direction: Direction = "in" if correction.amount > 0 else "out"
        merchant = correction.merchant_key or cold.merchant_key
        for kind, key in keys_of(merchant, cold.core, correction.amount):
            before = state.get((kind, key, direction))
            same = before is not None and before.category == correction.category
            state[kind, key, direction] = Memory(
                kind=kind,
                key=key,
                direction=direction,
                category=correction.category,
                count=before.count + 1 if before and same else 1,
                on=correction.on,
                contradicted=before.contradicted + (0 if same else before.count) if before else 0,
            )
    return tuple(state[key] for key in sorted(state))


class Delta:
    """The household's own shift of the model's logits, by the words of payees it corrected. Rebuilt by replay.

    A word that was corrected to one category speaks for it the louder the more often and the more consistently it was;
    words that went to many categories say little. New shops of a kind profit: a corrected "Yoga Loft" helps "Yoga Hut".
    """

    def __init__(self, counts: Mapping[tuple[str, str], Mapping[str, int]]) -> None:
        self._counts = counts

    @classmethod
    def replayed(cls, corrections: Sequence[Correction]) -> "Delta":
        """The delta that corrections give, oldest first. Replaying the same gives the same."""
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for correction in corrections:
            direction: Direction = "in" if correction.amount > 0 else "out"
            for word in set(tokens(parse(correction.description, direction).core)):
                by_category = counts.setdefault((word, direction), {})
                by_category[correction.category] = by_category.get(correction.category, 0) + 1
        return cls(counts)

    def of(self, descriptor: Descriptor) -> Mapping[str, float]:
        """What to add to the logits of a narration, by category."""
        shift: dict[str, float] = {}
        if not self._counts:
            return shift
        for word in set(tokens(descriptor.core)):
            by_category = self._counts.get((word, descriptor.direction))
            if by_category:
                total = sum(by_category.values())
                for category, count in by_category.items():
                    shift[category] = shift.get(category, 0.0) + _LOUDNESS * log1p(count) * (count / total) ** 2
        return shift


class Recall:
    """Looks memories up for rows."""

    def __init__(self, memories: Sequence[Memory]) -> None:
        self._by_key = {(memory.kind, memory.key, memory.direction): memory for memory in memories}

    def of(self, line: Line, cold: Suggestion) -> Suggestion | None:
        """What the household decided for this row's core and amount, core, or merchant; None when it never did.

        The exact amount only decides where the core alone was contradicted: otherwise the core says the same.
        """
        if not self._by_key:
            return None
        found = {}
        for kind, key in keys_of(cold.merchant_key, cold.core, line.amount):
            memory = self._by_key.get((kind, key, line.direction))
            if memory:
                found[kind] = memory
        for kind in _KINDS:
            if kind in found:
                return _remembered(found[kind], cold)
        return None


def _remembered(memory: Memory, cold: Suggestion) -> Suggestion:
    confidence = _ONCE if not memory.contradicted else _CONTRADICTED
    if memory.contradicted and memory.count > memory.contradicted:
        confidence = 0.95
    confidence = min(0.995, confidence + 0.01 * (memory.count - 1))
    when = f"{memory.on.day} {_MONTHS[memory.on.month - 1]}"
    return answered(cold, memory.category, confidence, "memory", f"your correction of {when}")


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
