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
from typing import Literal

from finapp.reports.domain.highs import INFINITE, Program
from finapp.reports.domain.prepayment.strategies import Planned
from finapp.reports.domain.prepayment.terms import Terms
from finapp.reports.domain.prepayment.waterfall import Budget, horizon

Proof = Literal["linear", "mixed_integer", "time_limit"]
LARGEST, LARGEST_WHOLE = 24_000, 5_000
"""Variables above which the linear and the mixed-integer program are not attempted: the solver looks at its time limit
too seldom there."""


@dataclass(frozen=True, kw_only=True)
class Solution:
    """`plan` is None when no feasible plan came in time; `bound` is in minor units and None when not even that."""

    plan: Planned | None
    bound: float | None
    proof: Proof


_SCALE = 1000.0
"""The largest balance in the units that the solver works in."""
_NOTHING = 50.0
"""Minor units: a planned balance below this is the solver's tolerance, and the loan is closed."""


def solve(loans: Sequence[Terms], budget: Budget, time_limit: float, *, whole: bool = False) -> Solution | None:
    """The cheapest plan and its bound; None when the program would be too large.

    Without `whole` the program is linear: part payments below a lender's minimum, and instalments skipped by a loan
    that is ahead of its contract, are not excluded, so the bound may be lower than any real plan.
    """
    if sum(loan.months for loan in loans) * 3 > (LARGEST_WHOLE if whole else LARGEST):
        return None
    payoff = _Payoff(whole)
    for index, loan in enumerate(loans):
        payoff.add_loan(index, loan)
    payoff.add_cash(loans, budget)
    unit = max(loan.balance for loan in loans) / _SCALE
    solved = payoff.model.solve(time_limit, unit=unit)
    proof: Proof = "time_limit" if solved.timed_out else ("mixed_integer" if whole else "linear")
    return Solution(
        plan=None if solved.values is None else payoff.balances(solved.values),
        bound=None if solved.bound is None else payoff.constant + solved.bound,
        proof=proof,
    )


class _Payoff:
    """The program under construction. `constant` is the cost that no plan can change: the first month's interest."""

    def __init__(self, whole: bool) -> None:
        self.model = Program()
        self.constant = 0.0
        self._whole = whole
        self._left: dict[tuple[int, int], int] = {}
        self._spent: dict[int, list[tuple[int, float]]] = {}

    def add_loan(self, index: int, loan: Terms) -> None:
        """One loan: its balances month by month, what is paid to it, and the tax its interest saves."""
        charged: dict[int, list[tuple[int, float]]] = {}
        first = float(loan.rate(1) * loan.balance)
        self.constant += first
        previous: int | None = None
        for month in range(1, loan.months + 1):
            paid, part, left = self._month(loan, month)
            growth = 1 + float(loan.rate(month))
            start = growth * loan.balance if previous is None else 0.0
            carried = [] if previous is None else [(previous, -growth)]
            self.model.row([(left, 1.0), (paid, 1.0), (part, 1.0), *carried], start, start)
            self._left[month, index] = left
            self._spent.setdefault(month, []).extend([(paid, 1.0), (part, 1 + float(loan.fee))])
            if previous is not None:
                year = loan.tax_year(month)
                charged.setdefault(year, []).append((previous, float(loan.rate(month))))
            previous = left
        self._add_tax(loan, charged, {loan.tax_year(1): first})

    def _month(self, loan: Terms, month: int) -> tuple[int, int, int]:
        """Variables of one month: instalment part, part payment, balance after both."""
        last, slack = month == loan.months, rounding_slack(loan)
        next_rate = 0.0 if last else float(loan.rate(month + 1))
        paid = self.model.variable(loan.instalments[month - 1] + (slack if last else 0.0))
        part = self.model.variable(INFINITE, float(loan.fee))
        left = self.model.variable(0.0 if last else loan.balances[month - 1] + slack, next_rate)
        if self._whole:
            self._add_binaries(loan, month, paid, part, left)
        return paid, part, left

    def _add_binaries(self, loan: Terms, month: int, paid: int, part: int, left: int) -> None:
        """Until a loan is closed its full instalment is due; a part payment is nothing, the minimum, or the rest."""
        model, instalment = self.model, float(loan.instalments[month - 1])
        closes, ceiling = model.binary(), loan.balances[month - 1] + rounding_slack(loan)
        model.row([(left, 1.0), (closes, ceiling)], -INFINITE, ceiling)
        model.row([(paid, 1.0), (closes, instalment)], instalment, INFINITE)
        if loan.minimum_part:
            pays, least = model.binary(), float(loan.minimum_part)
            model.row([(part, 1.0), (pays, -(loan.balances[month - 1] + least))], -INFINITE, 0.0)
            model.row([(part, 1.0), (pays, -least), (closes, least)], 0.0, INFINITE)

    def _add_tax(self, loan: Terms, charged: dict[int, list[tuple[int, float]]], fixed: dict[int, float]) -> None:
        """Tax saved in each year: at most the rate times the interest, and at most the rate times the cap."""
        if loan.tax is None:
            return
        rate = float(loan.tax.rate)
        for year in sorted(charged.keys() | fixed.keys()):
            cap = INFINITE if loan.tax.yearly_cap is None else rate * loan.tax.yearly_cap
            saved = self.model.variable(cap, -1.0)
            terms = [(column, -rate * value) for column, value in charged.get(year, [])]
            self.model.row([(saved, 1.0), *terms], -INFINITE, rate * fixed.get(year, 0.0))

    def add_cash(self, loans: Sequence[Terms], budget: Budget) -> None:
        """Cash not spent in one month is there in the next."""
        kept: int | None = None
        spare = sum(rounding_slack(loan) for loan in loans)
        for month in range(1, horizon(loans) + 1):
            income = float(sum(loan.instalment(month) for loan in loans) + budget.beyond(month))
            income += spare if kept is None else 0.0
            now = self.model.variable()
            carried = [] if kept is None else [(kept, -1.0)]
            self.model.row([*self._spent.get(month, []), (now, 1.0), *carried], income, income)
            kept = now

    def balances(self, values: Sequence[float]) -> Planned:
        """The balances that a solution plans, in whole minor units."""
        return {key: int(values[column]) for key, column in self._left.items() if values[column] >= _NOTHING}


def rounding_slack(loan: Terms) -> float:
    """How far monthly rounding can put a real schedule off the program's unrounded one, in minor units."""
    return 0.5 * loan.months * min((1 + float(max(loan.rates))) ** loan.months, 100.0)
