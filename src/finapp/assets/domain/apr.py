"""The annual percentage rate of a loan, nominal and effective, from what was received and what is paid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.domain.roots import monotone_root
from finapp.assets.domain.terms import DAYS, HALF_MONTH, PER_YEAR, half_months
from finapp.assets.public import Frequency, ScheduleRow
from finapp.kernel.money import EXACT
from finapp.kernel.months import add_months, count_months, month_of

_TOLERANCE = Decimal("1e-15")
_SHOWN = Decimal("1e-12")
# A monthly rate of 100 % is 1,200 % a year: beyond any contract this context accepts.
_HIGHEST = Decimal(1)
_LOWEST = Decimal("-0.5")

Step = tuple[int, int, Decimal]
"""Whole months (or weeks) and further days after the disbursement, and the amount paid then."""


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What a borrower pays, and how its due dates run."""

    rows: Sequence[ScheduleRow]
    start: date
    anchor: int
    frequency: Frequency

    @property
    def by_weeks(self) -> bool:
        """Whether time is counted in weeks, else in months."""
        return self.frequency in DAYS

    @property
    def by_half_months(self) -> bool:
        """Whether time is counted in half-months."""
        return self.frequency == "semi_monthly"

    @property
    def units_per_year(self) -> int:
        """Weeks, half-months or months of a year."""
        return 52 if self.by_weeks else 24 if self.by_half_months else 12

    @property
    def days_per_unit(self) -> int:
        """Days that make up a unit where days are counted."""
        return 7 if self.by_weeks else HALF_MONTH if self.by_half_months else 30

    def steps(self) -> list[Step]:
        """Each payment's distance from the start: whole units counted back from it, then the odd days before them."""
        paid = [(row, row.payment + row.charges) for row in self.rows if row.payment or row.charges]
        if self.by_weeks:
            return [(*divmod((row.date - self.start).days, 7), amount) for row, amount in paid]
        if self.by_half_months:
            return [(*self._half_months(row.date), amount) for row, amount in paid]
        return [(*self._months(row.date), amount) for row, amount in paid]

    def _months(self, day: date) -> tuple[int, int]:
        months = count_months(month_of(self.start), month_of(day))
        clamped = self.anchor > day.day and add_months(day, 0, self.anchor) == day
        anchor = self.anchor if clamped else day.day
        while add_months(day, -months, anchor) < self.start:
            months -= 1
        return months, (add_months(day, -months, anchor) - self.start).days

    def _half_months(self, day: date) -> tuple[int, int]:
        anchors = half_months(self.anchor)
        if day not in (add_months(day, 0, anchor) for anchor in anchors):
            anchors = half_months(day.day)
        late = day != add_months(day, 0, anchors[0])

        def before(units: int) -> date:
            months, half = divmod(late - units, 2)
            return add_months(day, months, anchors[half])

        units = 2 * count_months(month_of(self.start), month_of(day)) + 1
        while before(units) < self.start:
            units -= 1
        return units, (before(units) - self.start).days


def nominal(paid: Paid, net: Decimal) -> Decimal | None:
    """The rate of a period between instalments times their number in a year, with net = sum of
    payment / ((1 + f i)(1 + i)^t), i the rate and f the odd days' part of a month (week).

    US Regulation Z, appendix J, (b)(5) and (b)(8): odd days earn simple interest. None when there is no such rate
    between -50 % and 100 % a month (week).
    """
    steps, days = paid.steps(), paid.days_per_unit

    def excess(rate: Decimal) -> Decimal:
        return _present(steps, rate, lambda odd: 1 + rate * odd / days) - net

    root = monotone_root(excess, _LOWEST, _HIGHEST, _TOLERANCE)
    if root is None:
        return None
    periods = PER_YEAR[paid.frequency]
    per_period = root if periods == paid.units_per_year else (1 + root) ** (paid.units_per_year // periods) - 1
    return EXACT.plus((periods * per_period).quantize(_SHOWN))


def effective(paid: Paid, net: Decimal) -> Decimal | None:
    """The yearly rate X with net = sum of payment / (1 + X)^t, t in years of 12 months or 52 weeks and further days
    over 365.

    EU directive 2008/48/EC, annex I. None when there is none between -50 % and 100 % a month (week).
    """
    steps, units = paid.steps(), paid.units_per_year

    def excess(rate: Decimal) -> Decimal:
        return _present(steps, rate, lambda odd: (1 + rate) ** (Decimal(odd) * units / 365)) - net

    root = monotone_root(excess, _LOWEST, _HIGHEST, _TOLERANCE)
    return None if root is None else EXACT.plus(((1 + root) ** units - 1).quantize(_SHOWN))


def _present(steps: Sequence[Step], rate: Decimal, odd_growth: Callable[[int], Decimal]) -> Decimal:
    total, growths, odds = Decimal(0), {0: Decimal(1)}, {0: Decimal(1)}
    reached, growth = 0, Decimal(1)
    for whole, odd, amount in steps:
        while reached < whole:
            reached += 1
            growth *= 1 + rate
            growths[reached] = growth
        if odd not in odds:
            odds[odd] = odd_growth(odd)
        total += amount / (growths[whole] * odds[odd])
    return total
