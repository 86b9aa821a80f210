"""Tells the streams of one merchant apart: by amount levels where that explains more rows than one variable stream."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from operator import sub
from statistics import median

from finapp.reports.domain.recurring import amounts as levels
from finapp.reports.domain.recurring.fitting import Fit, best_fit, may_fit
from finapp.reports.domain.recurring.lattices import DAYS_PER_YEAR, PERIODS
from finapp.reports.domain.recurring.merchants import is_shopping, is_usually_yearly
from finapp.reports.domain.recurring.rows import Row

MATURE_AT = {"yearly": 2, "half_yearly": 3}
"""Occurrences that make a stream mature; 3 for the other frequencies."""
_GAPS = (0.6, 0.25, 0.1, 0.03, 0.0)
_CROWD, _CROWD_GAPS = 40, (0.2, 0.02, 0.0)
_NEEDED = 3.5
_SAME_BASKET, _HARDLY_MISSES = 0.03, 0.8
_ON_THE_DAY = 0.7
_DELIVERED = 1.3
"""Milk and boxes brought to the door come without fail and cost much the same."""
_NEEDED_IN_A_CROWD = 6.5
_MAY_HAVE_EXTRAS = 5
_ALONE = 0.8
"""The share of its merchant's rows from which a stream is what the merchant is for."""
_EQUAL = 0.8
"""Evidence of each row after the first that costs the same, at a merchant that sends nothing else."""


@dataclass(frozen=True)
class Found:
    """A stream: its rows by date, the fit over them, and the evidence with the amounts counted in."""

    rows: tuple[Row, ...]
    fit: Fit
    evidence: float


@dataclass(frozen=True)
class Crowd:
    """What a stream stands in: how many rows its merchant has, which way the money goes, and the bank holidays of its
    currency."""

    size: int
    direction: str
    calendar: str = ""


def separate(rows: Sequence[Row], direction: str, calendar: str = "") -> list[Found]:
    """The streams among one merchant's rows of one direction, sorted by date; rows of no stream are left out.

    `calendar` names the bank holidays that may have moved them.
    """
    streams: list[Found] = []
    pool = list(rows)
    for _ in range(3):
        best = _best_partition(pool, Crowd(size=len(rows), direction=direction, calendar=calendar))
        if not best:
            break
        streams += best
        used = {id(row) for found in best for row in found.rows}
        pool = [row for row in pool if id(row) not in used]
        if len(pool) < 2:
            break
    return streams


def _best_partition(pool: Sequence[Row], crowd: Crowd) -> list[Found]:
    """The way of grouping by amount that explains the most rows with the fewest streams."""
    best: list[Found] = []
    best_value = 0.0
    seen: set[tuple[int, ...]] = set()
    for groups in _partitions(pool):
        shape = tuple(sorted(len(group) for group in groups))
        if shape in seen:
            continue
        seen.add(shape)
        found = [stream for group in groups if (stream := stream_of(group, crowd)) is not None]
        found = _joined(found, crowd)
        value = worth(found)
        if value > best_value + 1e-9:
            best, best_value = found, value
        if len(groups) == 1 and len(found) == 1 and _says_all(found[0], len(pool)):
            break
    return best


def worth(found: Sequence[Found]) -> float:
    """How much a set of streams explains: its rows, less what each stream costs to name."""
    return sum(len(stream.rows) - (4 if _alternates(stream) else 1.5) for stream in found)


def _says_all(stream: Found, rows: int) -> bool:
    """Whether one stream explains its merchant, so that no other grouping need be tried."""
    return not stream.fit.extras and len(stream.rows) >= 0.85 * rows and not _alternates(stream)


def _partitions(pool: Sequence[Row]) -> Iterator[list[list[Row]]]:
    yield [list(pool)]
    sizes = [row.amount for row in pool]
    order = sorted(range(len(pool)), key=sizes.__getitem__)
    smallest = 2 if len(pool) <= 4 else 3
    for gap in _GAPS if len(pool) <= _CROWD else _CROWD_GAPS:
        groups = levels.clusters(sizes, order, gap)
        yield [[pool[i] for i in sorted(group)] for group in groups if len(group) >= smallest]


def stream_of(rows: Sequence[Row], crowd: Crowd) -> Found | None:
    """The rows as one stream, or None when the evidence is too thin.

    A regular handful out of a merchant's many rows needs more evidence than a merchant whose every row is regular.
    """
    alone = len(rows) >= _ALONE * crowd.size
    if not _possible([row.day for row in rows], _needed(len(rows), crowd) - (_EQUAL * (len(rows) - 1) if alone else 0)):
        return None
    calm = _without_repeats(rows)
    days = tuple([row.day for row in calm])
    fit = best_fit(days, crowd.calendar) if len(days) >= _MAY_HAVE_EXTRAS or may_fit(days) else None
    if fit is None:
        return None
    chosen = tuple(calm[position] for _, position, _ in fit.hits)
    evidence = fit.evidence + _amount_evidence(chosen, alone=len(chosen) >= _ALONE * crowd.size)
    if not _plausible(chosen, fit, len(calm), crowd):
        return None
    enough = evidence >= _needed(len(chosen), crowd)
    return Found(rows=chosen, fit=fit, evidence=evidence) if enough else None


def _needed(rows: int, crowd: Crowd) -> float:
    return _NEEDED if rows >= _ALONE * crowd.size else _NEEDED_IN_A_CROWD + log(max(crowd.size / rows, 1))


def _possible(days: Sequence[int], needed: float) -> bool:
    """A quick look that spares most irregular rows the fit: enough similar gaps, enough evidence at the very best."""
    count = len(days) - 1
    if count < 1 or count * log(max((days[-1] - days[0]) / (count - 0.6), 2)) < needed:
        return False
    gaps = sorted(map(sub, days[1:], days))
    typical = gaps[(count - 1) // 2]
    if typical < 4:
        return False
    slack = max(2, 0.25 * typical)
    alike = end = 0
    for periods in (1, 2, 3):
        first = max(bisect_left(gaps, periods * typical - slack), end)
        end = bisect_right(gaps, periods * typical + slack)
        alike += end - first
    return alike >= 0.6 * count


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """The rows without the second of two equal amounts within three days: a double booking, not an occurrence."""
    kept: list[Row] = []
    for row in rows:
        near = kept and row.day - kept[-1].day <= 3
        if not near or all(row.amount != other.amount or row.day - other.day > 3 for other in kept[-2:]):
            kept.append(row)
    return kept


def _amount_evidence(rows: Sequence[Row], alone: bool) -> float:
    """Equal amounts speak for a stream when the merchant sends nothing else, varying ones a little against it."""
    values = [row.amount for row in rows]
    kind = levels.kind_of(values)
    if kind in ("fixed", "stepped"):
        return _EQUAL * (len(rows) - 1) if alone else 0.0
    return -min(2.0, 4 * levels.variation(values))


def _plausible(rows: Sequence[Row], fit: Fit, count: int, crowd: Crowd) -> bool:
    """Ground rules that no amount of evidence overrides."""
    frequency, values = fit.lattice.frequency, [row.amount for row in rows]
    hits, period = len(fit.hits), fit.lattice.period
    kind = levels.kind_of(values)
    varies = kind == "variable"
    if fit.coverage < (0.99 if hits == 2 else 0.6 if hits <= 4 else 0.7):
        return False
    if len(fit.extras) > max(1 if count >= _MAY_HAVE_EXTRAS else 0, 0.15 * count):
        return False
    if fit.is_loose:
        return False
    if crowd.direction == "out" and not _more_than_a_habit(rows, fit, kind):
        return False
    if hits == 2:
        return count == 2 and _twice(rows, fit, varies)
    if varies and hits < 0.8 * crowd.size:
        return hits >= 8 and hits >= 0.25 * crowd.size
    if period > 45 and hits <= 4 and kind != "fixed" and frequency != "yearly" and not _speaks_of_years(rows):
        return _exact(fit, values) and count == hits
    return not varies or (hits >= 4 and levels.variation(values) < 0.6) or levels.variation(values) < 0.2


def _more_than_a_habit(rows: Sequence[Row], fit: Fit, kind: str) -> bool:
    """Whether outgoing rows are owed rather than the visits of somebody who likes a shop.

    People shop weekly, so a dense rhythm must keep its price and hardly miss. At shops nothing that varies is owed.
    """
    values = [row.amount for row in rows]
    varies = kind == "variable" and levels.variation(values) > _SAME_BASKET
    delivered = len(rows) >= 8 and fit.coverage > 0.96 and max(values) <= min(values) * _DELIVERED
    dated = fit.lattice.frequency == "semi_monthly" and len(rows) >= 6 and fit.spread <= _ON_THE_DAY
    dense = fit.lattice.period < 20 and not dated
    if varies and not delivered and (dense or is_shopping(category_of(rows))):
        return False
    return fit.lattice.period > 20 or fit.coverage >= _HARDLY_MISSES


def category_of(rows: Sequence[Row]) -> str | None:
    """The most frequent category of the rows that have one; the earliest on a tie."""
    counted = Counter(row.kind.category for row in rows if row.kind.category)
    return counted.most_common(1)[0][0] if counted else None


def flow_of(rows: Sequence[Row]) -> str | None:
    """What the ledger says most of the rows are: income, expense, transfer ...; None when it says nothing.

    Without the ledger's word, transfers and payments of own cards are transfers.
    """
    counted = Counter(row.kind.flow for row in rows if row.kind.flow)
    if counted:
        return counted.most_common(1)[0][0]
    return "transfer" if category_of(rows) in ("transfer", "card_payment", "cash") else None


def _exact(fit: Fit, values: Sequence[int]) -> bool:
    """Whether three or four unlike rows months apart keep their day and their size too well to be chance."""
    spread, ratio = (1.0, 1.6) if len(fit.hits) == 3 else (2.5, 2.0)
    return fit.coverage == 1 and fit.spread <= spread and max(values) <= min(values) * ratio


def _speaks_of_years(rows: Sequence[Row]) -> bool:
    return any(is_usually_yearly(row.description, row.kind.category) for row in rows)


def _twice(rows: Sequence[Row], fit: Fit, varies: bool) -> bool:
    """Whether two rows are enough: equal ones are, and unlike ones a year apart when the words speak of a year."""
    low, high = sorted(row.amount for row in rows)
    if fit.lattice.frequency != "yearly":
        return not varies
    off = abs(rows[1].day - rows[0].day - round(DAYS_PER_YEAR))
    if _speaks_of_years(rows):
        return off <= 4 and high <= low * 1.6
    return (off <= 1 or (off <= 3 and not fit.spread)) and levels.same_price(low, high)


def _alternates(stream: Found) -> bool:
    """Whether a semi-monthly stream is rather two monthly ones, each with an amount of its own."""
    if stream.fit.lattice.frequency != "semi_monthly":
        return False
    pairs = list(zip(stream.fit.hits, stream.rows, strict=True))
    halves = [[row.amount for hit, row in pairs if hit[0] % 2 == side] for side in (0, 1)]
    if any(len(half) < 3 for half in halves):
        return False
    low, high = sorted(median(half) for half in halves)
    return low < high * 0.97 and all(levels.variation(half) < 0.02 for half in halves)


def _joined(found: Sequence[Found], crowd: Crowd) -> list[Found]:
    """Streams of which one begins where another ended, on the same rule, as one with a price change."""
    pending = sorted(found, key=lambda stream: stream.rows[0].day)
    joined: list[Found] = []
    for stream in pending:
        for i, earlier in enumerate(joined):
            if _continues(earlier, stream):
                both = stream_of([*earlier.rows, *stream.rows], crowd)
                if both is not None and len(both.rows) >= len(earlier.rows) + len(stream.rows) - 1:
                    joined[i] = both
                    break
        else:
            joined.append(stream)
    return joined


def _continues(earlier: Found, later: Found) -> bool:
    gap = later.rows[0].day - earlier.rows[-1].day
    period = PERIODS[earlier.fit.lattice.frequency]
    ratio = later.rows[0].amount / earlier.rows[-1].amount
    return (
        earlier.fit.lattice.frequency == later.fit.lattice.frequency
        and 0.5 * period <= gap <= 2.5 * period
        and 0.5 <= ratio <= 2
    )
