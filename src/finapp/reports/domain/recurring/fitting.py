"""Fits calendar lattices to days: which rule explains them, how well, and how surprising that would be by chance.

The evidence of a fit is, in natural-log units, (hits - 1) ln(period / width): each row after the first lands inside a
window of `width` days of a period, which a random row would do with probability width / period. Misses and extra rows
count against it. Random shopping has no lattice on which the evidence grows.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import exp, inf, log
from operator import sub

from finapp.reports.domain.recurring.lattices import (
    LAST_DAY,
    MONTH_STEPS,
    PERIODS,
    RENEWALS,
    WEEK_STEPS,
    Anchor,
    Lattice,
    Shift,
    month_and_day,
    month_start,
)
from finapp.reports.public.recurring import Frequency

TOLERANCE: dict[Frequency, int] = {
    "weekly": 2,
    "biweekly": 3,
    "four_weekly": 4,
    "semi_monthly": 4,
    "monthly": 5,
    "bimonthly": 7,
    "quarterly": 8,
    "half_yearly": 10,
    "yearly": 15,
}
"""Days by which a row may stand off its slot and still belong to it (weekends, holidays, late billing)."""

_MISS, _EXTRA = 1.2, 1.5
_PLAIN, _SHIFTED, _PAIR, _NTH, _WORKING, _RENEWED = 0.0, 0.5, 1.0, 2.0, 1.0, 3.0
_SEEN_NTH = 0.3
"""Gaps of exactly four and five weeks say by themselves that a weekday of the month is the rule."""
_FEWEST_RENEWALS = 3
_SLACKS = [(PERIODS[frequency], 2 * days + 5) for frequency, days in TOLERANCE.items()]
_SLACKS += [(step, 2 * TOLERANCE[frequency] + 5) for step, frequency in RENEWALS.items()]
_KEPT = 0.6
"""Days by which rows are off on average, below which a calendar rule is not questioned."""
SHIFTS: tuple[Shift, ...] = ("next", "previous")


@dataclass(frozen=True)
class Fit:
    """One lattice over some days. `hits` are (slot, position in the days, residual), `extras` positions left over."""

    lattice: Lattice
    hits: tuple[tuple[int, int, int], ...]
    extras: tuple[int, ...]
    evidence: float

    @property
    def slots(self) -> int:
        """Slots from the first hit to the last, both included."""
        return self.hits[-1][0] - self.hits[0][0] + 1

    @property
    def coverage(self) -> float:
        """Share of those slots that have a row."""
        return len(self.hits) / self.slots

    @property
    def is_loose(self) -> bool:
        """Whether its days are off by more than banks and billers ever are."""
        period = self.lattice.period
        return self.spread > max(0.6, 0.055 * period if period > 20 else 0.08 * period)

    @property
    def spread(self) -> float:
        """Mean absolute residual in days."""
        return sum(abs(residual) for _, _, residual in self.hits) / len(self.hits)


def may_fit(days: Sequence[int]) -> bool:
    """Whether the gaps between days are near to whole periods of any one rule, so that fitting it is worth a try.

    A look that costs a tenth of a fit and turns away no days that one could explain without extra rows: two residuals
    and the unlike lengths of months are all that a gap can be off.
    """
    gaps = sorted(map(sub, days[1:], days))
    if not gaps:
        return False
    least, most = 0.6 * gaps[(len(gaps) - 1) // 2], 1.5 * gaps[len(gaps) // 2]
    return any(
        all(abs(gap - period * round(gap / period)) <= slack for gap in gaps)
        for period, slack in _SLACKS
        if least <= period <= most
    )


@lru_cache(maxsize=64)
def best_fit(days: tuple[int, ...], calendar: str = "") -> Fit | None:
    """The lattice with the most evidence for the sorted days, or None when not even two of them fit one.

    `calendar` names the bank holidays that may have moved them. Days come again as rows are grouped more finely.
    """
    best = _best(None, _candidates(days), days)
    if best is not None and best.spread and best.lattice.anchors and all((day - 1) % 7 < 5 for day in days):
        best = _best(best, _off_closed_days(best.lattice, calendar), days)
    if best is None or best.spread > _KEPT or best.extras:
        best = _renewed(best, days)
    return best


def _best(best: Fit | None, candidates: Iterator[tuple[Lattice, float]], days: Sequence[int]) -> Fit | None:
    for lattice, handicap in candidates:
        fit = _fit(lattice, days, handicap, -inf if best is None else best.evidence)
        if fit is not None and (best is None or fit.evidence > best.evidence + 1e-9):
            best = fit
    return best


def _off_closed_days(lattice: Lattice, calendar: str) -> Iterator[tuple[Lattice, float]]:
    """The same rule with its days, or their neighbours, moved to a working day; or an early working day of the month.

    Indian mandates run on holidays too, so there a holiday must have been seen to move a row. Elsewhere a rule that
    spares weekends is taken to spare holidays.
    """
    if any(anchor.nth for anchor in lattice.anchors):
        return
    calendars = dict.fromkeys(("", calendar) if calendar == "IN" else (calendar, ""))
    for holidays in calendars:
        for shift in SHIFTS:
            for by in (0, -1, 1, -2, 2):
                moved = tuple(
                    Anchor(day=min(max(a.day + by, 1), LAST_DAY), shift=shift, calendar=holidays)
                    for a in lattice.anchors
                )
                yield replace(lattice, anchors=moved), _SHIFTED + 0.01 * abs(by)
        if len(lattice.anchors) == 1 and 2 <= lattice.anchors[0].day <= 8:
            for number in (2, 3, 4):
                yield replace(lattice, anchors=(Anchor(working=number, calendar=holidays),)), _WORKING


def _renewed(best: Fit | None, days: Sequence[int]) -> Fit | None:
    """The better of a fit and of plans that last so many days from the day on which each was bought."""
    gaps = sorted(later - earlier for earlier, later in pairwise(days))
    if len(gaps) < _FEWEST_RENEWALS:
        return best
    best = None if best is not None and best.is_loose else best
    typical = gaps[(len(gaps) - 1) // 2]
    for step, frequency in RENEWALS.items():
        if step - 1 <= typical <= step + 3:
            fit = _renewal(step, frequency, days)
            if fit is not None and (best is None or fit.evidence > best.evidence + 1e-9):
                best = fit
    return best


def _renewal(step: int, frequency: Frequency, days: Sequence[int]) -> Fit | None:
    """Each row at most one day before, and a few days after, a whole number of plans since the row before it."""
    hits = [(0, 0, 0)]
    extras: list[int] = []
    last = days[0]
    for position, day in enumerate(days[1:], 1):
        plans = max(round((day - last) / step), 0)
        late = day - last - plans * step
        if plans and -1 <= late <= min(TOLERANCE[frequency], 4):
            hits.append((hits[-1][0] + plans, position, late))
            last = day
        else:
            extras.append(position)
    if len(hits) <= _FEWEST_RENEWALS:
        return None
    end = hits[-1][0]
    counted = tuple((slot - end, position, late) for slot, position, late in hits)
    misses = end + 1 - len(hits)
    width = 1 + 2.5 * sum(abs(late) for _, _, late in hits) / len(hits)
    evidence = (len(hits) - 1) * log(step / width) - _MISS * misses - _EXTRA * len(extras) - _RENEWED
    return Fit(Lattice(frequency, step, last, renews=True), counted, tuple(extras), evidence)


def _fit(lattice: Lattice, days: Sequence[int], handicap: float, least: float) -> Fit | None:
    """The lattice over the days; None where it explains too few, or as soon as it cannot have more than `least`."""
    tolerance, period = TOLERANCE[lattice.frequency], PERIODS[lattice.frequency]
    most, farthest = _leeway(len(days), period, handicap + least)
    if most < 0:
        return None
    slot, expected = lattice.around(days[0], days[-1])
    hits: list[tuple[int, int, int]] = []
    extras: list[int] = []
    place, off = 1, 0
    for position, day in enumerate(days):
        # The days are sorted, so the nearest slot only moves on; the earlier one is kept on a tie.
        place = bisect_left(expected, day, place)
        residual, before = day - expected[place], day - expected[place - 1]
        if before <= -residual:
            place, residual = place - 1, before
        if residual > tolerance or residual < -tolerance:
            extras.append(position)
        elif not hits or hits[-1][0] != slot + place:
            if hits:
                # No later row takes its slot any more.
                off += abs(hits[-1][2])
                if off > farthest:
                    return None
            hits.append((slot + place, position, residual))
        elif abs(residual) < abs(hits[-1][2]):
            extras.append(hits[-1][1])
            hits[-1] = (slot + place, position, residual)
        else:
            extras.append(position)
        if len(extras) > most and position + 1 < len(days):
            return None
        place = max(place, 1)
    if len(hits) < 2:
        return None
    misses = hits[-1][0] - hits[0][0] + 1 - len(hits)
    width = 1 + 2.5 * sum(abs(residual) for _, _, residual in hits) / len(hits)
    evidence = (len(hits) - 1) * log(period / width) - _MISS * misses - _EXTRA * len(extras) - handicap
    return Fit(lattice, tuple(hits), tuple(extras), evidence)


def _leeway(count: int, period: float, least: float) -> tuple[int, float]:
    """The most rows that may be left over, and the most days that the others may be off in all, of a fit over so many
    rows that has more evidence than `least`; fewer than none when not even a perfect one has."""
    spare = (count - 1) * log(period) - least
    if spare <= 0:
        return -1, 0.0
    most = 1 + count // 5
    if spare == inf:
        return most, inf
    return min(most, int(spare / (log(period) + _EXTRA) + 1e-6)), (exp(spare / (count - 1)) - 1) * count / 2.5 + 1e-6


def _candidates(days: Sequence[int]) -> Iterator[tuple[Lattice, float]]:
    """Lattices worth trying, each with a handicap for how much it was free to adapt."""
    gaps = sorted(b - a for a, b in pairwise(days))
    if not gaps:
        return
    typical = gaps[len(gaps) // 2]
    lower = gaps[(len(gaps) - 1) // 2]
    for frequency, step in WEEK_STEPS.items():
        if lower * 0.7 <= step <= typical * 1.45:
            phases = Counter(day % step for day in days).most_common(2)
            for residue, _ in phases:
                yield Lattice(frequency, step, residue), _PLAIN
    if typical >= 9 and lower <= 20:
        yield from _semi_monthly(days)
    fitting = [(f, step) for f, step in MONTH_STEPS.items() if lower * 0.6 <= PERIODS[f] <= typical * 1.5]
    if fitting:
        anchors = tuple(_anchors(days))
        for frequency, step in fitting:
            months = Counter(month_and_day(day)[0] % step for day in days)
            for phase, _ in months.most_common(2):
                for anchor, handicap in anchors:
                    yield Lattice(frequency, step, phase, (anchor,)), handicap


def _anchors(days: Sequence[int]) -> Iterator[tuple[Anchor, float]]:
    """Places inside a month that the days suggest: their days of month with and without shifts, and nth weekdays."""
    places = [month_and_day(day) for day in days]
    counted = Counter(day for _, day in places)
    likely = [day for day, _ in counted.most_common(4)]
    ordered = sorted(counted.elements())
    likely += [ordered[0], ordered[-1], ordered[len(ordered) // 2]]
    if any(month_start(month)[1] - day <= 3 for month, day in places):
        likely += [LAST_DAY, max(counted)]
    for day in dict.fromkeys(likely):
        yield Anchor(day=day), _PLAIN
    weekday, same = Counter((day - 1) % 7 for day in days).most_common(1)[0]
    if len(days) < 3 or same < 0.8 * len(days):
        return
    handicap = _SEEN_NTH if {28, 35} == {later - earlier for earlier, later in pairwise(days)} else _NTH
    for nth, _ in Counter((day - 1) // 7 + 1 for _, day in places).most_common(2):
        if nth <= 4:
            yield Anchor(nth=nth, weekday=weekday), handicap
    if sum(month_start(month)[1] - day < 7 for month, day in places) >= 0.8 * len(days):
        yield Anchor(nth=-1, weekday=weekday), handicap


def _semi_monthly(days: Sequence[int]) -> Iterator[tuple[Lattice, float]]:
    """Two days of each month about half a month apart."""
    counted = Counter(day for _, day in map(month_and_day, days))
    likely = sorted({day for day, _ in counted.most_common(5)} | {LAST_DAY} & set(_ends(days)))
    for early in likely:
        for late in likely:
            if 10 <= late - early <= 20:
                yield Lattice("semi_monthly", 1, 0, (Anchor(day=early), Anchor(day=late))), _PAIR


def _ends(days: Sequence[int]) -> Iterator[int]:
    """31 when some day lies at the end of its month."""
    for day in days:
        month, of_month = month_and_day(day)
        if month_start(month)[1] - of_month <= 2:
            yield LAST_DAY
