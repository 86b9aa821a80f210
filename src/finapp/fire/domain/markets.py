"""From a request's market to a course of portfolio years, with the conventions that were used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from finapp.fire.domain import series as data
from finapp.fire.domain.allocation import Allocation, allocation
from finapp.fire.domain.portfolio import Mix, Portfolio, Process
from finapp.fire.domain.returns import Bootstrap, Cohorts, Draws, Floats, Parameters, Parametric
from finapp.fire.domain.series import Series
from finapp.fire.public.simulation import Market
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate

PARAMETRIC = ("lognormal", "normal", "student_t")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is drawn."""

    years: int
    steps: int
    paths: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A market ready to run."""

    course: Portfolio
    nominal: bool
    """Whether amounts are in money of their day: only when the request gives an inflation."""
    has_prices: bool
    """Whether the price level moves, by the request's inflation or the rows' own."""
    expected_growth: float
    """Median real yearly growth factor of the portfolio after fees, at the first allocation."""
    stock_share: float | None
    has_cape: bool = False
    """Whether each year brings its price-earnings ratio."""
    starts: tuple[str, ...]
    """Labels of the cohorts where history itself is run; empty otherwise."""
    excluded: tuple[str, ...]
    """Labels of the starts without a complete horizon."""
    conventions: Mapping[str, str]


def prepare(market: Market, size: Size, built_in: Series) -> Prepared:
    """The market's course for the given size. Raises Invalid, naming the field."""
    check(market)
    if market.model in PARAMETRIC and market.mean is not None:
        return _single(market, size)
    return _allocated(market, size, _series(market, built_in))


def check(market: Market) -> None:
    """Raises Invalid for a number outside its range or an input that contradicts another."""
    _between("mean", market.mean, Decimal("-0.9"), Decimal(2))
    _between("volatility", market.volatility, Decimal(0), Decimal(2))
    _between("fee", market.fee, Decimal(0), Decimal("0.5"))
    _between("inflation", market.inflation, Decimal("-0.5"), Decimal(2))
    _between("degrees", market.degrees, Decimal("2.01"), Decimal(1000))
    _between("block_length", market.block_length, Decimal(1), Decimal(data.LARGEST))
    process = market.inflation_process
    if process is not None:
        if market.inflation is not None:
            raise Invalid("inflation_process", "give inflation or inflation_process, not both")
        _between("inflation_process.mean", process.mean, Decimal("-0.5"), Decimal(2))
        _between("inflation_process.volatility", process.volatility, Decimal(0), Decimal(1))
        _between("inflation_process.persistence", process.persistence, Decimal(-1), Decimal(1))
    if market.model in PARAMETRIC:
        if market.mean is None and market.allocation is None and not market.glide_path:
            raise Invalid("mean", f"is needed by {market.model}, or give an allocation")
        if market.mean is not None and (market.allocation is not None or market.glide_path):
            raise Invalid("allocation", "give mean and volatility, or an allocation, not both")
        if market.mean is not None and market.volatility is None:
            raise Invalid("volatility", "is needed beside mean")
    if market.glide_path and market.rebalancing == "never":
        raise Invalid("rebalancing", "a glide path has to be rebalanced")


def _between(field: str, value: Rate | None, low: Decimal, high: Decimal) -> None:
    if value is not None and not low <= value <= high:
        raise Invalid(field, f"must be between {low} and {high}")


def _single(market: Market, size: Size) -> Prepared:
    """One asset with the request's own mean and volatility."""
    mean, deviation = float(market.mean or 0), float(market.volatility or 0)
    parameters = Parameters(means=np.array([mean]), deviations=np.array([deviation]), correlation=np.eye(1))
    draws = _parametric(market, size, parameters)
    nominal = _process(market) is not None
    growth = (1 + mean) / np.sqrt(1 + (deviation / (1 + mean)) ** 2)
    if nominal:
        growth /= 1 + _mean_inflation(market)
    shown = {
        "mean": str(market.mean),
        "volatility": str(market.volatility),
        "returns": "nominal" if nominal else "real",
    }
    return Prepared(
        course=_portfolio(market, size, draws, np.ones((1, 1)), reinflate=False),
        nominal=nominal,
        has_prices=nominal,
        expected_growth=float(growth) * (1 - float(market.fee)),
        stock_share=None,
        starts=(),
        excluded=(),
        conventions=_conventions(market, shown),
    )


def _allocated(market: Market, size: Size, series: Series) -> Prepared:
    """Several assets: with moments of their own, or those or the rows of a series."""
    if market.assets is not None and market.model not in PARAMETRIC:
        raise Invalid("assets", f"moments are not used by {market.model}")
    held = allocation(market, series, size.years)
    if market.assets is not None:
        return _with_own_moments(market, size, held)
    columns = [series.column(name, "allocation") for name in held.names]
    real = series.real().rows(columns).growth
    growth = float(np.exp(np.mean(np.log(np.maximum(real @ held.first, 1e-9)))))
    # With an inflation of its own the request replaces that of the rows: real returns are kept, prices are not.
    replaced = _process(market) is not None or market.model in PARAMETRIC
    rows = (series.real() if replaced else series).rows(columns)
    starts, excluded = _cohorts(market, size, series)
    shown = {
        "series": series.name,
        "returns": "real, by the series' own inflation" if series.inflation is not None else "as given",
        "rebalancing": market.rebalancing,
        **held.described(),
    }
    if market.model in PARAMETRIC:
        draws: Draws = _parametric(market, size, _measured(rows.growth - 1.0))
        shown["moments"] = "measured on the series"
    elif market.model == "historical":
        draws = Cohorts(rows=rows, starts=np.arange(len(starts)), steps=size.steps)
    else:
        block = 1.0 if market.model == "bootstrap" else float(market.block_length)
        draws = Bootstrap(rows=rows, mean_block=block, steps=size.steps, paths=size.paths, seed=size.seed)
        shown["blocks"] = "single years" if block == 1.0 else f"stationary, circular, mean {market.block_length} years"
    return Prepared(
        course=_portfolio(market, size, draws, held.weights, reinflate=series.inflation is not None),
        nominal=_process(market) is not None,
        has_prices=_process(market) is not None or rows.inflation is not None,
        expected_growth=growth * (1 - float(market.fee)),
        stock_share=held.stock_share,
        has_cape=rows.cape is not None and market.model not in PARAMETRIC,
        starts=starts,
        excluded=excluded,
        conventions=_conventions(market, shown),
    )


def _with_own_moments(market: Market, size: Size, held: Allocation) -> Prepared:
    parameters = _own_parameters(market, held.names)
    process = _process(market)
    shown = {
        "assets": ", ".join(held.names),
        "returns": "real" if process is None else "nominal",
        "rebalancing": market.rebalancing,
        **held.described(),
    }
    growth = _geometric(held.first, parameters) / (1 + _mean_inflation(market))
    return Prepared(
        course=_portfolio(market, size, _parametric(market, size, parameters), held.weights, reinflate=False),
        nominal=process is not None,
        has_prices=process is not None,
        expected_growth=growth * (1 - float(market.fee)),
        stock_share=held.stock_share,
        starts=(),
        excluded=(),
        conventions=_conventions(market, shown),
    )


def _cohorts(market: Market, size: Size, series: Series) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The starts with a complete horizon, and those without; nothing where history itself is not run."""
    if market.model != "historical":
        return (), ()
    count = len(series.labels) - size.years + 1
    if count < 1:
        raise Invalid("years", f"the series has {len(series.labels)} rows, so no start has {size.years} years")
    return series.labels[:count], series.labels[count:]


def _series(market: Market, built_in: Series) -> Series:
    return built_in if market.rows is None else data.given("the request's own rows", market.rows)


def _own_parameters(market: Market, names: Sequence[str]) -> Parameters:
    assets = market.assets or {}
    for name in names:
        _between(f"assets.{name}.mean", assets[name].mean, Decimal("-0.9"), Decimal(2))
        _between(f"assets.{name}.volatility", assets[name].volatility, Decimal(0), Decimal(2))
    matrix = np.eye(len(names))
    for number, pair in enumerate(market.correlations):
        _between(f"correlations.{number}.value", pair.value, Decimal(-1), Decimal(1))
        if pair.first not in names or pair.second not in names or pair.first == pair.second:
            raise Invalid(f"correlations.{number}", f"must name two of {', '.join(names)}")
        first, second = names.index(pair.first), names.index(pair.second)
        matrix[first, second] = matrix[second, first] = float(pair.value)
    if np.linalg.eigvalsh(matrix).min() < -1e-9:
        raise Invalid("correlations", "no returns can be correlated like this (not positive semidefinite)")
    return Parameters(
        means=np.array([float(assets[name].mean) for name in names]),
        deviations=np.array([float(assets[name].volatility) for name in names]),
        correlation=matrix,
    )


def _measured(returns: Floats) -> Parameters:
    """Sample moments of real returns (rows, assets)."""
    deviations = returns.std(axis=0, ddof=1)
    scale = np.where(deviations > 0, deviations, 1.0)
    correlation = np.atleast_2d(np.cov(returns, rowvar=False)) / np.outer(scale, scale)
    np.fill_diagonal(correlation, 1.0)
    return Parameters(means=returns.mean(axis=0), deviations=deviations, correlation=correlation)


def _geometric(weights: Floats, parameters: Parameters) -> float:
    """Median growth of the rebalanced portfolio, by the lognormal relation between its moments."""
    mean = float(weights @ parameters.means)
    covariance = parameters.correlation * np.outer(parameters.deviations, parameters.deviations)
    variance = float(weights @ covariance @ weights)
    return float((1 + mean) / np.sqrt(1 + variance / (1 + mean) ** 2))


def _parametric(market: Market, size: Size, parameters: Parameters) -> Parametric:
    return Parametric(
        model=market.model,
        parameters=parameters,
        degrees=float(market.degrees),
        steps=size.steps,
        paths=size.paths,
        seed=size.seed,
        horizon=size.years,
    )


def _process(market: Market) -> Process | None:
    if market.inflation is not None:
        return Process(mean=float(market.inflation))
    given = market.inflation_process
    if given is None:
        return None
    return Process(mean=float(given.mean), volatility=float(given.volatility), persistence=float(given.persistence))


def _mean_inflation(market: Market) -> float:
    process = _process(market)
    return 0.0 if process is None else process.mean


def _portfolio(market: Market, size: Size, draws: Draws, weights: Floats, *, reinflate: bool) -> Portfolio:
    mix = Mix(
        weights=weights,
        rebalancing=market.rebalancing,
        fee=float(market.fee),
        multiply_fee=market.fee_rule == "multiply",
    )
    return Portfolio(
        draws=draws, mix=mix, steps=size.steps, seed=size.seed, inflation=_process(market), reinflate=reinflate
    )


def _conventions(market: Market, shown: Mapping[str, str]) -> dict[str, str]:
    process = _process(market)
    inflation = "none" if process is None else f"constant {market.inflation}"
    if market.inflation_process is not None:
        given = market.inflation_process
        inflation = f"autoregressive: mean {given.mean}, volatility {given.volatility}, persistence {given.persistence}"
    conventions = {
        "model": market.model,
        "terms": "real" if process is None else "nominal",
        "inflation": inflation,
        "fee": str(market.fee),
        "fee_rule": market.fee_rule,
        "fee_formula": "growth x (1 - fee)" if market.fee_rule == "multiply" else "growth - fee",
        **shown,
    }
    if market.model == "student_t":
        conventions["degrees"] = str(market.degrees)
    if market.model not in PARAMETRIC and (market.mean is not None or market.volatility is not None):
        conventions["not_used"] = "mean, volatility"
    return conventions
