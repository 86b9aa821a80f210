"""Simulated futures: many paths of returns under one spending rule."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from finapp.fire.public.projection import Flow
from finapp.fire.public.strategy import Strategy
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

Model = Literal["lognormal", "normal", "student_t", "bootstrap", "block_bootstrap", "historical"]


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Arithmetic mean and standard deviation of an asset's simple yearly return."""

    mean: Rate
    volatility: Rate


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """The correlation of two assets' returns; pairs that are not named are uncorrelated."""

    first: str
    second: str
    value: Rate


@dataclass(frozen=True, kw_only=True)
class GlidePoint:
    """The allocation from `year` on; between two points the shares move in a straight line."""

    year: int
    allocation: Mapping[str, Rate]


@dataclass(frozen=True, kw_only=True)
class SeriesRow:
    """One year of a series: returns by asset, and `inflation` where it is known (then the returns are nominal)."""

    label: str
    values: Mapping[str, Rate]


@dataclass(frozen=True, kw_only=True)
class InflationProcess:
    """Yearly inflation i = mean + persistence (i_before - mean) + volatility z, independent of returns."""

    mean: Rate
    volatility: Rate = Decimal(0)
    persistence: Rate = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Market:
    """What returns are drawn from."""

    model: Model = "lognormal"
    mean: Rate | None = None
    """Arithmetic mean of the simple yearly return: real, or nominal when an inflation is given."""
    volatility: Rate | None = None
    degrees: Rate = Decimal(5)
    """Degrees of freedom of student_t."""
    allocation: Mapping[str, Rate] | None = None
    glide_path: tuple[GlidePoint, ...] = ()
    rebalancing: Literal["every_step", "yearly", "never"] = "yearly"
    assets: Mapping[str, Moments] | None = None
    """Moments of each asset; without them they are measured on the series."""
    correlations: tuple[Correlation, ...] = ()
    block_length: Rate = Decimal(10)
    """Mean length in years of the blocks of block_bootstrap (stationary, circular)."""
    series: Literal["us_annual"] | None = None
    rows: tuple[SeriesRow, ...] | None = None
    """The user's own series; takes the place of `series`."""
    inflation: Rate | None = None
    inflation_process: InflationProcess | None = None
    fee: Rate = Decimal(0)
    fee_rule: Literal["multiply", "subtract"] = "multiply"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone whose life the money has to last: Gompertz mortality with a modal age at death."""

    age: Rate
    modal_age: Rate = Decimal(88)
    dispersion: Rate = Decimal(10)


@dataclass(frozen=True, kw_only=True)
class TaxRate:
    """The share of each withdrawal that goes to tax in the years that begin on or after `start` (None: from now)."""

    rate: Rate
    start: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """A part of the portfolio with its own taxes and lock. Accounts are drawn on in their order, open ones only."""

    amount: Decimal
    name: str = ""
    tax: tuple[TaxRate, ...] = ()
    """Dated shares of each withdrawal from it that go to tax."""
    locked_until: dt.date | None = None
    """Nothing can be drawn in years that begin before this day."""


@dataclass(frozen=True, kw_only=True)
class Earner:
    """Someone who adds to the portfolio in each of the first `years` years, also when spending has begun."""

    amount: Decimal
    """A year, in today's purchasing power."""
    years: int
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class SimulationRequest:
    """Inputs of a simulation, in real terms unless an inflation is given."""

    currency: str
    as_of: dt.date
    portfolio: Decimal
    annual_spending: Decimal | None
    years: int
    market: Market = field(default_factory=Market)
    steps_per_year: Literal[1, 12] = 1
    timing: Literal["start", "end"] = "start"
    paths: int = 10_000
    seed: int = 1
    strategy: Strategy = field(default_factory=Strategy)
    flows: tuple[Flow, ...] = ()
    contributions: Decimal = Decimal(0)
    """Added in each year before spending begins, in today's purchasing power; in every year when it begins at once."""
    retire_after_years: int = 0
    """Spending begins after so many years."""
    age: Rate | None = None
    people: tuple[Person, ...] = ()
    earners: tuple[Earner, ...] = ()
    """People with retirement dates of their own."""
    withdrawal_tax: tuple[TaxRate, ...] = ()
    """Dated shares of each withdrawal that go to tax: withdrawn = spent/(1 - tax)."""
    locked: Decimal = Decimal(0)
    """Part of the portfolio that cannot be spent before `locked_years` have passed."""
    locked_years: int = 0
    accounts: tuple[Account, ...] = ()
    """The portfolio by accounts, in the order in which they are drawn on; in place of `withdrawal_tax` and `locked`.
    What is added goes to the first open one."""
    minimum_spending: Decimal | None = None
    """A path also fails when its real spending of a year falls below this."""
    open_path: int | None = None
    """A path to be opened year by year, counted from 0."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A confidence interval of a probability."""

    low: float
    high: float
    confidence: float
    method: str


@dataclass(frozen=True, kw_only=True)
class Fan:
    """Percentiles by year. Keys `p5` ... `p95`; wealth has years + 1 entries (today first), spending has years."""

    wealth: Mapping[str, tuple[Decimal, ...]]
    spending: Mapping[str, tuple[Decimal, ...]]


@dataclass(frozen=True, kw_only=True)
class Depletion:
    """When failing paths fail: the number of whole years funded before the first that was not."""

    earliest: int
    p10: float
    median: float
    p90: float
    by_year: Mapping[str, int]
    """Years funded -> number of paths."""
    median_age: float | None
    median_age_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """What stays unpaid on failing paths, in the terms of the answer."""

    mean: Decimal
    median: Decimal
    p90: Decimal
    mean_share: float
    """Mean unpaid share of all spending that the rule wanted."""


@dataclass(frozen=True, kw_only=True)
class OpenedYear:
    """One year of an opened path."""

    year: int
    wealth: Decimal
    spending: Decimal
    unpaid: Decimal
    flows: Decimal
    growth: float
    """Portfolio growth factor of the year after fees."""
    inflation: float
    reasons: tuple[str, ...]
    """Which parts of the spending rule acted."""


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What the simulated futures say."""

    as_of: dt.date
    currency: str
    success_rate: float | None
    success_rate_reason: str | None
    """What the household's plan lacks; then nothing else is given either."""
    standard_error: float | None
    """sqrt(p(1 - p)/N)."""
    standard_error_reason: str | None
    interval: Interval | None
    """Wilson score interval, 95 %."""
    interval_reason: str | None
    paths: int
    years_funded: Mapping[str, float]
    """Percentiles of the whole years funded in full."""
    percentiles: Fan
    """Without a year where the plan lacks an input."""
    depletion_years: Depletion | None
    depletion_years_reason: str | None
    shortfall: Shortfall | None
    shortfall_reason: str | None
    lifetime_success_rate: float | None
    """Probability that the money outlives the people named."""
    lifetime_success_rate_reason: str | None
    opened: tuple[OpenedYear, ...] | None
    opened_reason: str | None
    seed: int
    conventions: Mapping[str, str]
    basis: Basis
