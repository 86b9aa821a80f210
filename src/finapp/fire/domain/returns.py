"""Draws of yearly and monthly asset returns. Floats throughout; arrays are (assets, paths) unless said otherwise."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]


@dataclass(frozen=True)
class AssetYear:
    """One year: growth factors by step (steps, assets, paths), and the inflation that goes with the drawn rows."""

    growth: Floats
    inflation: Floats | None
    cape: Floats | None = None
    """(paths,): the price-earnings ratio at the year's beginning, where the rows have it."""


class Draws(Protocol):
    """A source of asset returns. Each call of `years` begins again and gives the same numbers."""

    @property
    def paths(self) -> int:
        """How many paths there are."""

    def years(self) -> Iterator[AssetYear]:
        """One item per year, without end unless the source is history itself."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Yearly simple returns of the assets: arithmetic means, standard deviations, correlation matrix."""

    means: Floats
    deviations: Floats
    correlation: Floats

    def root(self) -> Floats:
        """A square root of the correlation matrix, also when that is singular."""
        values, vectors = np.linalg.eigh(self.correlation)
        return np.asarray(vectors * np.sqrt(np.clip(values, 0.0, None)))


def lognormal_step(means: Floats, deviations: Floats, steps: int) -> tuple[Floats, Floats]:
    """Mean and deviation of one step's log growth such that a year has exactly the given simple moments.

    sigma^2 = ln(1 + s^2/(1 + m)^2), mu = ln(1 + m) - sigma^2/2, each divided by the number of steps.
    """
    variance = np.log1p((deviations / (1.0 + means)) ** 2)
    return (np.log1p(means) - variance / 2) / steps, np.sqrt(variance / steps)


def simple_step(means: Floats, deviations: Floats, steps: int) -> tuple[Floats, Floats]:
    """Mean and deviation of one step's simple return such that the product over a year has the given moments."""
    step_mean = (1.0 + means) ** (1.0 / steps) - 1.0
    second = ((1.0 + means) ** 2 + deviations**2) ** (1.0 / steps)
    return step_mean, np.sqrt(np.clip(second - (1.0 + step_mean) ** 2, 0.0, None))


@dataclass(frozen=True, kw_only=True)
class Parametric:
    """Independent years of a joint distribution.

    lognormal: log returns are normal, with the given correlation between the log returns. normal: simple returns are
    normal. student_t: simple returns are multivariate t, scaled to the given deviation. Growth below 0 is cut to 0.
    """

    model: str
    parameters: Parameters
    degrees: float
    steps: int
    paths: int
    seed: int
    horizon: int
    """How many years will be asked for."""

    def years(self) -> Iterator[AssetYear]:
        """The years of the horizon."""
        parameters = self.parameters
        moments = lognormal_step if self.model == "lognormal" else simple_step
        mean, deviation = moments(parameters.means, parameters.deviations, self.steps)
        root = None if len(mean) == 1 else parameters.root()
        generator = np.random.Generator(np.random.PCG64(self.seed))
        # A stream of its own, so that the normal shocks are the same for every model.
        mixing = np.random.Generator(np.random.PCG64([self.seed, 2]))
        for room in _rooms(self.horizon, (self.steps, len(mean), self.paths)):
            drawn: Floats = generator.standard_normal(out=room)
            if root is not None:
                drawn = np.einsum("ab,sbp->sap", root, drawn)
            if self.model == "student_t":
                chi = mixing.chisquare(self.degrees, (self.steps, 1, self.paths))
                drawn /= np.sqrt(chi / (self.degrees - 2.0))
            drawn *= deviation[:, None]
            drawn += mean[:, None]
            if self.model == "lognormal":
                np.exp(drawn, out=drawn)
            else:
                drawn += 1.0
                np.maximum(drawn, 0.0, out=drawn)
            yield AssetYear(growth=drawn, inflation=None)


_PIECE = 32 * 1024 * 1024
"""Bytes that are asked of the system at once: it hands out large pieces much faster than small ones."""


def _rooms(years: int, shape: tuple[int, int, int]) -> Iterator[Floats]:
    """Room for the numbers of each year, that of several years cut from one piece."""
    together = max(1, _PIECE // (8 * math.prod(shape)))
    for first in range(0, years, together):
        yield from np.empty((min(together, years - first), *shape))


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Yearly rows kept together: growth factors (rows, assets), and inflation where the series has it."""

    growth: Floats
    inflation: Floats | None
    cape: Floats | None = None

    def year(self, index: Whole, steps: int) -> AssetYear:
        """The rows `index` (one per path), each year spread evenly in logarithms over its steps."""
        growth = self.growth[index].T
        if steps > 1:
            growth = growth ** (1.0 / steps)
        spread = np.ascontiguousarray(np.broadcast_to(growth, (steps, *growth.shape)))
        return AssetYear(
            growth=spread,
            inflation=None if self.inflation is None else self.inflation[index],
            cape=None if self.cape is None else self.cape[index],
        )


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """Rows drawn with replacement. A mean block of 1 draws each year independently; a longer one is the stationary
    bootstrap (Politis and Romano 1994): blocks of geometric length, the series closed to a circle."""

    rows: Rows
    mean_block: float
    steps: int
    paths: int
    seed: int

    def years(self) -> Iterator[AssetYear]:
        """Years without end."""
        generator = np.random.Generator(np.random.PCG64(self.seed))
        count = len(self.rows.growth)
        index = generator.integers(0, count, self.paths)
        while True:
            yield self.rows.year(index, self.steps)
            fresh = generator.integers(0, count, self.paths)
            if self.mean_block <= 1.0:
                index = fresh
            else:
                begins = generator.random(self.paths) < 1.0 / self.mean_block
                index = np.where(begins, fresh, (index + 1) % count)


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """History itself: one path for each starting row, all running side by side."""

    rows: Rows
    starts: Whole
    steps: int

    @property
    def paths(self) -> int:
        """One path per start."""
        return len(self.starts)

    def years(self) -> Iterator[AssetYear]:
        """As many years as the latest start has rows."""
        for offset in range(len(self.rows.growth) - int(self.starts.max())):
            yield self.rows.year(self.starts + offset, self.steps)


@dataclass(frozen=True, kw_only=True)
class Sequences:
    """Given sequences of rows (paths, years): used to enumerate every possible draw of a small series."""

    rows: Rows
    index: Whole
    steps: int

    @property
    def paths(self) -> int:
        """One path per sequence."""
        return len(self.index)

    def years(self) -> Iterator[AssetYear]:
        """As many years as the sequences are long."""
        for year in range(self.index.shape[1]):
            yield self.rows.year(self.index[:, year], self.steps)
