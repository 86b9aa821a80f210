"""What else the money could do: be invested, or the loan be moved to another lender."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil, log1p, sqrt

from finapp.kernel.money import rounded
from finapp.reports.domain.prepayment.outcomes import Frame, tax_by_year_end
from finapp.reports.domain.prepayment.terms import terms_of
from finapp.reports.domain.prepayment.waterfall import Run
from finapp.reports.public.prepayment import (
    BalanceTransferOutcome,
    InvestAlternative,
    InvestComparison,
    Loan,
    PrepaymentQuestion,
    StrategyName,
)


def invest(frame: Frame, name: StrategyName, best: Run, none: Run, asked: InvestAlternative) -> InvestComparison:
    """Both lives put the same cash each month either into loans or into the investment, until the last contract ends.

    The money in hand at the end decides. A certain return gives a verdict; a volatile one (lognormal, monthly
    steps, the stated mean being the arithmetic one) gives the probability that investing ends ahead.
    """
    prepaid, invested = _kept(frame, best), _kept(frame, none)
    differences = [b - a for a, b in zip(prepaid, invested, strict=True)]
    rate = float(asked.after_tax_return)
    places = _Scale(frame)
    wealth_prepaid, wealth_invested = places.money(_grown(prepaid, rate)), places.money(_grown(invested, rate))
    ahead = wealth_invested - wealth_prepaid
    even = _break_even(differences)
    certain = asked.volatility is None
    wins = None if asked.volatility is None else _chance(differences, rate, float(asked.volatility), asked)
    return InvestComparison(
        strategy=name,
        horizon=frame.on(len(none.months)),
        wealth_if_prepaid=wealth_prepaid,
        wealth_if_invested=wealth_invested,
        advantage_of_investing=ahead,
        break_even_return=None if even is None else Decimal(repr(even)).quantize(Decimal("0.000001")),
        break_even_return_reason="no_root" if even is None else None,
        better=("equal" if ahead == 0 else "invest" if ahead > 0 else "prepay") if certain else None,
        better_reason=None if certain else "risky_return",
        probability_investing_wins=wins,
        probability_investing_wins_reason="certain_return" if certain else None,
        probability_standard_error=None if wins is None else sqrt(wins * (1 - wins) / asked.paths),
    )


class _Scale:
    """Minor units as floats back to money, rounded once."""

    def __init__(self, frame: Frame) -> None:
        self._unit, self._currency = frame.money(1), frame.currency

    def money(self, minor: float) -> Decimal:
        return rounded(Decimal(repr(minor)) * self._unit, self._currency)


def _kept(frame: Frame, run: Run) -> list[int]:
    """Cash newly in hand in each month: not spent on loans, plus tax saved in the month its year ends."""
    flows = [now - before for now, before in zip(run.cash, (0, *run.cash), strict=False)]
    for month, amount in tax_by_year_end(frame, run):
        flows[month - 1] += amount
    return flows


def _grown(flows: Sequence[int], annual: float) -> float:
    """Value at the end of monthly flows, each growing at the effective annual rate from its own month."""
    step = (1 + annual) ** (1 / 12)
    value = 0.0
    for flow in flows:
        value = value * step + flow
    return value


def _break_even(differences: Sequence[int]) -> float | None:
    """The certain return at which both lives end equal, by bisection on (-50 %, 200 %); None without a crossing."""
    low, high = -0.5, 2.0
    at_low, at_high = _grown(differences, low), _grown(differences, high)
    if at_low * at_high >= 0:
        return None
    for _ in range(80):
        middle = (low + high) / 2
        value = _grown(differences, middle)
        if (value > 0) == (at_high > 0):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _chance(differences: Sequence[int], rate: float, volatility: float, asked: InvestAlternative) -> float:
    """Share of simulated paths on which investing ends ahead; same seed, same answer."""
    import numpy as np

    variance = log1p(volatility**2 / (1 + rate) ** 2)
    drift = (log1p(rate) - variance / 2) / 12
    generator = np.random.default_rng(asked.seed)
    value = np.zeros(asked.paths)
    for flow in differences:
        step = np.exp(drift + sqrt(variance / 12) * generator.standard_normal(asked.paths))
        value = value * step + flow
    return float(np.mean(value > 0))


def transfer(question: PrepaymentQuestion, frame: Frame, as_of: date) -> BalanceTransferOutcome | None:
    """The offer against the present contract: annuity difference over its tenor less all costs."""
    offer = question.balance_transfer
    if offer is None:
        return None
    index = next(i for i, loan in enumerate(question.loans) if loan.id == offer.loan_id)
    now = frame.loans[index]
    tenor = offer.months or now.months
    fresh = Loan(
        id=offer.loan_id,
        name=now.name,
        outstanding=question.loans[index].outstanding,
        annual_rate=offer.annual_rate,
        months=tenor,
    )
    then = terms_of(fresh, index, question.currency, as_of)
    interest_now, interest_then = sum(now.instalments) - now.balance, sum(then.instalments) - then.balance
    monthly = now.instalments[0] - then.instalments[0]
    lower = frame.money(monthly)
    breaks_even = ceil(offer.cost / lower) if monthly > 0 else None
    return BalanceTransferOutcome(
        loan_id=offer.loan_id,
        instalment_now=frame.money(now.instalments[0]),
        instalment_then=frame.money(then.instalments[0]),
        interest_now=frame.money(interest_now),
        interest_then=frame.money(interest_then),
        cost=offer.cost,
        saving=frame.money(interest_now - interest_then) - offer.cost,
        break_even_month=breaks_even,
        break_even_month_reason=None if breaks_even is not None else "never",
    )
