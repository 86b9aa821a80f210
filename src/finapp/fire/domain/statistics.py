"""What many paths say: success with its error, fans, depletion, shortfall, survival."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import NormalDist

import numpy as np

from finapp.fire.domain.engine import Outcome
from finapp.fire.domain.returns import Floats, Whole
from finapp.fire.public.simulation import Depletion, Fan, Interval, Person, Shortfall

LEVELS = (5, 10, 25, 50, 75, 90, 95)
CONFIDENCE = 0.95
_LONG = 1_000

ToMoney = Callable[[float], Decimal]


def standard_error(share: float, count: int) -> float:
    """sqrt(p(1 - p)/N)."""
    return float(np.sqrt(share * (1.0 - share) / count))


def wilson(successes: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """The score interval of E. B. Wilson, "Probable Inference ...", JASA 22, 1927: right also near 0 and 1."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, weight = successes / count, z * z / count
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * (share * (1 - share) / count + weight / (4 * count)) ** 0.5
    # At the ends the bound is exactly 0 or 1; rounding must not push it past the estimate.
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == count else middle + half
    return Interval(low=low, high=high, confidence=confidence, method="wilson")


def percentiles(rows: Floats, money: ToMoney) -> dict[str, tuple[Decimal, ...]]:
    """Percentiles across the paths of each row, linearly interpolated between order statistics."""
    places = np.array(LEVELS) / 100 * (rows.shape[1] - 1)
    below = places.astype(np.intp)
    above = np.minimum(below + 1, rows.shape[1] - 1)
    needed = np.concatenate((below, above))
    kept: dict[str, list[Decimal]] = {f"p{level}": [] for level in LEVELS}
    for row in rows:
        low, high = ordered(row, needed).reshape(2, -1)
        for level, value in zip(LEVELS, low + (places - below) * (high - low), strict=True):
            kept[f"p{level}"].append(money(float(value)))
    return {name: tuple(values) for name, values in kept.items()}


def ordered(row: Floats, places: Whole) -> Floats:
    """The values that stand at the places of a row once it is sorted.

    Many paths often share the least of a row, nothing, and the most, all that was wanted: those need no sorting.
    """
    least, most = row.min(), row.max()
    first, last = np.count_nonzero(row == least), len(row) - np.count_nonzero(row == most)
    if last - first > 0.95 * len(row):
        return _ordered(row, places)
    found = np.where(places < first, least, most)
    between = (first <= places) & (places < last)
    if between.any():
        found[between] = _ordered(row[(row > least) & (row < most)], places[between] - first)
    return np.asarray(found)


def _ordered(row: Floats, places: Whole) -> Floats:
    """Of a long row only the parts are sorted that hold a place.

    The parts are by the leading bits of the numbers as float32, which have the order of the numbers where none is
    negative, and split each octave into 32.
    """
    if len(row) < _LONG or row.min() < 0:
        return np.asarray(np.sort(row)[places])
    with np.errstate(over="ignore"):
        # Nothing may have a sign as well.
        parts = np.abs(row.astype(np.float32)).view(np.int32) >> 18
    counts = np.bincount(parts)
    part = np.searchsorted(counts.cumsum(), places, side="right")
    holds = np.zeros(len(counts), dtype=np.bool_)
    holds[part] = True
    passed = (counts * ~holds).cumsum()
    return np.asarray(np.sort(row[holds.take(parts)])[places - passed[part]])


def fan(outcome: Outcome, money: ToMoney) -> Fan:
    """Percentiles of wealth and of spending, year by year."""
    return Fan(wealth=percentiles(outcome.wealth, money), spending=percentiles(outcome.spending, money))


def years_funded(outcome: Outcome) -> dict[str, float]:
    """Percentiles of the years funded in full."""
    return dict(zip((f"p{level}" for level in LEVELS), map(float, np.percentile(outcome.funded, LEVELS)), strict=True))


def depletion(outcome: Outcome, age: float | None) -> Depletion | None:
    """When the failing paths fail; None when none does."""
    failed: Whole = outcome.funded[~outcome.success]
    if not len(failed):
        return None
    p10, median, p90 = (float(value) for value in np.percentile(failed, (10, 50, 90)))
    years, counts = np.unique(failed, return_counts=True)
    return Depletion(
        earliest=int(failed.min()),
        p10=p10,
        median=median,
        p90=p90,
        by_year={str(int(year)): int(count) for year, count in zip(years, counts, strict=True)},
        median_age=None if age is None else age + median,
        median_age_reason="no_age" if age is None else None,
    )


def shortfall(outcome: Outcome, money: ToMoney) -> Shortfall | None:
    """How much the failing paths leave unpaid; None when none fails."""
    failed = np.flatnonzero(~outcome.success)
    if not len(failed):
        return None
    wanted, paid = (_sums(rows, failed) for rows in (outcome.wanted, outcome.spending))
    unpaid = wanted - paid
    share = np.divide(unpaid, wanted, out=np.zeros_like(unpaid), where=wanted > 0)
    return Shortfall(
        mean=money(float(unpaid.mean())),
        median=money(float(np.median(unpaid))),
        p90=money(float(np.percentile(unpaid, 90))),
        mean_share=float(share.mean()),
    )


def _sums(rows: Floats, paths: Whole) -> Floats:
    """The sum over all rows for each of the paths, some hundred of them at a time: so few stay near the processor."""
    some = np.array_split(paths, len(paths) // 256 + 1)
    return np.concatenate([rows.take(each, axis=1).T.copy().sum(axis=1) for each in some])


def survival(people: Sequence[Person], years: int) -> Floats:
    """Probability that at least one person lives after 0 ... `years` years, lives being independent.

    Gompertz: S(t) = exp(exp((x - m)/b) (1 - exp(t/b))), x age, m modal age at death, b dispersion (M. A. Milevsky, "The
    7 Most Important Equations for Your Retirement", 2012, ch. 2).
    """
    time = np.arange(years + 1)
    all_dead = np.ones(years + 1)
    for person in people:
        age, modal, dispersion = float(person.age), float(person.modal_age), float(person.dispersion)
        hazard = np.exp((age - modal) / dispersion)
        all_dead *= 1.0 - np.exp(hazard * (1.0 - np.exp(time / dispersion)))
    return 1.0 - all_dead


def lifetime_success(outcome: Outcome, people: Sequence[Person]) -> float:
    """Probability that every year begun alive is funded; whoever outlives the horizon counts by the horizon."""
    years = len(outcome.spending)
    alive = survival(people, years)
    dies_in = alive[:-1] - alive[1:]
    dies_in[-1] += alive[-1]
    funded_years = np.arange(1, years + 1)
    reaches = np.array([(outcome.funded >= year).mean() for year in funded_years])
    return float(dies_in @ reaches)
