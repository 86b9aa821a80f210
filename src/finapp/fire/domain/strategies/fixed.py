"""Rules that hold on to a first year's spending: constant, declining, ratchet, bucket."""

import numpy as np

from finapp.fire.domain.returns import Floats
from finapp.fire.domain.strategies.base import Amount, Mask, Moment, Plain


class ConstantReal(Plain):
    """The first year's spending, carried on with inflation.

    W. P. Bengen, "Determining Withdrawal Rates Using Historical Data", Journal of Financial Planning 7(4), 1994.
    """

    def __init__(self, *, spending: Amount) -> None:
        self._spending = spending

    def decide(self, moment: Moment) -> Amount:
        """Spending times the price level."""
        return self._spending * moment.price


class Declining(Plain):
    """Spending that falls in real terms by a fixed share a year.

    T. Bernicke, "Reality Retirement Planning: A New Paradigm for an Old Science", Journal of Financial Planning 18(6),
    2005; about 1 % a year in D. Blanchett, "Exploring the Retirement Consumption Puzzle", the same, 27(5), 2014.
    """

    def __init__(self, *, spending: Amount, decline: float) -> None:
        self._spending, self._kept = spending, 1.0 - decline

    def decide(self, moment: Moment) -> Amount:
        """Spending times the price level, less the decline of the years past."""
        return self._spending * self._kept**moment.number * moment.price


class Ratchet(Plain):
    """Constant real spending that rises when the portfolio stands far above its start, and never falls.

    M. Kitces, "The Ratcheting Safe Withdrawal Rate", kitces.com, 3 June 2015: 10 % more once the portfolio is 50 %
    above its starting value, at most every third year. Both values are nominal, as published.
    """

    def __init__(self, *, spending: Amount, trigger: float, step: float, every: int) -> None:
        self._spending, self._trigger, self._step, self._every = spending, trigger, step, every
        self._start: Floats | None = None
        self._level: Floats
        self._raised_on: Floats

    def decide(self, moment: Moment) -> Amount:
        """Spending times the price level times the rises so far."""
        if self._start is None:
            self._start = moment.wealth.copy()
            self._level = np.ones_like(moment.wealth)
            self._raised_on = np.full_like(moment.wealth, -np.inf)
        else:
            rises = (moment.wealth > self._trigger * self._start) & (moment.number - self._raised_on >= self._every)
            moment.note("ratchet: spending raised", rises)
            self._level = np.where(rises, self._level * (1.0 + self._step), self._level)
            self._raised_on = np.where(rises, float(moment.number), self._raised_on)
        return self._spending * moment.price * self._level


class Bucket:
    """Constant real spending from a cash bucket of some years, refilled from the portfolio after a year of gain.

    The cash-flow reserve of H. Evensky (in H. Evensky and D. Katz, eds., "Retirement Income Redesigned", Bloomberg
    Press, 2006). After a year without gain the bucket is drawn down; an empty one is served by the portfolio.
    """

    def __init__(self, *, spending: Amount, cash_years: float, cash_return: float) -> None:
        self._spending, self._cash_years, self._cash_return = spending, cash_years, cash_return
        self._cash: Floats | None = None

    def decide(self, moment: Moment) -> Amount:
        """Spending times the price level; the bucket is refilled first where the last year brought a gain."""
        need = self._spending * moment.price
        full = np.minimum(self._cash_years * need, moment.wealth)
        if self._cash is None or moment.growth is None:
            self._cash = full
        else:
            refilled: Mask = (moment.growth > 1.0) & (self._cash < full)
            moment.note("bucket: cash refilled", refilled)
            moment.note("bucket: spending drawn from cash", moment.growth <= 1.0)
            self._cash = np.where(refilled, full, np.minimum(self._cash, moment.wealth))
        self._cash = np.maximum(self._cash - need, 0.0)
        return need

    def earn(self, wealth: Floats, growth: Floats, inflation: Amount) -> Floats:
        """Cash earns its real return plus inflation, the rest the portfolio's growth."""
        if self._cash is None:
            return growth
        cash = np.minimum(self._cash, wealth)
        cash_growth = (1.0 + self._cash_return) * (1.0 + inflation)
        share = np.where(wealth > 0, cash / np.where(wealth > 0, wealth, 1.0), 0.0)
        self._cash = cash * cash_growth
        return np.asarray(growth + share * (cash_growth - growth))
