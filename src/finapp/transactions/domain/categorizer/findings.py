"""One thing that the knowledge says, and where an entry of it holds."""

from typing import NamedTuple

from finapp.transactions.domain.categorizer.knowledge import Entry
from finapp.transactions.domain.categorizer.values import Source


class Finding(NamedTuple):
    """One thing the knowledge says. `strength` is the probability that it is right, set by kind of evidence and held to
    the open sets by their calibration error."""

    leaf: str
    strength: float
    source: Source
    name: str
    why: str
    letters: int = 0
    """How many letters of the narration it rests on."""
    word: str = ""
    """The word of local businesses it rests on, in the spelling of the lists."""


def fits(entry: Entry, direction: str) -> bool:
    """Whether an entry holds for money of this direction."""
    return not entry.direction or not direction or entry.direction == direction


def nearness(entry: Entry, country: str) -> int:
    """2 in the account's country, 1 everywhere (or unknown country), 0 elsewhere."""
    if not entry.countries or not country:
        return 1
    return 2 if country in entry.countries.split(" ") else 0
