"""The annual percentage rate of a loan, nominal and effective, from what was received and what is paid."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from finapp.assets.domain.roots import monotone_root
from finapp.assets.public import ScheduleRow
from finapp.kernel.months import add_months, count_months, month_of

_TOLERANCE = Decimal("1e-15")
_SHOWN = Decimal("1e-12")
# A monthly rate of 100 % is 1,200 % a year: beyond any contract this context accepts.
_HIGHEST_MONTHLY = Decimal(1)
_LOWEST_MONTHLY = Decimal("-0.5")

Step = tuple[int, int, Decimal]
"""Whole months and further days after the disbursement, and the amount paid then."""


def _steps(rows: Sequence[ScheduleRow], start: date, anchor: int) -> list[Step]:
    """Each payment's distance from `start`: whole months counted back from it, then the odd days at the beginning."""
    steps = []
    for row in rows:
        months = count_months(month_of(start), month_of(row.date))
        day = anchor if _clamped(row.date, anchor) else row.date.day
        while add_months(row.date, -months, day) < start:
            months -= 1
        odd = (add_months(row.date, -months, day) - start).days
        if row.payment or row.charges:
            steps.append((months, odd, row.payment + row.charges))
    return steps


def _clamped(day: date, anchor: int) -> bool:
    return anchor > day.day and add_months(day, 0, anchor) == day


def nominal(rows: Sequence[ScheduleRow], start: date, anchor: int, net: Decimal) -> Decimal | None:
    """Twelve times the monthly rate i with net = sum of payment / ((1 + f i)(1 + i)^t), f = odd days / 30.

    US Regulation Z, appendix J, (b)(5) and (b)(8): the unit period is a month, odd days earn simple interest. None
    when no rate between -600 % and 1,200 % does.
    """
    steps = _steps(rows, start, anchor)

    def excess(rate: Decimal) -> Decimal:
        return _present(steps, rate, lambda odd: 1 + rate * odd / 30) - net

    root = monotone_root(excess, _LOWEST_MONTHLY, _HIGHEST_MONTHLY, _TOLERANCE)
    return None if root is None else (12 * root).quantize(_SHOWN)


def effective(rows: Sequence[ScheduleRow], start: date, anchor: int, net: Decimal) -> Decimal | None:
    """The yearly rate X with net = sum of payment / (1 + X)^t, t in years of twelfths and further days over 365.

    EU directive 2008/48/EC, annex I. None when there is none between -99 % and 409,500 %.
    """
    steps = _steps(rows, start, anchor)

    def excess(rate: Decimal) -> Decimal:
        return _present(steps, rate, lambda odd: (1 + rate) ** (Decimal(odd) * 12 / 365) if odd else Decimal(1)) - net

    root = monotone_root(excess, _LOWEST_MONTHLY, _HIGHEST_MONTHLY, _TOLERANCE)
    return None if root is None else ((1 + root) ** 12 - 1).quantize(_SHOWN)


def _present(steps: Sequence[Step], monthly: Decimal, odd_growth: Callable[[int], Decimal]) -> Decimal:
    total, growths, odds = Decimal(0), {0: Decimal(1)}, {0: Decimal(1)}
    reached, growth = 0, Decimal(1)
    for months, odd, amount in steps:
        while reached < months:
            reached += 1
            growth *= 1 + monthly
            growths[reached] = growth
        if odd not in odds:
            odds[odd] = odd_growth(odd)
        total += amount / (growths[months] * odds[odd])
    return total
