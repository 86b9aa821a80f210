"""Backtests on history, solving for an input, and what moves the date."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.fire.public.numbers import Status
from finapp.fire.public.projection import ProjectionRequest
from finapp.fire.public.simulation import Fan, Interval, SimulationRequest
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class TableRequest:
    """The table that the literature prints: first-year rates, shares of stocks (the rest in bonds), horizons."""

    rates: tuple[Rate, ...]
    stock_shares: tuple[Rate, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class BacktestRequest:
    """A simulation on history: its market's model is `historical`. `table` asks for success by rate and allocation."""

    simulation: SimulationRequest
    table: TableRequest | None = None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """One starting year of history. `final` and `safemax_spending` are in the terms of the answer."""

    start: str
    success: bool
    years_funded: int
    final: Decimal
    lowest_spending: Decimal
    """The least spending of a year."""
    safemax: Rate | None
    """The largest first-year spending, as a share of the portfolio, with which this start succeeds."""
    safemax_reason: str | None


@dataclass(frozen=True, kw_only=True)
class TableCell:
    """Success of one combination; None when no start has so many years."""

    years: int
    stock_share: Rate
    rate: Rate
    success_rate: float | None
    success_rate_reason: str | None
    cohorts: int


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """How a plan would have fared from every start of a series."""

    as_of: dt.date
    currency: str
    success_rate: float | None
    success_rate_reason: str | None
    """What the household's plan lacks; then nothing else is given either."""
    cohorts: tuple[Cohort, ...]
    excluded: int
    """Starts without a complete horizon: neither success nor failure."""
    excluded_starts: tuple[str, ...]
    safemax: Rate | None
    """The largest first-year spending, as a share of the portfolio, with which every start succeeds."""
    safemax_reason: str | None
    safemax_spending: Decimal | None
    safemax_spending_reason: str | None
    worst: Cohort | None
    """The start with the lowest safemax; without one, the first to run dry or the poorest at the end."""
    worst_reason: str | None
    percentiles: Fan
    """Without a year where the plan lacks an input."""
    table: tuple[TableCell, ...]
    conventions: Mapping[str, str]
    basis: Basis


SolvedFor = Literal["spending", "portfolio", "retirement_age", "savings"]


@dataclass(frozen=True, kw_only=True)
class SolveRequest:
    """What to look for, and the success it must have."""

    solve_for: SolvedFor
    success: Rate
    simulation: SimulationRequest


@dataclass(frozen=True, kw_only=True)
class Solution:
    """The input at which the wanted success is just met."""

    as_of: dt.date
    currency: str
    solved_for: SolvedFor
    value: Decimal | None
    """An amount of the currency, or an age in years."""
    value_reason: str | None
    unit: Literal["money", "years"]
    success: Rate
    """What was wanted."""
    success_rate: float | None
    """What the value reaches, on the same paths."""
    success_rate_reason: str | None
    standard_error: float | None
    standard_error_reason: str | None
    interval: Interval | None
    interval_reason: str | None
    tolerance: Decimal
    """One such step in the hopeful direction misses the wanted success."""
    evaluations: int
    seed: int
    conventions: Mapping[str, str]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class LeversRequest:
    """A projection, and the monthly income that one percent of is saved more."""

    projection: ProjectionRequest
    monthly_income: Decimal | None = None


LeverName = Literal[
    "save_more", "spend_less", "higher_return", "lower_fee", "lump_sum", "freed_instalments", "one_more_year"
]


@dataclass(frozen=True, kw_only=True)
class LeverValue:
    """A value that the sentence of a lever names: `money` in units of its currency, `of` what; a year or a month as
    `every` says, once when it is None."""

    amount: Decimal
    currency: str
    every: Literal["month", "year"] | None = None
    of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One change of the plan, computed anew, and what it does to the date."""

    name: LeverName
    """Names the sentence too, so that a page can say it in its own language with `values`."""
    change: str
    """What is changed, in English with the amounts used."""
    values: tuple[LeverValue, ...]
    """The amounts that the sentence names, to be formatted where they are shown."""
    rank: int
    status: Status
    months: int | None
    months_reason: str | None
    months_saved: Rate | None
    """Months earlier than without it; negative is later. Real-valued, to rank small differences."""
    months_saved_reason: str | None
    date: dt.date | None
    date_reason: str | None
    annual_spending: Decimal
    """What the capital on that date carries."""


@dataclass(frozen=True, kw_only=True)
class Levers:
    """What moves the independence date most, most first."""

    as_of: dt.date
    currency: str
    status: Status | None
    status_reason: str | None
    months: int | None
    months_reason: str | None
    date: dt.date | None
    date_reason: str | None
    levers: tuple[Lever, ...]
    basis: Basis
