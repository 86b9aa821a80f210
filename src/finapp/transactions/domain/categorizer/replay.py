"""A household's corrections replayed for a country: what `learning` remembers of rows as knowledge finds them there."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from finapp.transactions.domain.categorizer.categorize import suggest
from finapp.transactions.domain.categorizer.learning import remember
from finapp.transactions.domain.categorizer.values import Correction, Learned, Line, Suggestion

_Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=32)
def replayed(decided: tuple[Correction, ...], merged: _Pairs, leaves: _Pairs, country: str | None) -> Learned:
    """What corrections, oldest first, teach about rows that are looked up in `country`: the same give the same.

    `merged` and `leaves` are the pairs of `Learned.merged` and `Learned.leaves`. Kept by what was decided, so that a
    row asked for twice does not replay every decision twice.
    """
    memories = remember(zip(decided, _cold(decided, country), strict=True), dict(merged))
    return Learned(memories=memories, corrections=decided, merged=dict(merged), leaves=dict(leaves))


def elsewhere(learned: Learned, country: str | None) -> Learned:
    """The same teaching for rows of another country: a merchant is found there by another name, or only there."""
    merged, leaves = tuple(sorted(learned.merged.items())), tuple(sorted(learned.leaves.items()))
    return replayed(learned.corrections, merged, leaves, country)


def _cold(decided: Sequence[Correction], country: str | None) -> list[Suggestion]:
    """What the corrected rows are suggested without anything learned, in order."""
    by_currency: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(decided):
        by_currency[one.currency].append(number)
    found: dict[int, Suggestion] = {}
    for currency, numbers in by_currency.items():
        lines = [Line(description=decided[number].description, amount=decided[number].amount) for number in numbers]
        said = suggest(lines, country=country, currency=currency or None)
        found.update(zip(numbers, said, strict=True))
    return [found[number] for number in range(len(decided))]
