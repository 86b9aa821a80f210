"""The decision rules of Guyton and Klinger."""

from collections.abc import Set

import numpy as np

from finapp.fire.domain.returns import Floats
from finapp.fire.domain.strategies.base import Amount, Moment, Plain


class GuytonKlinger(Plain):
    """Spending carried on with inflation, with decision rules around the first year's withdrawal rate.

    J. Guyton and W. Klinger, "Decision Rules and Maximum Initial Withdrawal Rates", Journal of Financial Planning
    19(3), 2006: withdrawal (no inflation rise after a year of negative nominal return when the rate would exceed the
    initial one, never made up), inflation_cap (a rise of at most 6 %), capital_preservation (10 % less when the rate
    exceeds 120 % of the initial, while more than 15 years remain), prosperity (10 % more when it is below 80 %).
    Prosperity is tested after preservation, on the rate that results. The portfolio-management rule, about which
    holding to sell, does not apply to a portfolio that is rebalanced.
    """

    def __init__(
        self,
        *,
        spending: Amount,
        rules: Set[str],
        guardrail: float,
        adjustment: float,
        cap: float,
        preservation_years: int,
    ) -> None:
        self._spending, self._rules = spending, rules
        self._guardrail, self._adjustment, self._cap = guardrail, adjustment, cap
        self._preservation_years = preservation_years
        self._initial: Floats | None = None
        self._last: Floats

    def decide(self, moment: Moment) -> Amount:
        """Spending of the year after every rule that applies."""
        if self._initial is None or moment.growth is None:
            self._last = np.full_like(moment.wealth, self._spending) * moment.price
            self._initial = _rate(self._last, moment.wealth)
            return self._last
        spending = self._with_inflation(moment, self._initial, moment.growth)
        upper, lower = (1.0 + self._guardrail) * self._initial, (1.0 - self._guardrail) * self._initial
        if "capital_preservation" in self._rules and moment.remaining > self._preservation_years:
            cut = _rate(spending, moment.wealth) > upper
            moment.note("guyton_klinger: capital preservation cut", cut)
            spending = np.where(cut, spending * (1.0 - self._adjustment), spending)
        if "prosperity" in self._rules:
            rise = _rate(spending, moment.wealth) < lower
            moment.note("guyton_klinger: prosperity rise", rise)
            spending = np.where(rise, spending * (1.0 + self._adjustment), spending)
        self._last = spending
        return spending

    def _with_inflation(self, moment: Moment, initial: Floats, growth: Floats) -> Floats:
        capped = "inflation_cap" in self._rules
        inflation = np.minimum(moment.inflation, self._cap) if capped else np.asarray(moment.inflation)
        if capped:
            moment.note(
                "guyton_klinger: inflation rise capped", np.broadcast_to(moment.inflation, growth.shape) > self._cap
            )
        raised = self._last * (1.0 + inflation)
        if "withdrawal" not in self._rules:
            return raised
        skipped = (growth < 1.0) & (_rate(raised, moment.wealth) > initial) & (raised > self._last)
        moment.note("guyton_klinger: inflation rise skipped", skipped)
        return np.where(skipped, self._last, raised)


def _rate(spending: Floats, wealth: Floats) -> Floats:
    """Spending as a share of wealth; without wealth it is endless."""
    return np.where(wealth > 0, spending / np.where(wealth > 0, wealth, 1.0), np.inf)
