"""Rules that divide the portfolio over the years that are left."""

from collections.abc import Callable

import numpy as np

from finapp.fire.domain.returns import Floats
from finapp.fire.domain.strategies.base import Amount, Moment, Plain, annuity_due


class AnnuityDue(Plain):
    """Each year the level payment that would use the portfolio up over the years left, at a fixed real return.

    With r = 5.0 % x stocks + 1.9 % x bonds and 100 - age years it is VPW (Bogleheads wiki, "Variable percentage
    withdrawal"). With a chosen rate, the horizon's years, a bequest, and the household's outside income in
    the budget it is amortization-based withdrawal (M. B. Waring and L. B. Siegel, "The Only Spending Rule Article You
    Will Ever Need", Financial Analysts Journal 71(1), 2015, called ARVA there).
    """

    def __init__(
        self, *, rate: float, payments: Callable[[Moment], float], bequest: float = 0.0, income: Floats | None = None
    ) -> None:
        self._rate, self._payments, self._bequest, self._income = rate, payments, bequest, income

    def decide(self, moment: Moment) -> Amount:
        """The payment, at today's price level."""
        wealth = moment.wealth / moment.price
        if self._income is not None:
            ahead = self._income[moment.number :]
            wealth = wealth + float(np.sum(ahead / (1.0 + self._rate) ** np.arange(len(ahead))))
        return annuity_due(self._rate, self._payments(moment), wealth, self._bequest) * moment.price


class Divisor(Plain):
    """The portfolio divided by a number of years.

    By remaining years: the 1/T rule (R. Dus, R. Maurer and O. Mitchell, "Betting on Death and Capital Markets in
    Retirement", Financial Services Review 14, 2005). By the life expectancy of a table: W. Sun and A. Webb, "Should
    Households Base Asset Decumulation Strategies on Required Minimum Distribution Tables?", Center for Retirement
    Research at Boston College, 2012.
    """

    def __init__(self, *, divisor: Callable[[Moment], float]) -> None:
        self._divisor = divisor

    def decide(self, moment: Moment) -> Amount:
        """The quotient."""
        return np.asarray(moment.wealth / self._divisor(moment))


class Hebeler(Plain):
    """Three quarters of last year's spending carried on with inflation, one quarter of an annuity payment.

    H. K. Hebeler's "Autopilot" (analyzenow.com; MarketWatch, January 2015): 75 % and 25 %, the payment at 5 % nominal
    and 3.5 % inflation, which is 1.45 % real.
    """

    def __init__(self, *, spending: Amount | None, rate: float, weight: float) -> None:
        self._spending, self._rate, self._weight = spending, rate, weight
        self._last: Amount | None = None

    def decide(self, moment: Moment) -> Amount:
        """The weighted mean; in the first year the spending given, or the payment."""
        payment = annuity_due(self._rate, float(moment.remaining), moment.wealth)
        if self._last is not None:
            self._last = self._weight * self._last * (1.0 + moment.inflation) + (1.0 - self._weight) * payment
        elif self._spending is not None:
            self._last = self._spending * moment.price
        else:
            self._last = payment
        return self._last


UNIFORM_LIFETIME = (
    27.4, 26.5, 25.5, 24.6, 23.7, 22.9, 22.0, 21.1, 20.2, 19.4,
    18.5, 17.7, 16.8, 16.0, 15.2, 14.4, 13.7, 12.9, 12.2, 11.5,
    10.8, 10.1, 9.5, 8.9, 8.4, 7.8, 7.3, 6.8, 6.4, 6.0,
    5.6, 5.2, 4.9, 4.6, 4.3, 4.1, 3.9, 3.7, 3.5, 3.4,
    3.3, 3.1, 3.0, 2.9, 2.8, 2.7, 2.5, 2.3, 2.0,
)  # fmt: skip
"""Distribution periods at 72 to 120 and over: US Treasury Regulation 1.401(a)(9)-9(c), Uniform Lifetime Table, 2022."""


def distribution_period(age: float) -> float:
    """The table's divisor at an age; below 72 it is one year longer for each year younger, above 120 that of 120."""
    whole = int(age)
    if whole < 72:
        return UNIFORM_LIFETIME[0] + (72 - whole)
    return UNIFORM_LIFETIME[min(whole - 72, len(UNIFORM_LIFETIME) - 1)]
