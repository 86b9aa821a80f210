"""What a request says about returns, inflation and fees."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, TypeAdapter, ValidationError, WithJsonSchema

from finapp.fire.public import Correlation, GlidePoint, InflationProcess, Market, Model, Moments, SeriesRow
from finapp.platform.fields import Body, Line, Number, Rate

_NOTHING = Decimal(0)
_RATE: TypeAdapter[Decimal] = TypeAdapter(Rate)
_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
RATIOS = ("cape", "cape10", "pe10", "cape_ratio")
_LONGEST = 2000
Weights = Annotated[dict[Line, Rate], Field(max_length=20)]


class InflationBody(Body):
    """Inflation as a process: i = mean + persistence (i_before - mean) + volatility z."""

    mean: Rate
    volatility: Rate = _NOTHING
    persistence: Rate = _NOTHING


def _as_process(value: Any) -> Any:
    """One rate is a process without volatility."""
    return value if value is None or isinstance(value, (dict, InflationBody)) else {"mean": value}


Inflation = Annotated[InflationBody, BeforeValidator(_as_process, json_schema_input_type=Rate | InflationBody)]


def _as_rows(value: Any) -> str | tuple[SeriesRow, ...]:
    """`us_annual`, or rows: numbers (returns of the whole portfolio), or objects with a rate by asset."""
    if value == "us_annual":
        return "us_annual"
    if not isinstance(value, list):
        raise ValueError('is neither "us_annual" nor a list of rows')
    if len(value) > _LONGEST:
        raise ValueError(f"has {len(value)} rows, more than the limit of {_LONGEST}")
    return tuple(_as_row(number, row) for number, row in enumerate(value))


def _as_row(number: int, row: Any) -> SeriesRow:
    values = dict(row) if isinstance(row, dict) else {"portfolio": row}
    label = values.pop("year", values.pop("label", number + 1))
    if not isinstance(label, (int, str)) or isinstance(label, bool):
        raise ValueError(f"row {number}: the year is neither a number nor a text")
    if not values or len(values) > 20:
        raise ValueError(f"row {number}: needs between 1 and 20 rates")
    rates: dict[str, Decimal] = {}
    for name, value in values.items():
        try:
            # A price-earnings ratio beside the rates is a plain number.
            kind = _NUMBER if name in RATIOS else _RATE
            rates[str(name)] = kind.validate_python(value)
        except ValidationError as fault:
            raise ValueError(
                f"row {number}, {name!r}: {fault.errors()[0]['msg'].removeprefix('Value error, ')}"
            ) from None
    return SeriesRow(label=str(label), values=rates)


_SERIES_SCHEMA = {
    "anyOf": [
        {"type": "string", "const": "us_annual"},
        {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "number"},
                    {"type": "string"},
                    {"type": "object", "additionalProperties": {"anyOf": [{"type": "number"}, {"type": "string"}]}},
                ]
            },
        },
    ]
}
Series = Annotated[str | tuple[SeriesRow, ...], PlainValidator(_as_rows), WithJsonSchema(_SERIES_SCHEMA)]
"""`us_annual`, or the user's own yearly rows: numbers, or objects with `year`, a rate by asset and `inflation`."""


class MomentsBody(Body):
    """Arithmetic mean and standard deviation of an asset's simple yearly return."""

    mean: Rate
    volatility: Rate


class CorrelationBody(Body):
    """The correlation of two assets."""

    first: Line
    second: Line
    value: Rate


class GlidePointBody(Body):
    """The allocation from `year` on."""

    year: Annotated[int, Field(ge=0, le=120)]
    allocation: Weights


class MarketBody(Body):
    """Returns, inflation and fees of a backtest or simulation."""

    allocation: Weights | None = None
    glide_path: Annotated[list[GlidePointBody], Field(max_length=120)] = Field(default_factory=list)
    rebalancing: Literal["every_step", "yearly", "never"] = "yearly"
    series: Series | None = None
    inflation: Inflation | None = None
    fee: Rate = _NOTHING
    fee_rule: Literal["multiply", "subtract"] = "multiply"

    def market(self) -> Market:
        """As the facade takes it."""
        process, rows = self.inflation, self.series
        drawn = process is not None and (process.volatility != 0 or process.persistence != 0)
        return Market(
            model="historical",
            allocation=self.allocation,
            glide_path=tuple(GlidePoint(year=point.year, allocation=point.allocation) for point in self.glide_path),
            rebalancing=self.rebalancing,
            series="us_annual" if rows == "us_annual" else None,
            rows=rows if isinstance(rows, tuple) else None,
            inflation=process.mean if process is not None and not drawn else None,
            inflation_process=InflationProcess(
                mean=process.mean, volatility=process.volatility, persistence=process.persistence
            )
            if process is not None and drawn
            else None,
            fee=self.fee,
            fee_rule=self.fee_rule,
        )


class DrawnMarketBody(MarketBody):
    """The same, with the model that returns are drawn from."""

    model: Model = "lognormal"
    mean: Rate | None = None
    volatility: Rate | None = None
    degrees: Number = Decimal(5)
    assets: Annotated[dict[Line, MomentsBody], Field(max_length=20)] | None = None
    correlations: Annotated[list[CorrelationBody], Field(max_length=200)] = Field(default_factory=list)
    block_length: Number = Decimal(10)

    def market(self) -> Market:
        """As the facade takes it."""
        assets = self.assets
        pairs = self.correlations
        return replace(
            super().market(),
            model=self.model,
            mean=self.mean,
            volatility=self.volatility,
            degrees=self.degrees,
            assets=None
            if assets is None
            else {name: Moments(mean=each.mean, volatility=each.volatility) for name, each in assets.items()},
            correlations=tuple(Correlation(first=each.first, second=each.second, value=each.value) for each in pairs),
            block_length=self.block_length,
        )
