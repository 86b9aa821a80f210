"""Purchases by what ties money back to one of them: whatever lacks every tie need not be weighed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from finapp.transactions.domain.movement import parties
from finapp.transactions.domain.movement.values import LightRow

_REFERENCE: Final = re.compile(r"\d{9,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
TELLING: Final = 4
"""So many letters of a name tell it from others."""
_ADDRESS: Final = re.compile(r"(?<![\w.@])([A-Za-z0-9][\w.]{3,})@")


class Printed(NamedTuple):
    """What a narration prints that ties money back to a purchase."""

    references: frozenset[str]
    """Numbers of nine digits or more."""
    addresses: frozenset[str]
    """Payment addresses, without the bank that a narration may cut off."""
    words: tuple[str, ...]
    """Words of four letters or more, in capitals."""


@lru_cache(8_192)
def printed(description: str) -> Printed:
    """What a narration prints."""
    return Printed(
        references=frozenset(_REFERENCE.findall(description)),
        addresses=frozenset(found.lower() for found in _ADDRESS.findall(description)),
        words=tuple(word for word in _WORD.findall(description.upper()) if len(word) >= TELLING),
    )


class Shelf:
    """Looks up the purchases that share with a row its amount, merchant, a reference, an address or part of a name."""

    def __init__(self, purchases: Sequence[LightRow]) -> None:
        self._by: dict[tuple[str, object], list[LightRow]] = defaultdict(list)
        for row in purchases:
            for kind, tie in _ties(row, amount=-row.amount):
                self._by[f"{row.currency} {kind}", tie].append(row)

    def like(self, row: LightRow) -> list[LightRow]:
        """The purchases that have a tie with the row, each once."""
        ties = ((f"{row.currency} {_OTHER.get(kind, kind)}", tie) for kind, tie in _ties(row, amount=row.amount))
        return list({each.id: each for tie in ties for each in self._by.get(tie, ())}.values())


_OTHER: Final = {"prints": "is", "is": "prints"}
"""A word that one narration prints may be the merchant of the other."""


def _ties(row: LightRow, amount: object) -> Iterable[tuple[str, object]]:
    yield "amount", amount
    if row.merchant_key:
        yield "merchant", row.merchant_key
        yield "is", row.merchant_key[:TELLING]
    prints = printed(row.description)
    for found in prints.references:
        yield "reference", found
    for found in prints.addresses:
        yield "address", found
    for found in {word[:TELLING] for word in parties.telling_words(row)}:
        yield "named", found
    for found in {word[:TELLING] for word in prints.words}:
        yield "prints", found
