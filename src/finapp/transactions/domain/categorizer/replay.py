"""A household's corrections replayed for a country: what `learning` remembers of rows as knowledge finds them there."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from finapp.transactions.domain.categorizer.categorize import suggest
from finapp.transactions.domain.categorizer.learning import remember
from finapp.transactions.domain.categorizer.values import Correction, Learned, Line, Suggestion

_Pairs = tuple[tuple[str, str], ...]
_Row = tuple[str | None, str, str, Decimal]
"""Country, currency, narration and amount."""
_MOST_SAID = 10_000
_said: dict[_Row, Suggestion] = {}
"""What corrected rows are suggested by themselves: after a further correction only that one is looked up."""


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
    rows = [(country, one.currency, one.description, one.amount) for one in decided]
    known = {row: said for row in rows if (said := _said.get(row)) is not None}
    by_currency: dict[str, list[_Row]] = defaultdict(list)
    for row in dict.fromkeys(row for row in rows if row not in known):
        by_currency[row[1]].append(row)
    for currency, some in by_currency.items():
        lines = [Line(description=description, amount=amount) for _, _, description, amount in some]
        fresh = dict(zip(some, suggest(lines, country=country, currency=currency or None), strict=True))
        known |= fresh
        if len(_said) > _MOST_SAID:
            _said.clear()
        _said.update(fresh)
    return [known[row] for row in rows]
