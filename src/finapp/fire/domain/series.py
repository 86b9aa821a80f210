"""Yearly series of asset returns: the built-in one and the user's own."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np

from finapp.fire.domain.returns import Floats, Rows
from finapp.fire.public.simulation import SeriesRow
from finapp.kernel.errors import Invalid

LARGEST = 2000
NAMES: Mapping[str, str] = {
    "sp500_total_return": "stocks",
    "stock_total_return": "stocks",
    "stock": "stocks",
    "equity": "stocks",
    "equities": "stocks",
    "tnote_10y_return": "bonds",
    "bond10y_total_return": "bonds",
    "bond": "bonds",
    "tbill_3m": "bills",
    "cash": "bills",
    "baa_corporate_return": "corporate_bonds",
    "real_estate_change": "real_estate",
    "cpi_inflation": "inflation",
    "cpi": "inflation",
    "return": "portfolio",
    "cape10": "cape",
    "pe10": "cape",
    "cape_ratio": "cape",
}
"""Other words for the columns of a series."""
_NO_ASSETS = ("inflation", "cape")
_HIGHEST_RATIO = 1000


@dataclass(frozen=True, kw_only=True)
class Series:
    """Returns by year, (rows, assets): nominal when `inflation` is known, else in the terms of the request."""

    name: str
    labels: tuple[str, ...]
    assets: tuple[str, ...]
    returns: Floats
    inflation: Floats | None
    cape: Floats | None = None
    """The cyclically adjusted price-earnings ratio of stocks at the beginning of each year, where the rows have it."""

    def column(self, asset: str, field: str) -> int:
        """The index of an asset by one of its names. Raises Invalid for `field`."""
        name = asset if asset in self.assets else NAMES.get(asset, asset)
        if name not in self.assets:
            raise Invalid(field, f"the series has no {asset!r}, only {', '.join(self.assets)}")
        return self.assets.index(name)

    def real(self) -> "Series":
        """The same after inflation: (1 + return)/(1 + inflation) - 1; itself when it has no inflation."""
        if self.inflation is None:
            return self
        returns = (1.0 + self.returns) / (1.0 + self.inflation[:, None]) - 1.0
        return replace(self, returns=returns, inflation=None)

    def rows(self, columns: Sequence[int]) -> Rows:
        """The growth factors of the chosen assets, row by row."""
        return Rows(growth=1.0 + self.returns[:, list(columns)], inflation=self.inflation, cape=self.cape)


def parsed(name: str, text: str) -> Series:
    """A series from CSV text with a header: `year`, one column per asset, and `inflation` or one of its other names."""
    rows = [
        SeriesRow(
            label=row["year"], values={key: Decimal(value) for key, value in row.items() if key != "year" and value}
        )
        for row in csv.DictReader(io.StringIO(text))
    ]
    return given(name, rows)


def given(name: str, rows: Sequence[SeriesRow], field: str = "series") -> Series:
    """A series from rows. Raises Invalid, naming the row, for what cannot be used."""
    if not 2 <= len(rows) <= LARGEST:
        raise Invalid(field, f"needs between 2 and {LARGEST} rows, this one has {len(rows)}")
    table = [{NAMES.get(key, key): value for key, value in row.values.items()} for row in rows]
    names = tuple(sorted(table[0]))
    for number, values in enumerate(table):
        if tuple(sorted(values)) != names:
            raise Invalid(f"{field}.{number}", f"has other columns than the first row ({', '.join(names)})")
        for key, value in values.items():
            if key == "cape":
                if not 1 <= value <= _HIGHEST_RATIO:
                    raise Invalid(f"{field}.{number}.{key}", f"must be a ratio between 1 and {_HIGHEST_RATIO}")
            elif not -1 <= value <= 100 or (key == "inflation" and value <= -1):
                raise Invalid(f"{field}.{number}.{key}", "must be a yearly rate above -1, such as 0.07")
    _follow(rows, field)
    assets = tuple(key for key in names if key not in _NO_ASSETS)
    if not assets:
        raise Invalid(field, "has no returns")
    return Series(
        name=name,
        labels=tuple(row.label for row in rows),
        assets=assets,
        returns=_array([values[asset] for asset in assets] for values in table),
        inflation=_array(values["inflation"] for values in table) if "inflation" in names else None,
        cape=_array(values["cape"] for values in table) if "cape" in names else None,
    )


def _array(values: Iterable[object]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _follow(rows: Sequence[SeriesRow], field: str) -> None:
    """Rows labelled by year have to follow one another, or a block of them would be no stretch of history."""
    if not all(row.label.isdigit() for row in rows):
        return
    for number, (before, after) in enumerate(pairwise(rows), start=1):
        if int(after.label) != int(before.label) + 1:
            raise Invalid(f"{field}.{number}.year", f"must follow {before.label}")
