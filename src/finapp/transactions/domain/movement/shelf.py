"""Purchases by what ties money back to one of them: whatever lacks every tie need not be weighed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from finapp.transactions.domain.movement import parties
from finapp.transactions.domain.movement.values import LightRow

REFERENCE: Final = re.compile(r"\d{9,}")
WORD: Final = re.compile(r"[^\W\d_]+")
TELLING: Final = 4
"""So many letters of a name tell it from others."""
_ADDRESS: Final = re.compile(r"(?<![\w.@])([A-Za-z0-9][\w.]{3,})@")


def addresses(row: LightRow) -> set[str]:
    """The payment addresses that a narration prints, without the bank that a narration may cut off."""
    return {found.lower() for found in _ADDRESS.findall(row.description)}


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
    for found in set(REFERENCE.findall(row.description)):
        yield "reference", found
    for found in addresses(row):
        yield "address", found
    for found in {word[:TELLING] for word in parties.telling_words(row)}:
        yield "named", found
    for found in {word[:TELLING] for word in WORD.findall(row.description.upper()) if len(word) >= TELLING}:
        yield "prints", found
