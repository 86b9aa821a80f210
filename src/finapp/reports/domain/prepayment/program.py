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
from finapp.reports.domain.highs import INFINITE, Program
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


def solve(
    loans: Sequence[Terms], budget: Budget, as_of: date, time_limit: float, *, whole: bool = False
) -> Solution | None:
    """The cheapest plan and its bound; None when the program would be too large.

    Without `whole` the program is linear: part payments below a lender's minimum, and instalments skipped by a loan
    that is ahead of its contract, are not excluded, so the bound may be lower than any real plan.
    """
    if sum(loan.months for loan in loans) * 3 > LARGEST:
        return None
    model = Program()
    left_at: dict[tuple[int, int], int] = {}
    spent: dict[int, list[tuple[int, float]]] = {month: [] for month in range(1, horizon(loans) + 1)}
    constant = 0.0
    for index, loan in enumerate(loans):
        constant += _loan(model, left_at, spent, index, loan, as_of, whole)
    _cash(model, spent, loans, budget)
    solved = model.solve(time_limit)
    proof: Proof = "time_limit" if solved.timed_out else ("mixed_integer" if whole else "linear")
    return Solution(
        plan=None if solved.values is None else _balances(solved.values, left_at),
        bound=None if solved.bound is None else constant + solved.bound,
        proof=proof,
    )


def _balances(values: Sequence[float], left_at: dict[tuple[int, int], int]) -> Planned:
    return {key: int(values[column]) for key, column in left_at.items() if values[column] >= _NOTHING}


def _loan(
    model: Program,
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
        paid = model.variable(size)
        part = model.variable(INFINITE, fee)
        left = model.variable(0.0 if last else loan.balances[month - 1] + slack, charge_next)
        growth = 1 + float(loan.rate(month))
        terms = [(left, 1.0), (paid, 1.0), (part, 1.0)]
        if previous is None:
            model.row(terms, growth * loan.balance, growth * loan.balance)
        else:
            model.row([*terms, (previous, -growth)], 0.0, 0.0)
        if whole:
            closes = _closing(model, loan, month, paid, left)
            if loan.minimum_part:
                _minimum(model, loan, month, part, closes)
        left_at[month, index] = left
        spent[month] += [(paid, 1.0), (part, 1 + fee)]
        year = _tax_year(loan, as_of, month)
        if previous is None:
            fixed[year] = fixed.get(year, 0.0) + constant
        else:
            yearly.setdefault(year, []).append((previous, float(loan.rate(month))))
        previous = left
    _tax(model, loan, yearly, fixed)
    return constant


def _closing(model: Program, loan: Terms, month: int, paid: int, left: int) -> int:
    """Binary: the loan is paid off after `month`. While it is not, the full instalment is due."""
    closes = model.binary()
    ceiling = loan.balances[month - 1] + rounding_slack(loan)
    model.row([(left, 1.0), (closes, ceiling)], -INFINITE, ceiling)
    model.row([(paid, 1.0), (closes, float(loan.instalments[month - 1]))], float(loan.instalments[month - 1]), INFINITE)
    return closes


def _minimum(model: Program, loan: Terms, month: int, part: int, closes: int) -> None:
    """A part payment is nothing, at least the minimum, or the whole balance."""
    ceiling = float(loan.balances[month - 1] + loan.minimum_part)
    pays = model.binary()
    model.row([(part, 1.0), (pays, -ceiling)], -INFINITE, 0.0)
    model.row([(part, 1.0), (pays, -float(loan.minimum_part)), (closes, float(loan.minimum_part))], 0.0, INFINITE)


def rounding_slack(loan: Terms) -> float:
    """How far monthly rounding can put a real schedule off the program's unrounded one, in minor units."""
    return 0.5 * loan.months * min((1 + float(max(loan.rates))) ** loan.months, 100.0)


def _tax_year(loan: Terms, as_of: date, month: int) -> int:
    day = add_months(as_of, month)
    starts = loan.tax.year_starts_in if loan.tax else 1
    return day.year if day.month >= starts else day.year - 1


def _tax(
    model: Program,
    loan: Terms,
    yearly: dict[int, list[tuple[int, float]]],
    fixed: dict[int, float],
) -> None:
    """Tax saved in each year: at most the rate times the interest, and at most the rate times the cap."""
    if loan.tax is None:
        return
    rate = float(loan.tax.rate)
    for year in sorted(yearly.keys() | fixed.keys()):
        cap = INFINITE if loan.tax.yearly_cap is None else rate * loan.tax.yearly_cap
        saved = model.variable(cap, -1.0)
        terms = [(column, -rate * value) for column, value in yearly.get(year, [])]
        model.row([(saved, 1.0), *terms], -INFINITE, rate * fixed.get(year, 0.0))


def _cash(model: Program, spent: dict[int, list[tuple[int, float]]], loans: Sequence[Terms], budget: Budget) -> None:
    """Cash not spent in one month is there in the next."""
    kept: int | None = None
    spare = sum(rounding_slack(loan) for loan in loans)
    for month, terms in spent.items():
        income = float(sum(loan.instalment(month) for loan in loans) + budget.beyond(month)) + (
            spare if kept is None else 0.0
        )
        now = model.variable(INFINITE)
        carried = [] if kept is None else [(kept, -1.0)]
        model.row([*terms, (now, 1.0), *carried], income, income)
        kept = now
