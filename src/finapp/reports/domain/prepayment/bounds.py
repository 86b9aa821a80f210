"""What no plan can beat, without a solver: the same loans made easier until the avalanche is proven optimal on them."""

from collections.abc import Sequence
from dataclasses import replace

from finapp.reports.domain.prepayment import outcomes, strategies
from finapp.reports.domain.prepayment.outcomes import Frame
from finapp.reports.domain.prepayment.terms import Terms
from finapp.reports.domain.prepayment.waterfall import Budget, Run, horizon, run


def is_plain(loan: Terms) -> bool:
    """Whether avalanche is proven optimal: one rate, no charge, no minimum, no capped tax relief."""
    capped = loan.tax is not None and loan.tax.yearly_cap is not None
    return not (loan.fee or loan.minimum_part or capped or len(set(loan.rates)) > 1)


def relaxed_bound(frame: Frame, budget: Budget) -> int:
    """The avalanche's cost when part payments are free and of any size, relief has no cap and each loan bears its
    lowest rate throughout, in minor units.

    Each of these only makes a given plan cheaper, and a plan stays possible under all of them; on what is left the
    avalanche is optimal. Monthly rounding is taken off.
    """
    easier = tuple(_easier(loan) for loan in frame.loans)
    found = run(easier, budget, strategies.avalanche(easier))
    return outcomes.cost(replace(frame, loans=easier), found) - rounding_allowance(frame.loans, found)


def _easier(loan: Terms) -> Terms:
    relief = None if loan.tax is None else replace(loan.tax, yearly_cap=None)
    return replace(loan, fee=loan.fee * 0, minimum_part=0, rates=(min(loan.rates),), tax=relief)


def rounding_allowance(loans: Sequence[Terms], found: Run) -> int:
    """How far monthly rounding can move a total: half a minor unit per loan and month, grown at the dearest rate."""
    dearest = max(max(loan.rates) for loan in loans)
    growth = min((1 + float(dearest)) ** min(found.length, horizon(loans)), 100.0)
    return int(0.5 * len(loans) * found.length * growth) + len(loans) + 1
