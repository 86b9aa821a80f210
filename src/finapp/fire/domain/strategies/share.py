"""Rules that spend a share of the portfolio, within limits or smoothed."""

import numpy as np

from finapp.fire.domain.returns import Floats
from finapp.fire.domain.strategies.base import Amount, Moment, Plain, share_of


class ShareRule(Plain):
    """Common to these rules: a yearly share of the portfolio, given or taken from the first year's spending."""

    def __init__(self, *, spending: Amount | None, rate: float | None) -> None:
        self._spending, self._rate = spending, rate
        self._share: Amount | None = None
        self._last: Amount = 0.0

    def decide(self, moment: Moment) -> Amount:
        """The rule's own limits applied to the share of the wealth."""
        if self._share is None:
            self._share = self._rate if self._rate is not None else share_of(self._spending, moment.wealth)
            self._last = self.first(moment, self._share * moment.wealth)
        else:
            self._last = self.later(moment, self._share * moment.wealth, self._last)
        return self._last

    def first(self, moment: Moment, target: Floats) -> Amount:
        """Spending of the first year; `target` is the share of the wealth."""
        return target

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """Spending of a later year; `last` is the year before's."""
        return target


class ConstantPercent(ShareRule):
    """A constant share of the portfolio each year: it never runs dry, and spending moves with it.

    W. P. Bengen, "Conserving Client Portfolios During Retirement, Part IV", Journal of Financial Planning 14(5), 2001.
    """


class FloorCeiling(ShareRule):
    """A constant share, kept between a floor and a ceiling around the first year's real spending.

    Bengen 2001 (see ConstantPercent): 10 % below and 25 % above the first year's withdrawal.
    """

    def __init__(self, *, spending: Amount | None, rate: float | None, floor: float, ceiling: float) -> None:
        super().__init__(spending=spending, rate=rate)
        self._floor, self._ceiling = floor, ceiling
        self._real: Amount = 0.0

    def first(self, moment: Moment, target: Floats) -> Amount:
        """The share itself, which sets the limits."""
        self._real = target / moment.price
        return target

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """The share within the limits."""
        low, high = self._floor * self._real * moment.price, self._ceiling * self._real * moment.price
        moment.note("floor_ceiling: held at the floor", np.asarray(target < low))
        moment.note("floor_ceiling: held at the ceiling", np.asarray(target > high))
        return np.clip(target, low, high)


class VanguardDynamic(ShareRule):
    """A share of the portfolio, moving in real terms at most a little up or down from the year before.

    C. Jaconetti, F. Kinniry and M. DiJoseph, "From Assets to Income: A Goals-Based Approach to Retirement Spending",
    Vanguard, 2013 and later: ceiling 5 %, floor 2.5 % (1.5 % in newer editions).
    """

    def __init__(self, *, spending: Amount | None, rate: float | None, floor: float, ceiling: float) -> None:
        super().__init__(spending=spending, rate=rate)
        self._floor, self._ceiling = floor, ceiling

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """The share, within the band around last year's real spending."""
        real = last * (1.0 + moment.inflation)
        low, high = real * (1.0 - self._floor), real * (1.0 + self._ceiling)
        moment.note("vanguard_dynamic: cut held at the floor", np.asarray(target < low))
        moment.note("vanguard_dynamic: rise held at the ceiling", np.asarray(target > high))
        return np.clip(target, low, high)


class NinetyFive(ShareRule):
    """A share of the portfolio, but never less than 95 % of the year before's spending.

    B. Clyatt, "Work Less, Live More", Nolo, 2005. The comparison is nominal, as published.
    """

    def __init__(self, *, spending: Amount | None, rate: float | None, floor: float) -> None:
        super().__init__(spending=spending, rate=rate)
        self._floor = floor

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """The larger of the two."""
        moment.note("ninety_five: held at 95 % of the year before", np.asarray(target < self._floor * last))
        return np.maximum(target, self._floor * last)


class Endowment(ShareRule):
    """Last year's spending carried on with inflation, weighted with a share of the portfolio.

    The Yale endowment's rule after J. Tobin, "What Is Permanent Endowment Income?", American Economic Review 64(2),
    1974; weights 70/30 as in D. Swensen, "Pioneering Portfolio Management", 2000.
    """

    def __init__(self, *, spending: Amount | None, rate: float | None, weight: float) -> None:
        super().__init__(spending=spending, rate=rate)
        self._weight = weight

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """The weighted mean."""
        return self._weight * last * (1.0 + moment.inflation) + (1.0 - self._weight) * target


class CustomFloor(ShareRule):
    """A share of the portfolio between the household's own floor and ceiling in today's purchasing power.

    The floor-and-upside idea of J. Scott and J. Watson, "The Floor-Leverage Rule for Retirement", Financial Analysts
    Journal 69(5), 2013, with the floor paid from the portfolio.
    """

    def __init__(self, *, spending: Amount | None, rate: float | None, floor: float, ceiling: float) -> None:
        super().__init__(spending=spending, rate=rate)
        self._floor, self._ceiling = floor, ceiling

    def first(self, moment: Moment, target: Floats) -> Amount:
        """The share within the limits."""
        return self.later(moment, target, 0.0)

    def later(self, moment: Moment, target: Floats, last: Amount) -> Amount:
        """The share within the limits."""
        low, high = self._floor * moment.price, self._ceiling * moment.price
        moment.note("custom_floor: held at the floor", np.asarray(target < low))
        moment.note("custom_floor: held at the ceiling", np.asarray(target > high))
        return np.clip(target, low, high)


class Cape(Plain):
    """A share that follows valuation: a + b/CAPE.

    The CAPE-based rule of "The Ultimate Guide to Safe Withdrawal Rates, Part 18", earlyretirementnow.com, 2017, with
    a = 1.75 %, b = 0.5; after W. Pfau, "Can We Predict the Sustainable Withdrawal Rate for New Retirees?",
    Journal of Financial Planning 24(8), 2011. The ratio is that of the series' own year where it has one. Otherwise it
    moves from its first value with the portfolio's real growth over its median growth, within 5 and 60: an
    approximation, because simulated futures have no earnings.
    """

    def __init__(self, *, base: float, slope: float, cape: float | None, expected_growth: float) -> None:
        self._base, self._slope, self._cape = base, slope, cape
        self._trend = expected_growth
        self._ratio: Amount = cape or 0.0

    def decide(self, moment: Moment) -> Amount:
        """The wealth times a + b/CAPE."""
        if moment.cape is not None:
            return np.asarray((self._base + self._slope / moment.cape) * moment.wealth)
        if moment.growth is not None:
            real = moment.growth / (1.0 + moment.inflation)
            self._ratio = self._ratio * real / self._trend
        return np.asarray((self._base + self._slope / np.clip(self._ratio, 5.0, 60.0)) * moment.wealth)
