"""Scores what the product found against what is true: rows matched to the ledger, pairs found, series found."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from finapp.app.demo.truth import Row

T = TypeVar("T", bound=Hashable)


class Booked(NamedTuple):
    """A transaction of the product's ledger. `account_id` is the simulated household's own id of the account."""

    id: str
    account_id: str
    date: date
    amount: Decimal
    description: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many of `found` are `true`. A share is None when there is nothing to take it of."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that is true."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what is true that was found."""
        return self.right / self.true if self.true else None

    def __add__(self, other: "Score") -> "Score":
        return Score(right=self.right + other.right, found=self.found + other.found, true=self.true + other.true)


def score(found: Iterable[T], true: Iterable[T]) -> Score:
    """The score of a set of things found against the set of true ones."""
    found_set, true_set = set(found), set(true)
    return Score(right=len(found_set & true_set), found=len(found_set), true=len(true_set))


def matched(rows: Iterable[Row], ledger: Iterable[Booked]) -> dict[str, Row]:
    """The true row behind each transaction, by transaction id; a transaction without one is left out.

    Rows of equal account, day and amount are matched first by the words they share, then in order: what is left
    over on either side was lost or doubled.
    """
    waiting: dict[tuple[str, date, Decimal], list[Row]] = defaultdict(list)
    for row in rows:
        waiting[row.account_id, row.date, row.amount].append(row)
    found = {}
    for booked in ledger:
        candidates = waiting[booked.account_id, booked.date, booked.amount]
        if candidates:
            best = max(candidates, key=lambda row: _shared_words(row, booked.description))
            candidates.remove(best)
            found[booked.id] = best
    return found


def _shared_words(row: Row, description: str) -> int:
    return len(set(f"{row.counterparty} {row.description}".upper().split()) & set(description.upper().split()))


def pairs(rows: Iterable[Row], *, kinds: tuple[str, ...]) -> set[frozenset[str]]:
    """The keys of every two rows that belong together, of those kinds: "transfer", "card", "wallet", "refund" ..."""
    sides: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for link in (row.transfer_id, row.refund_id):
            if link and link.split("-")[0] in kinds:
                sides[link].append(row.key)
    return {frozenset(keys) for keys in sides.values() if len(keys) == 2}


def series_of(transactions: Iterable[str], truth: Mapping[str, Row], occurrences: Mapping[str, int]) -> str | None:
    """The true series that a found stream is: most of its transactions, and most of the series, or None.

    At least four fifths of the stream's transactions belong to the series, and three fifths of the series' occurrences
    to the stream. `truth` maps transactions to rows (see matched), `occurrences` series to their counts.
    """
    ids = list(transactions)
    counts: dict[str, int] = defaultdict(int)
    for transaction in ids:
        row = truth.get(transaction)
        if row and row.series_id:
            counts[row.series_id] += 1
    if not counts:
        return None
    best = max(counts, key=lambda series_id: (counts[series_id], series_id))
    inside = counts[best] * 5 >= len(ids) * 4
    return best if inside and counts[best] * 5 >= occurrences[best] * 3 else None
