"""The deterministic projection: one path at a fixed real return."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.fire.public.numbers import Status
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money that comes (positive) or goes (negative) beside saving and spending.

    Once on `date`, or repeated `every` month or year from `start` until `end` (both included; no `end`: for good).
    `year`, `from_year` and `to_year` say the same as whole years from today (0 is the first year).
    """

    amount: Decimal
    name: str = ""
    date: dt.date | None = None
    year: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    from_year: int | None = None
    to_year: int | None = None
    every: Literal["month", "year"] = "year"
    real: bool = True
    """True: in today's purchasing power. False: in money of its day, which inflation thins out."""
    growth: Rate = Decimal(0)
    """Its own yearly growth, on top of inflation when `real`."""


@dataclass(frozen=True, kw_only=True)
class ProjectionRequest:
    """Inputs of a projection in today's purchasing power. Amounts but savings and flows are not negative."""

    currency: str
    as_of: dt.date
    invested: Decimal
    monthly_savings: Decimal
    annual_expenses: Decimal
    real_return: Rate
    withdrawal_rate: Rate = Decimal("0.04")
    inflation: Rate = Decimal(0)
    """Thins out the flows that are not `real`; changes nothing else."""
    steps_per_year: Literal[1, 12] = 12
    flows: tuple[Flow, ...] = ()
    saving_flows: tuple[Flow, ...] = ()
    """What joins the savings until independence, such as the instalments of loans that end: never a part of the
    number, because it is not there afterwards."""
    age: Rate | None = None
    retirement_age: Rate | None = None
    part_time_income: Decimal | None = None
    """A year's part-time income, for the barista number."""


@dataclass(frozen=True, kw_only=True)
class PathPoint:
    """The state at the end of `month` months from today."""

    month: int
    date: dt.date
    invested: Decimal
    contributed: Decimal
    """Savings and flows paid in since today."""
    growth: Decimal
    """What returns have added since today."""


@dataclass(frozen=True, kw_only=True)
class Projection:
    """When the capital suffices, and the way there."""

    as_of: dt.date
    currency: str
    fire_number: Decimal | None
    fire_number_reason: str | None
    progress: Rate | None
    progress_reason: str | None
    status: Status | None
    status_reason: str | None
    months: int | None
    months_reason: str | None
    months_exact: Rate | None
    """The real-valued solution of the growth formula, in months."""
    months_exact_reason: str | None
    date: dt.date | None
    date_reason: str | None
    coast_number: Decimal | None
    """Capital that grows to the number by the retirement age without further saving."""
    coast_number_reason: str | None
    coast_reached: bool | None
    coast_reached_reason: str | None
    barista_number: Decimal | None
    barista_number_reason: str | None
    path: tuple[PathPoint, ...]
    """Today, every year end, and the month of arrival; up to the arrival or the retirement age, at most 60 years."""
    basis: Basis
