"""Scores detected streams against the truth of simulated households.

A detected stream is right when an unclaimed true series of its direction and frequency shares at least 60 % of the
rows of the larger of the two. Series and streams count once they have the occurrences that make a stream mature.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finapp.app.demo.household import Household, simulate
from finapp.app.demo.truth import ProfileName, Series
from finapp.reports.domain.recurring.detection import streams
from finapp.reports.domain.recurring.separation import MATURE_AT
from finapp.reports.public.recurring import RecurringRow, RecurringStream

PROFILES: tuple[ProfileName, ...] = ("in", "us", "gb", "eu")
UNTIL = date(2026, 6, 30)
_SHARED = 0.6


@dataclass
class Score:
    """Counts over households; `frequencies` are (found, true) by frequency, `off` the days between next dates."""

    found: int = 0
    false: int = 0
    true: int = 0
    spent: Decimal = Decimal(0)
    spent_found: Decimal = Decimal(0)
    off: list[int] = field(default_factory=list)
    frequencies: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)

    @property
    def recall(self) -> float:
        return self.found / self.true

    @property
    def next_within_two_days(self) -> float:
        """Share of live streams whose next day is at most two days from the truth."""
        return sum(days <= 2 for days in self.off) / len(self.off)

    @property
    def share_of_spending(self) -> float:
        return float(self.spent_found / self.spent)


def rows_of(household: Household) -> list[RecurringRow]:
    """The rows as a reader of the statements sees them: no merchant, no category."""
    return [
        RecurringRow(
            id=row.key,
            date=row.date,
            amount=row.amount,
            description=f"{row.counterparty} {row.description}".strip(),
            account_id=row.account_id,
        )
        for row in household.rows()
    ]


def score(households: range) -> Score:
    """Detects and compares, one household after the other, the four profiles in turn."""
    total = Score()
    for seed in households:
        household = simulate(seed=seed, profile=PROFILES[seed % len(PROFILES)], until=UNTIL)
        _add(total, household, streams(rows_of(household), household.last))
    return total


def _add(total: Score, household: Household, detected: list[RecurringStream]) -> None:
    ids: dict[str, set[str]] = defaultdict(set)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for row in household.rows():
        if row.series_id:
            ids[row.series_id].add(row.key)
            spent[row.series_id] += abs(row.amount)
    expected = {s.id: s for s in household.series if len(ids[s.id]) >= MATURE_AT.get(s.frequency, 3)}
    for series in expected.values():
        total.true += 1
        total.spent += spent[series.id]
        total.frequencies[series.frequency][1] += 1
    for stream in detected:
        if stream.status == "early" or stream.occurrences < MATURE_AT.get(stream.frequency, 3):
            continue
        match = _match(stream, expected, ids)
        if match is None:
            total.false += 1
            continue
        del expected[match.id]
        total.found += 1
        total.spent_found += spent[match.id]
        total.frequencies[match.frequency][0] += 1
        if match.next_on and stream.next_on:
            total.off.append(abs((match.next_on - stream.next_on).days))


def _match(stream: RecurringStream, expected: dict[str, Series], ids: dict[str, set[str]]) -> Series | None:
    rows = set(stream.transaction_ids)
    for series in expected.values():
        same = series.direction == stream.direction and series.frequency == stream.frequency
        if same and len(rows & ids[series.id]) >= _SHARED * max(len(rows), len(ids[series.id])):
            return series
    return None
