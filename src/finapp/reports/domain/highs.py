"""A small linear or mixed-integer program and its solution by HiGHS (through scipy, loaded when first needed)."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

INFINITE = float("inf")
_MOMENT = 0.05
Terms = Sequence[tuple[int, float]]
"""(variable number, coefficient) pairs of one linear expression."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """`values` by variable number, None when nothing feasible was found; `bound` is what no solution can beat."""

    values: tuple[float, ...] | None
    bound: float | None
    infeasible: bool
    timed_out: bool


class Deadline:
    """When all solving for one answer has to be over, by the clock on the wall."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then; never less than a moment, in which the solver finds out that it has no time."""
        return max(self._end - monotonic(), _MOMENT)

    @property
    def is_over(self) -> bool:
        """Whether it has passed."""
        return monotonic() >= self._end


class Program:
    """Minimise a linear cost over variables that are at least 0, subject to rows low <= expression <= high."""

    def __init__(self) -> None:
        self._upper: list[float] = []
        self._cost: list[float] = []
        self._whole: list[int] = []
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []

    @property
    def size(self) -> int:
        """Number of variables."""
        return len(self._cost)

    def variable(self, upper: float = INFINITE, cost: float = 0.0) -> int:
        """A continuous variable in [0, upper]; returns its number."""
        return self._add(upper, cost, 0)

    def binary(self, cost: float = 0.0) -> int:
        """A variable that is 0 or 1; returns its number."""
        return self._add(1.0, cost, 1)

    def whole(self, upper: float) -> int:
        """A variable that is 0, 1, 2 ... up to `upper`; returns its number."""
        return self._add(upper, 0.0, 1)

    def _add(self, upper: float, cost: float, whole: int) -> int:
        self._upper.append(upper)
        self._cost.append(cost)
        self._whole.append(whole)
        return len(self._cost) - 1

    def row(self, terms: Terms, low: float, high: float) -> None:
        """Requires low <= the expression <= high."""
        number = len(self._low)
        for column, value in terms:
            self._row.append(number)
            self._column.append(column)
            self._value.append(value)
        self._low.append(low)
        self._high.append(high)

    def solve(self, time_limit: float, *, gap: float = 1e-6, unit: float = 1.0, relaxed: bool = False) -> Solution:
        """The best solution within `time_limit` seconds, with the bound proven by then. `relaxed` lets every variable
        be any number: no plan, but a bound that is found soon.

        Continuous variables are solved in multiples of `unit`: amounts of ten digits beside binaries are beyond the
        solver's tolerances and make its bound wrong.
        """
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        shape = (len(self._low), len(self._cost))
        scale = np.where(np.array(self._whole) == 1, 1.0, unit)
        values = np.array(self._value) * scale[self._column] / unit
        matrix = csr_array((values, (self._row, self._column)), shape=shape)
        result = milp(
            np.array(self._cost) * scale / unit,
            integrality=np.array(self._whole) * (not relaxed),
            bounds=Bounds(np.zeros(len(self._upper)), np.array(self._upper) / scale),
            constraints=LinearConstraint(matrix, np.array(self._low) / unit, np.array(self._high) / unit),
            options={"time_limit": time_limit, "mip_rel_gap": gap},
        )
        bound = getattr(result, "mip_dual_bound", None) if any(self._whole) and not relaxed else result.fun
        return Solution(
            values=None if result.x is None else tuple(float(value) for value in result.x * scale),
            bound=float(bound) * unit if bound is not None and np.isfinite(bound) else None,
            infeasible=result.status == 2,
            timed_out=result.status == 1,
        )
