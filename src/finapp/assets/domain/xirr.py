"""All internal rates of return of dated payments, found with proof that none is missing.

In x = ln(1 + r) the present value is an exponential sum f(x) = sum a_k exp(-t_k x), which has the roots of
g(x) = exp(c x) f(x) for any c. The line of x is cut into intervals until each is settled by Taylor's theorem: about
its middle m, with half width h and M a bound of |g''| on it, it holds no root if |g(m)| > |g'(m)| h + M h^2 / 2, and at
most one, seen from the signs at its ends, if |g'(m)| > M h. (Moore, Kearfott, Cloud, Introduction to Interval
Analysis, 2009, chapter 8.)
"""

from decimal import Context, Decimal, localcontext
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from finapp.assets.domain.flows import Flows, netted
from finapp.kernel.money import EXACT

Floats = NDArray[np.float64]
_LOWEST, _HIGHEST = -40.0, 41.3
"""Bounds of ln(1 + r): yearly rates from -100 % + 4e-18 to 8e17."""
_STEPS = 200
_NARROW = 2e-9
"""Half width at which an interval that is still open holds a double root, or none that numbers can tell."""
_NOISE = 1e-15
"""What rounding can make of a sum that is zero, as a part of the sum of its terms' magnitudes."""
_TOUCHES = 1e-13
"""It does where the value is this small a part of the sum of its terms' magnitudes."""
_APART = 1e-6
_SHOWN = Context(prec=20)
_DOUBLE_SHOWN = Decimal("1e-8")


def present_value(flows: Flows, rate: Decimal) -> Decimal:
    """sum a_k (1 + r)^(-(d_k - d_0) / 365), in 60 digits."""
    return _value_and_slope(flows, rate)[0]


def _value_and_slope(flows: Flows, rate: Decimal) -> tuple[Decimal, Decimal]:
    """The present value and its derivative by the rate."""
    first = min(day for day, _ in flows)
    with localcontext(EXACT):
        growth = 1 + rate
        daily = (-growth.ln() / 365).exp()
        value = slope = Decimal(0)
        for day, amount in flows:
            days = (day - first).days
            term = amount * daily**days
            value += term
            slope -= term * days
        return value, slope / 365 / growth


def all_roots(flows: Flows) -> tuple[Decimal, ...]:
    """Every yearly rate above -100 % at which the payments are worth zero, ascending.

    Simple roots are exact to 20 digits of 1 + r, double roots (the value touches zero) to eight decimals of r.
    """
    days = netted(flows)
    if len(days) < 2:
        return ()
    times = np.array([(day - days[0][0]).days / 365 for day, _ in days])
    amounts = np.array([amount for _, amount in days], dtype=np.float64)
    if (amounts > 0).all() or (amounts < 0).all():
        return ()
    simple, double = _isolated(_Sum(times, amounts / np.abs(amounts).max()))
    exact = [_refined(days, x) for x in simple]
    exact.extend((EXACT.exp(Decimal(x)) - 1).quantize(_DOUBLE_SHOWN, context=EXACT) for x in double)
    return tuple(sorted(exact))


class _Sum:
    """g(x) = exp(c x) sum a_k exp(-t_k x), with c chosen for each x so that the terms around it balance."""

    def __init__(self, times: Floats, amounts: Floats) -> None:
        self._times = times
        self._amounts = amounts

    def weighted(self, x: float) -> tuple[Floats, Floats]:
        """The terms at x, scaled against overflow, and their times from the centre c."""
        exponents = -self._times * x
        terms = self._amounts * np.exp(exponents - exponents.max())
        sizes = np.abs(terms)
        return terms, self._times - (sizes * self._times).sum() / sizes.sum()

    def sign(self, x: float) -> int:
        """The sign of f(x)."""
        return int(np.sign(self.weighted(x)[0].sum()))


def _isolated(sums: _Sum) -> tuple[list[float], list[float]]:
    """Simple roots, and points where the value touches zero, both within the bounds."""
    simple: list[float] = []
    double: list[float] = []
    waiting = [(_LOWEST, _HIGHEST)]
    while waiting:
        left, right = waiting.pop()
        middle, half = (left + right) / 2, (right - left) / 2
        verdict = _verdict(sums, middle, half)
        if verdict == "one":
            signs = sums.sign(left), sums.sign(right)
            if signs[0] == 0 or signs[0] * signs[1] < 0:
                simple.append(_bisected(sums, left, right))
        elif verdict == "touches" and all(abs(middle - known) > _APART for known in double):
            double.append(middle)
        elif verdict == "open":
            waiting.extend(((left, middle), (middle, right)))
    return simple, double


def _verdict(sums: _Sum, middle: float, half: float) -> Literal["none", "one", "touches", "open"]:
    terms, times = sums.weighted(middle)
    sizes = np.abs(terms)
    value, slope = abs(terms.sum()), abs((times * terms).sum())
    with np.errstate(over="ignore", invalid="ignore"):
        # Over a wide interval the bound is infinite or not a number: neither settles it, and it is cut.
        bend = (times * times * sizes * np.exp(np.abs(times) * half)).sum()
    if value > slope * half + bend * half * half / 2 + _NOISE * sizes.sum():
        return "none"
    if slope > bend * half:
        return "one"
    if half > _NARROW:
        return "open"
    return "touches" if value <= _TOUCHES * sizes.sum() else "none"


def _bisected(sums: _Sum, low: float, high: float) -> float:
    rising = sums.sign(high) > 0 if sums.sign(high) else sums.sign(low) < 0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (sums.sign(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _refined(days: Flows, x: float) -> Decimal:
    """The simple root near x as a rate, by Newton steps in 60 digits."""
    with localcontext(EXACT):
        rate = Decimal(x).exp() - 1
        for _ in range(3):
            value, slope = _value_and_slope(days, rate)
            rate -= value / slope
        return _SHOWN.plus(1 + rate) - 1
