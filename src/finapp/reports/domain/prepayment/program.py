"""The payoff problem as a linear or mixed-integer program, solved by HiGHS: a plan and a proven lower bound.

Per loan l and month m: d (instalment part), p (part payment), b (balance after both), and per month c (cash kept).

    b[l,m] = (1 + i[l,m]) b[l,m-1] - d[l,m] - p[l,m]        0 <= d <= instalment        b <= contract balance
    sum_l d + (1 + fee) p + c[m] = cash[m] + c[m-1]         all >= 0
    minimise  sum i b + fee p - tax saved,   tax saved of a year <= rate x interest, rate x cap

Every plan of the waterfall satisfies these (paying at least the instalment keeps a loan at or below its contract
balance), so the optimum is a lower bound for all of them. Minimum part payments add one binary per loan and month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from finapp.kernel.months import add_months
from finapp.reports.domain.prepayment.strategies import Planned
from finapp.reports.domain.prepayment.terms import Terms
from finapp.reports.domain.prepayment.waterfall import Budget, horizon

Proof = Literal["linear", "mixed_integer", "time_limit"]
LARGEST = 40_000
"""Variables; above this the program is not attempted."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """`plan` is None when no feasible plan came in time; `bound` is in minor units and None when not even that."""

    plan: Planned | None
    bound: float | None
    proof: Proof


_NOTHING = 50.0
"""Minor units: a planned balance below this is the solver's tolerance, and the loan is closed."""


class _Columns:
    """Numbers the variables, with bounds, cost and integrality."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.cost: list[float] = []
        self.integer: list[int] = []

    def add(self, high: float, cost: float = 0.0, *, binary: bool = False) -> int:
        self.low.append(0.0)
        self.high.append(high)
        self.cost.append(cost)
        self.integer.append(int(binary))
        return len(self.cost) - 1


class _Rows:
    """Collects sparse constraints low <= a x <= high."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        number = len(self.low)
        for column, value in terms:
            self.row.append(number)
            self.column.append(column)
            self.value.append(value)
        self.low.append(low)
        self.high.append(high)


def solve(
    loans: Sequence[Terms], budget: Budget, as_of: date, time_limit: float, *, whole: bool = False
) -> Solution | None:
    """The cheapest plan and its bound; None when the program would be too large.

    Without `whole` the program is linear: part payments below a lender's minimum, and instalments skipped by a loan
    that is ahead of its contract, are not excluded, so the bound may be lower than any real plan.
    """
    if sum(loan.months for loan in loans) * 3 > LARGEST:
        return None
    columns, rows = _Columns(), _Rows()
    left_at: dict[tuple[int, int], int] = {}
    spent: dict[int, list[tuple[int, float]]] = {month: [] for month in range(1, horizon(loans) + 1)}
    constant = 0.0
    for index, loan in enumerate(loans):
        constant += _loan(columns, rows, left_at, spent, index, loan, as_of, whole)
    _cash(columns, rows, spent, loans, budget)
    return _highs(columns, rows, left_at, constant, time_limit)


def _loan(
    columns: _Columns,
    rows: _Rows,
    left_at: dict[tuple[int, int], int],
    spent: dict[int, list[tuple[int, float]]],
    index: int,
    loan: Terms,
    as_of: date,
    whole: bool,
) -> float:
    """Adds one loan; returns the constant part of its cost (the first month's interest)."""
    fee, slack = float(loan.fee), rounding_slack(loan)
    yearly: dict[int, list[tuple[int, float]]] = {}
    fixed: dict[int, float] = {}
    previous: int | None = None
    constant = float(loan.rate(1) * loan.balance)
    for month in range(1, loan.months + 1):
        last = month == loan.months
        charge_next = 0.0 if last else float(loan.rate(month + 1))
        size = loan.instalments[month - 1] + (slack if last else 0.0)
        paid = columns.add(size)
        part = columns.add(float("inf"), fee)
        left = columns.add(0.0 if last else loan.balances[month - 1] + slack, charge_next)
        growth = 1 + float(loan.rate(month))
        terms = [(left, 1.0), (paid, 1.0), (part, 1.0)]
        if previous is None:
            rows.add(terms, growth * loan.balance, growth * loan.balance)
        else:
            rows.add([*terms, (previous, -growth)], 0.0, 0.0)
        if whole:
            closes = _closing(columns, rows, loan, month, paid, left)
            if loan.minimum_part:
                _minimum(columns, rows, loan, month, part, closes)
        left_at[month, index] = left
        spent[month] += [(paid, 1.0), (part, 1 + fee)]
        year = _tax_year(loan, as_of, month)
        if previous is None:
            fixed[year] = fixed.get(year, 0.0) + constant
        else:
            yearly.setdefault(year, []).append((previous, float(loan.rate(month))))
        previous = left
    _tax(columns, rows, loan, yearly, fixed)
    return constant


def _closing(columns: _Columns, rows: _Rows, loan: Terms, month: int, paid: int, left: int) -> int:
    """Binary: the loan is paid off after `month`. While it is not, the full instalment is due."""
    closes = columns.add(1.0, binary=True)
    ceiling = loan.balances[month - 1] + rounding_slack(loan)
    rows.add([(left, 1.0), (closes, ceiling)], -float("inf"), ceiling)
    rows.add(
        [(paid, 1.0), (closes, float(loan.instalments[month - 1]))], float(loan.instalments[month - 1]), float("inf")
    )
    return closes


def _minimum(columns: _Columns, rows: _Rows, loan: Terms, month: int, part: int, closes: int) -> None:
    """A part payment is nothing, at least the minimum, or the whole balance."""
    ceiling = float(loan.balances[month - 1] + loan.minimum_part)
    pays = columns.add(1.0, binary=True)
    rows.add([(part, 1.0), (pays, -ceiling)], -float("inf"), 0.0)
    rows.add([(part, 1.0), (pays, -float(loan.minimum_part)), (closes, float(loan.minimum_part))], 0.0, float("inf"))


def rounding_slack(loan: Terms) -> float:
    """How far monthly rounding can put a real schedule off the program's unrounded one, in minor units."""
    return 0.5 * loan.months * min((1 + float(max(loan.rates))) ** loan.months, 100.0)


def _tax_year(loan: Terms, as_of: date, month: int) -> int:
    day = add_months(as_of, month)
    starts = loan.tax.year_starts_in if loan.tax else 1
    return day.year if day.month >= starts else day.year - 1


def _tax(
    columns: _Columns,
    rows: _Rows,
    loan: Terms,
    yearly: dict[int, list[tuple[int, float]]],
    fixed: dict[int, float],
) -> None:
    """Tax saved in each year: at most the rate times the interest, and at most the rate times the cap."""
    if loan.tax is None:
        return
    rate = float(loan.tax.rate)
    for year in sorted(yearly.keys() | fixed.keys()):
        cap = float("inf") if loan.tax.yearly_cap is None else rate * loan.tax.yearly_cap
        saved = columns.add(cap, -1.0)
        terms = [(column, -rate * value) for column, value in yearly.get(year, [])]
        rows.add([(saved, 1.0), *terms], -float("inf"), rate * fixed.get(year, 0.0))


def _cash(
    columns: _Columns, rows: _Rows, spent: dict[int, list[tuple[int, float]]], loans: Sequence[Terms], budget: Budget
) -> None:
    """Cash not spent in one month is there in the next."""
    kept: int | None = None
    spare = sum(rounding_slack(loan) for loan in loans)
    for month, terms in spent.items():
        income = float(sum(loan.instalment(month) for loan in loans) + budget.beyond(month)) + (
            spare if kept is None else 0.0
        )
        now = columns.add(float("inf"))
        carried = [] if kept is None else [(kept, -1.0)]
        rows.add([*terms, (now, 1.0), *carried], income, income)
        kept = now


def _highs(
    columns: _Columns, rows: _Rows, left_at: dict[tuple[int, int], int], constant: float, time_limit: float
) -> Solution:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    matrix = csr_array((np.array(rows.value), (rows.row, rows.column)), shape=(len(rows.low), len(columns.cost)))
    whole = any(columns.integer)
    result = milp(
        np.array(columns.cost),
        integrality=np.array(columns.integer),
        bounds=Bounds(np.array(columns.low), np.array(columns.high)),
        constraints=LinearConstraint(matrix, np.array(rows.low), np.array(rows.high)),
        options={"time_limit": time_limit, "mip_rel_gap": 1e-6},
    )
    bound = getattr(result, "mip_dual_bound", None) if whole else result.fun
    proof: Proof = "time_limit" if result.status == 1 else ("mixed_integer" if whole else "linear")
    plan = None
    if result.x is not None:
        plan = {key: int(result.x[column]) for key, column in left_at.items() if result.x[column] >= _NOTHING}
    finite = bound is not None and bool(np.isfinite(bound))
    return Solution(plan=plan, bound=constant + float(bound) if finite and bound is not None else None, proof=proof)
