"""From asset returns to the growth of the household's portfolio: allocation, rebalancing, fees, inflation."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from finapp.fire.domain.returns import AssetYear, Draws, Floats

Inflation = float | Floats
"""One rate for all paths, or one for each."""


@dataclass(frozen=True)
class MarketYear:
    """One year of the portfolio: growth factors after fees (steps, paths), and inflation."""

    growth: Floats
    inflation: Inflation
    cape: Floats | None = None
    """(paths,): the price-earnings ratio of stocks at the year's beginning, where it is known."""


class Course(Protocol):
    """The years of a market, the same at each call of `years`."""

    @property
    def paths(self) -> int:
        """How many paths there are."""

    def years(self) -> Iterator[MarketYear]:
        """One item per year."""


@dataclass(frozen=True, kw_only=True)
class Process:
    """Autoregressive inflation: i = mean + persistence (i_before - mean) + volatility z."""

    mean: float
    volatility: float = 0.0
    persistence: float = 0.0

    def years(self, paths: int, seed: int) -> Iterator[Inflation]:
        """One rate a year; the first year is drawn around the mean."""
        if self.volatility == 0.0:
            while True:
                yield self.mean
        # A stream of its own, so that the same seed gives the same returns with and without it.
        generator = np.random.Generator(np.random.PCG64([seed, 1]))
        deviation = np.zeros(paths)
        while True:
            deviation = self.persistence * deviation + self.volatility * generator.standard_normal(paths)
            yield np.maximum(self.mean + deviation, -0.5)


@dataclass(frozen=True, kw_only=True)
class Mix:
    """An allocation by year (years, assets; the last row holds on) and how it is kept."""

    weights: Floats
    rebalancing: str
    fee: float
    multiply_fee: bool

    def of_year(self, year: int) -> Floats:
        """The target shares of a year."""
        return np.asarray(self.weights[min(year, len(self.weights) - 1)])


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The growth of a portfolio on drawn asset returns.

    Without `inflation` the drawn returns are real unless the rows bring their own inflation. With it they are nominal,
    or, where `reinflate` is set, real returns to which the inflation is added: (1 + r)(1 + i).
    """

    draws: Draws
    mix: Mix
    steps: int
    seed: int
    inflation: Process | None = None
    reinflate: bool = False

    @property
    def paths(self) -> int:
        """How many paths there are."""
        return self.draws.paths

    def years(self) -> Iterator[MarketYear]:
        """One item per year, for as long as the draws go."""
        rates = None if self.inflation is None else self.inflation.years(self.paths, self.seed)
        held: Floats | None = None
        for number, drawn in enumerate(self.draws.years()):
            growth, held = self._mixed(number, drawn, held)
            if rates is None:
                inflation: Inflation = 0.0 if drawn.inflation is None else drawn.inflation
            else:
                inflation = next(rates)
                if self.reinflate:
                    growth = growth * (1.0 + inflation) ** (1.0 / self.steps)
            yield MarketYear(growth=self._after_fee(growth), inflation=inflation, cape=drawn.cape)

    def _mixed(self, number: int, drawn: AssetYear, held: Floats | None) -> tuple[Floats, Floats | None]:
        """The portfolio's growth (steps, paths), and the shares held at the end where they drift."""
        assets = drawn.growth
        if assets.shape[1] == 1:
            return assets[:, 0, :], None
        target = self.mix.of_year(number)
        if self.mix.rebalancing == "every_step" or (self.mix.rebalancing == "yearly" and self.steps == 1):
            return np.einsum("a,sap->sp", target, assets), None
        if held is None or self.mix.rebalancing == "yearly":
            held = np.repeat(target[:, None], assets.shape[2], axis=1)
        growth = np.empty((self.steps, assets.shape[2]))
        for step in range(self.steps):
            values = held * assets[step]
            growth[step] = values.sum(axis=0)
            held = values / np.where(growth[step] > 0, growth[step], 1.0)
        return growth, held

    def _after_fee(self, growth: Floats) -> Floats:
        if self.mix.fee == 0.0:
            return growth
        if self.mix.multiply_fee:
            kept: float = (1.0 - self.mix.fee) ** (1.0 / self.steps)
            return growth * kept
        return np.maximum(growth - self.mix.fee / self.steps, 0.0)


@dataclass(frozen=True)
class Remembered:
    """A course that is drawn once and replayed: common random numbers for everything that is compared on it."""

    kept: tuple[MarketYear, ...]
    paths: int = field(default=0)

    def years(self) -> Iterator[MarketYear]:
        """The years again."""
        return iter(self.kept)


def remembered(course: Course, years: int) -> Remembered:
    """The first `years` of a course, kept."""
    return Remembered(tuple(year for _, year in zip(range(years), course.years(), strict=False)), course.paths)
