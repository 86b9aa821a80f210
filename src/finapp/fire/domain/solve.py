"""Solving for an input at a wanted success rate, by bracketing on common random numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from finapp.fire.domain import simulation, stated, statistics
from finapp.fire.domain.portfolio import Remembered, remembered
from finapp.fire.domain.series import Series
from finapp.fire.domain.strategies import follows_spending
from finapp.fire.public.inquiries import Solution, SolveRequest
from finapp.fire.public.simulation import SimulationRequest
from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.money import quantum, rounded

VERSION = 1
MOST_REMEMBERED = 12_000_000
"""Paths x years x steps that are kept for replay: about 100 MB."""
_LARGEST = Decimal(10) ** 13


Change = Callable[[SimulationRequest, Decimal], SimulationRequest]


@dataclass
class _Search:
    """Success as a function of one input, on the same paths every time."""

    request: SimulationRequest
    built_in: Series
    wanted: float
    course: Remembered
    evaluations: int = 0
    known: dict[Decimal, int] = field(default_factory=dict)

    def successes(self, change: Change, value: Decimal) -> int:
        if value not in self.known:
            self.evaluations += 1
            ready = simulation.prepare(change(self.request, value), self.built_in)
            self.known[value] = int(ready.run(self.course).success.sum())
        return self.known[value]

    def meets(self, change: Change, value: Decimal) -> bool:
        return self.successes(change, value) >= self.wanted * self.course.paths - 1e-9


def solve(asked: SolveRequest, built_in: Series) -> Solution:
    """The most spending, or the least portfolio, savings or retirement age, that meets the wanted success.

    Amounts are found to the currency's smallest unit, ages to a whole year; the value itself meets the success on the
    simulated paths. Raises Invalid.
    """
    _check(asked)
    request = asked.simulation
    ready = simulation.prepare(_startable(asked), built_in)
    search = _Search(request, built_in, float(asked.success), remembered(ready.market.course, request.years))
    change, unit = _CHANGES[asked.solve_for], quantum(request.currency)
    if asked.solve_for == "retirement_age":
        value = _earliest(search)
    else:
        value = _most(search, change, unit) if asked.solve_for == "spending" else _least(search, change, unit)
    successes = None if value is None else search.successes(change, value)
    if value is not None:
        value = (
            rounded(value, request.currency) if change is not _retiring_after else value + (request.age or Decimal(0))
        )
    return _answer(asked, ready, search, successes, value)


def _check(asked: SolveRequest) -> None:
    request = asked.simulation
    if not 0 < asked.success <= 1:
        raise Invalid("success", "must be above 0 and at most 1")
    if asked.solve_for == "spending" and not follows_spending(request.strategy):
        raise Invalid("strategy.kind", f"{request.strategy.kind} does not start from a chosen spending")
    if asked.solve_for == "portfolio" and request.accounts:
        raise Invalid("accounts", "cannot be given where the portfolio is looked for")
    if asked.solve_for == "savings" and request.retire_after_years < 1:
        raise Invalid("retire_after_years", "savings are made before spending begins: must be at least 1")
    if asked.solve_for == "retirement_age" and request.age is None:
        raise Invalid("age", "is needed to solve for retirement_age")
    if request.paths * request.years * request.steps_per_year > MOST_REMEMBERED:
        raise Invalid(
            "paths", f"paths x years x steps_per_year is more than the limit of {MOST_REMEMBERED:,} for solving"
        )


def _startable(asked: SolveRequest) -> SimulationRequest:
    """The request with a harmless value in place of the one that is looked for."""
    request = asked.simulation
    if asked.solve_for == "spending":
        return replace(request, annual_spending=request.annual_spending or Decimal(0))
    if asked.solve_for == "portfolio":
        return replace(request, portfolio=max(request.portfolio, request.locked))
    return request


def _spending(request: SimulationRequest, value: Decimal) -> SimulationRequest:
    return replace(request, annual_spending=value)


def _portfolio(request: SimulationRequest, value: Decimal) -> SimulationRequest:
    return replace(request, portfolio=value)


def _savings(request: SimulationRequest, value: Decimal) -> SimulationRequest:
    return replace(request, contributions=value)


def _retiring_after(request: SimulationRequest, value: Decimal) -> SimulationRequest:
    return replace(request, retire_after_years=int(value))


_CHANGES: dict[str, Change] = {
    "spending": _spending,
    "portfolio": _portfolio,
    "savings": _savings,
    "retirement_age": _retiring_after,
}


def _most(search: _Search, change: Change, unit: Decimal) -> Decimal | None:
    """The largest value that meets the success, or None when not even 0 does (or every one does)."""
    request = search.request
    guess = request.annual_spending or Decimal(0)
    low, high = Decimal(0), max(request.portfolio, guess, request.contributions * request.years, unit)
    if not search.meets(change, low):
        return None
    while search.meets(change, high):
        low, high = high, high * 2
        if high > _LARGEST:
            return None
    while high - low > unit:
        middle = ((low + high) / 2).quantize(unit, rounding=ROUND_FLOOR)
        if middle in (low, high):
            break
        low, high = (middle, high) if search.meets(change, middle) else (low, middle)
    return low


def _least(search: _Search, change: Change, unit: Decimal) -> Decimal | None:
    """The smallest value that meets the success, or None when none does."""
    low = search.request.locked if change is _portfolio else Decimal(0)
    high = low + max((search.request.annual_spending or unit) * search.request.years, unit)
    if search.meets(change, low):
        return low
    while not search.meets(change, high):
        low, high = high, high * 2
        if high > _LARGEST:
            return None
    while high - low > unit:
        middle = ((low + high) / 2).quantize(unit, rounding=ROUND_CEILING)
        if middle in (low, high):
            break
        low, high = (low, middle) if search.meets(change, middle) else (middle, high)
    return high


def _earliest(search: _Search) -> Decimal | None:
    """The fewest years of waiting that meet the success; the horizon's end stays where it is."""
    low, high = -1, search.request.years - 1
    if not search.meets(_retiring_after, Decimal(high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if search.meets(_retiring_after, Decimal(middle)) else (middle, high)
    return Decimal(high)


def _answer(
    asked: SolveRequest, ready: simulation.Ready, search: _Search, successes: int | None, value: Decimal | None
) -> Solution:
    request, count = asked.simulation, search.course.paths
    unit: Literal["money", "years"] = "years" if asked.solve_for == "retirement_age" else "money"
    reason = "not_reachable" if value is None else None
    share = None if successes is None else successes / count
    sampled = share is not None and request.market.model != "historical"
    error_reason = reason or (None if sampled else "cohorts_overlap")
    conventions = {
        **ready.conventions,
        "search": "bracketing on common random numbers; the value meets the success on these paths",
        "horizon": "its end stays where it is when retirement moves",
    }
    return Solution(
        as_of=request.as_of,
        currency=request.currency,
        solved_for=asked.solve_for,
        value=value,
        value_reason=reason,
        unit=unit,
        success=asked.success,
        success_rate=share,
        success_rate_reason=reason,
        standard_error=statistics.standard_error(share, count) if share is not None and sampled else None,
        standard_error_reason=error_reason,
        interval=statistics.wilson(successes, count) if successes is not None and sampled else None,
        interval_reason=error_reason,
        tolerance=Decimal(1) if unit == "years" else quantum(request.currency),
        evaluations=search.evaluations,
        seed=request.seed,
        conventions=conventions,
        basis=Basis(
            formula="fire.solve",
            version=VERSION,
            assumptions=conventions,
            figures={"value": stated.figure(f"success({asked.solve_for}) = {asked.success}", request)},
        ),
    )
