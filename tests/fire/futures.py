"""What the tests of simulated futures share: the built-in series, and an independent integration of success."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

import finapp.fire
from finapp.fire.domain.series import Series, parsed
from finapp.fire.public import Market, SimulationRequest

SIXTY_FORTY = {"stocks": Decimal("0.6"), "bonds": Decimal("0.4")}
PLAN = SimulationRequest(
    currency="USD",
    as_of=date(2026, 1, 1),
    portfolio=Decimal(1_000_000),
    annual_spending=Decimal(40_000),
    years=30,
    market=Market(mean=Decimal("0.05"), volatility=Decimal("0.12")),
)


@cache
def us_annual() -> Series:
    """The built-in series."""
    return parsed("us_annual", (Path(finapp.fire.__file__).parent / "data" / "us_annual.csv").read_text())


def plan(**changes: Any) -> SimulationRequest:
    """The plan of a million, forty thousand a year, thirty years, with changes; market fields by their own name."""
    markets = {name: changes.pop(name) for name in list(changes) if name in Market.__dataclass_fields__}
    if "allocation" in markets or "rows" in markets:
        markets = {"mean": None, "volatility": None, **markets}
    return replace(PLAN, **changes, market=replace(PLAN.market, **markets))


def success_by_integration(
    *, wealth: float, spending: float, payments: int, mean: float, volatility: float, per_year: int, at_start: bool
) -> float:
    """P(all payments are met) for constant real spending and lognormal returns, without any simulation.

    With X_1 = 1 and X_k = 1 + X_(k-1)/G all n payments at the start of each step are met exactly when W/w >= X_n, so
    F_k(x) = E F_(k-1)((x - 1) G): on a grid of u = ln(x - 1) a convolution with the normal density of ln G. Payments
    at the end are met when W/w >= X_n/G.
    """
    variance = np.log1p((volatility / (1 + mean)) ** 2)
    mu, sigma = (np.log1p(mean) - variance / 2) / per_year, np.sqrt(variance / per_year)
    step = min(sigma / 40, 0.002)
    grid = np.arange(-12.0, 12.0, step)
    reach = int(np.ceil((8 * sigma + abs(mu)) / step))
    offsets = np.arange(-reach, reach + 1) * step
    kernel = np.exp(-0.5 * ((offsets - mu) / sigma) ** 2)
    kernel /= kernel.sum()

    def expected(values: Any) -> Any:
        """E f(u + ln G) on the grid, f held constant beyond its ends."""
        padded = np.concatenate([np.full(reach, values[0]), values, np.full(reach, values[-1])])
        size = 1 << int(np.ceil(np.log2(len(padded) + len(kernel))))
        product = np.fft.rfft(padded, size) * np.fft.rfft(kernel[::-1], size)
        return np.fft.irfft(product, size)[2 * reach : 2 * reach + len(values)]

    def at_most(distribution: Any) -> Any:
        """P(X <= e^v) on the grid of v, from P(X <= 1 + e^u) on the grid of u."""
        inside = np.log(np.expm1(np.maximum(grid, 1e-12)))
        return np.where(grid > 0, np.interp(inside, grid, distribution), 0.0)

    # F_2(u) = P(ln G >= -u), exactly.
    normal = NormalDist(mu, sigma)
    distribution = np.array([1.0 - normal.cdf(-value) for value in grid])
    for _ in range(payments - 2):
        distribution = expected(at_most(distribution))
    ratio = wealth / spending
    if at_start:
        return float(np.interp(np.log(ratio - 1), grid, distribution))
    return float(np.interp(np.log(ratio), grid, expected(at_most(distribution))))
