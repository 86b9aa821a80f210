"""From a request's market to a course of portfolio years, with the conventions that were used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from finapp.fire.domain import series as data
from finapp.fire.domain.portfolio import Mix, Portfolio, Process
from finapp.fire.domain.returns import Bootstrap, Cohorts, Draws, Floats, Parameters, Parametric
from finapp.fire.domain.series import Series
from finapp.fire.public.simulation import GlidePoint, Market
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate

PARAMETRIC = ("lognormal", "normal", "student_t")
_SUM_TOLERANCE = Decimal("0.000001")
_SIXTY_FORTY: Mapping[str, Rate] = {"stocks": Decimal("0.6"), "bonds": Decimal("0.4")}


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
    expected_growth: float
    """Median real yearly growth factor of the portfolio after fees, at the first allocation."""
    stock_share: float | None
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
        expected_growth=float(growth) * (1 - float(market.fee)),
        stock_share=None,
        starts=(),
        excluded=(),
        conventions=_conventions(market, shown),
    )


def _allocated(market: Market, size: Size, series: Series) -> Prepared:
    """Several assets of a series, or with moments of their own."""
    own_moments = market.model in PARAMETRIC and market.assets is not None
    names, weights = _weights(market, series, size.years, own_moments)
    starts: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    process = _process(market)
    shown = {"series": series.name}
    if own_moments:
        parameters = _own_parameters(market, names)
        draws: Draws = _parametric(market, size, parameters)
        growth = float(_geometric(weights[0], parameters))
        growth /= 1 + _mean_inflation(market)
        shown = {"assets": ", ".join(names), "returns": "real" if process is None else "nominal"}
    else:
        columns = [series.column(name, "allocation") for name in names]
        chosen = series.real() if process is not None or market.model in PARAMETRIC else series
        rows = chosen.rows(columns)
        real = series.real().rows(columns).growth @ weights[0]
        growth = float(np.exp(np.mean(np.log(np.maximum(real, 1e-9)))))
        if market.model in PARAMETRIC:
            draws = _parametric(market, size, _measured(rows.growth - 1.0))
            shown["moments"] = "measured on the series"
        elif market.model == "historical":
            count = len(series.labels) - size.years + 1
            if count < 1:
                raise Invalid("years", f"the series has {len(series.labels)} rows, so no start has {size.years} years")
            draws = Cohorts(rows=rows, starts=np.arange(count), steps=size.steps)
            starts, excluded = series.labels[:count], series.labels[count:]
        else:
            block = 1.0 if market.model == "bootstrap" else float(market.block_length)
            draws = Bootstrap(rows=rows, mean_block=block, steps=size.steps, paths=size.paths, seed=size.seed)
            shown["blocks"] = "none" if block == 1.0 else f"stationary, circular, mean {market.block_length} years"
        shown["returns"] = "real, by the series' own inflation" if series.inflation is not None else "as given"
    return Prepared(
        course=_portfolio(market, size, draws, weights, reinflate=not own_moments and series.inflation is not None),
        nominal=process is not None,
        expected_growth=growth * (1 - float(market.fee)),
        stock_share=float(weights[0][names.index("stocks")]) if "stocks" in names else None,
        starts=starts,
        excluded=excluded,
        conventions=_conventions(market, {**shown, **_allocation_shown(market, names, weights)}),
    )


def _series(market: Market, built_in: Series) -> Series:
    return built_in if market.rows is None else data.given("the request's own rows", market.rows)


def _weights(market: Market, series: Series, years: int, own_moments: bool) -> tuple[list[str], Floats]:
    """Asset names, and the shares of each year (years, assets)."""
    points = list(market.glide_path)
    if market.allocation is not None:
        points.insert(0, GlidePoint(year=0, allocation=market.allocation))
    if not points:
        if len(series.assets) == 1:
            points = [GlidePoint(year=0, allocation={series.assets[0]: Decimal(1)})]
        elif market.rows is None:
            points = [GlidePoint(year=0, allocation=_SIXTY_FORTY)]
        else:
            raise Invalid("allocation", f"is needed: the series has {', '.join(series.assets)}")
    for number, point in enumerate(points):
        in_path = market.allocation is None or number > 0
        field = f"glide_path.{number - (market.allocation is not None)}.allocation" if in_path else "allocation"
        _shares(point.allocation, field)
        if number and point.year <= points[number - 1].year:
            raise Invalid(field.replace("allocation", "year"), "must come after the point before")
    known = market.assets if own_moments and market.assets is not None else None
    names = sorted({_name(asset, series, known) for point in points for asset in point.allocation})
    table = np.zeros((len(points), len(names)))
    for row, point in enumerate(points):
        for asset, share in point.allocation.items():
            table[row, names.index(_name(asset, series, known))] += float(share)
    at = np.arange(years if len(points) > 1 else 1)
    columns = [np.interp(at, [point.year for point in points], table[:, column]) for column in range(len(names))]
    return names, np.stack(columns, axis=1)


def _shares(allocation: Mapping[str, Rate], field: str) -> None:
    if not allocation:
        raise Invalid(field, "names no asset")
    for asset, share in allocation.items():
        if not 0 <= share <= 1:
            raise Invalid(f"{field}.{asset}", "must be between 0 and 1")
    total = sum(allocation.values(), Decimal(0))
    if abs(total - 1) > _SUM_TOLERANCE:
        raise Invalid(field, f"must sum to 1, not {total}")


def _name(asset: str, series: Series, own: Mapping[str, object] | None) -> str:
    if own is not None:
        if asset not in own:
            raise Invalid("allocation", f"{asset!r} has no moments in assets")
        return asset
    return series.assets[series.column(asset, "allocation")]


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


def _allocation_shown(market: Market, names: Sequence[str], weights: Floats) -> dict[str, str]:
    shares = ", ".join(f"{name} {share:.4g}" for name, share in zip(names, weights[0], strict=True))
    shown = {"allocation": shares, "rebalancing": market.rebalancing}
    if market.glide_path:
        last = ", ".join(f"{name} {share:.4g}" for name, share in zip(names, weights[-1], strict=True))
        shown["glide_path"] = f"in straight lines to {last}"
    return shown


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
        "fee_rule": "growth x (1 - fee)" if market.fee_rule == "multiply" else "return - fee",
        **shown,
    }
    if market.model == "student_t":
        conventions["degrees"] = str(market.degrees)
    if market.model not in PARAMETRIC and (market.mean is not None or market.volatility is not None):
        conventions["not_used"] = "mean, volatility"
    return conventions
