"""Allocations and glide paths: which share of which asset in which year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from finapp.fire.domain.returns import Floats
from finapp.fire.domain.series import Series
from finapp.fire.public.simulation import GlidePoint, Market, Moments
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate

_SUM_TOLERANCE = Decimal("0.000001")
_SIXTY_FORTY: Mapping[str, Rate] = {"stocks": Decimal("0.6"), "bonds": Decimal("0.4")}


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """The assets and their shares by year (years, assets); the last year's row holds on."""

    names: tuple[str, ...]
    weights: Floats

    @property
    def first(self) -> Floats:
        """The shares of the first year."""
        return np.asarray(self.weights[0])

    @property
    def stock_share(self) -> float | None:
        """The first year's share of stocks, where the assets are named so."""
        return float(self.first[self.names.index("stocks")]) if "stocks" in self.names else None

    def described(self) -> dict[str, str]:
        """The shares as text."""
        shown = {"allocation": self._text(self.first)}
        if len(self.weights) > 1:
            shown["glide_path"] = f"in straight lines to {self._text(self.weights[-1])}"
        return shown

    def _text(self, shares: Floats) -> str:
        return ", ".join(f"{name} {share:.4g}" for name, share in zip(self.names, shares, strict=True))


def allocation(market: Market, series: Series, years: int) -> Allocation:
    """The request's allocation and glide path, or the only possible one. Raises Invalid, naming the field.

    Without any, a series of one asset is held whole, and the built-in series 60 % in stocks and 40 % in bonds.
    """
    points = _points(market, series)
    known = market.assets
    names = sorted({_name(asset, series, known) for point in points for asset in point.allocation})
    table = np.zeros((len(points), len(names)))
    for row, point in enumerate(points):
        for asset, share in point.allocation.items():
            table[row, names.index(_name(asset, series, known))] += float(share)
    at = np.arange(years if len(points) > 1 else 1)
    columns = [np.interp(at, [point.year for point in points], table[:, column]) for column in range(len(names))]
    return Allocation(names=tuple(names), weights=np.stack(columns, axis=1))


def _points(market: Market, series: Series) -> Sequence[GlidePoint]:
    fields = [f"glide_path.{number}" for number in range(len(market.glide_path))]
    points = list(market.glide_path)
    if market.allocation is not None:
        points.insert(0, GlidePoint(year=0, allocation=market.allocation))
        fields.insert(0, "")
    if not points:
        return [GlidePoint(year=0, allocation=_only_choice(market, series))]
    for number, (point, field) in enumerate(zip(points, fields, strict=True)):
        _check_shares(point.allocation, f"{field}.allocation".removeprefix("."))
        if number and point.year <= points[number - 1].year:
            raise Invalid(f"{field}.year", "must come after the point before")
    return points


def _only_choice(market: Market, series: Series) -> Mapping[str, Rate]:
    if len(series.assets) == 1:
        return {series.assets[0]: Decimal(1)}
    if market.rows is None and market.assets is None:
        return _SIXTY_FORTY
    raise Invalid("allocation", f"is needed: the series has {', '.join(series.assets)}")


def _check_shares(shares: Mapping[str, Rate], field: str) -> None:
    if not shares:
        raise Invalid(field, "names no asset")
    for asset, share in shares.items():
        if not 0 <= share <= 1:
            raise Invalid(f"{field}.{asset}", "must be between 0 and 1")
    total = sum(shares.values(), Decimal(0))
    if abs(total - 1) > _SUM_TOLERANCE:
        raise Invalid(field, f"must sum to 1, not {total}")


def _name(asset: str, series: Series, own: Mapping[str, Moments] | None) -> str:
    if own is None:
        return series.assets[series.column(asset, "allocation")]
    if asset not in own:
        raise Invalid("allocation", f"{asset!r} has no moments in assets")
    return asset
