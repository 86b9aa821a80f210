"""The figures of independence: summary, savings rate, runway."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

Status = Literal["reached", "on_course", "never"]
"""`reached`: the capital is there today. `on_course`: it comes after a known time. `never`: it does not come."""

Tier = Literal["today", "days", "months", "locked"]
"""How soon money can be spent."""


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One of the independence numbers and how far the household is from it."""

    number: Decimal | None
    """The capital that is needed."""
    number_reason: str | None
    progress: Rate | None
    """Invested capital as a share of it."""
    progress_reason: str | None
    status: Status | None
    status_reason: str | None
    months: int | None
    """Whole months until it is reached; 0 when it is."""
    months_reason: str | None
    date: dt.date | None
    date_reason: str | None


@dataclass(frozen=True, kw_only=True)
class DateRange:
    """Independence dates of simulated futures: by `early` one in ten has arrived, by `late` nine in ten."""

    early: dt.date | None
    early_reason: str | None
    median: dt.date | None
    median_reason: str | None
    late: dt.date | None
    late_reason: str | None
    share_reached: float
    """Share of the simulated futures that arrive within `horizon_years`."""
    horizon_years: int
    paths: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class SavingsRate:
    """How much of the income is kept."""

    as_of: dt.date
    currency: str
    savings_rate: Rate | None
    """(income - living cost - debt service)/income over a typical complete month."""
    savings_rate_reason: str | None
    including_principal: Rate | None
    """The same, counting repaid loan principal as saved; a second definition under its own name."""
    including_principal_reason: str | None
    income: Decimal | None
    expenses: Decimal | None
    debt_service: Decimal | None
    saved: Decimal | None
    months: int
    """Complete months behind it."""
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class TierCover:
    """How long the money of one tier, together with everything sooner available, lasts."""

    tier: Tier
    amount: Decimal
    cumulative: Decimal
    months: Rate | None
    months_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Runway:
    """How long the household can go on without income."""

    as_of: dt.date
    currency: str
    monthly_need: Decimal | None
    """Essential living cost plus contractual debt service."""
    monthly_need_reason: str | None
    liquid: Decimal | None
    """Everything but locked money."""
    liquid_reason: str | None
    by_tier: tuple[TierCover, ...]
    months: Rate | None
    months_reason: str | None
    runs_out_on: dt.date | None
    """`months` after `as_of`: whole months, and of the last one the same part of its days."""
    runs_out_on_reason: str | None
    target_months: Rate
    target: Decimal | None
    target_reason: str | None
    shortfall: Decimal | None
    """What is missing to the target; 0 when it is met."""
    shortfall_reason: str | None
    probability_lasts: float | None
    """Probability that the liquid money lasts the target months, monthly needs being independent and normal."""
    probability_lasts_reason: str | None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class RunwayRequest:
    """Inputs of a stateless runway. Amounts in one currency, not negative."""

    currency: str
    as_of: dt.date
    monthly_need: Decimal
    today: Decimal = Decimal(0)
    days: Decimal = Decimal(0)
    months: Decimal = Decimal(0)
    locked: Decimal = Decimal(0)
    annual_growth: Rate = Decimal(0)
    """Growth of the liquid money a year, compounded monthly; the need is paid at month ends."""
    target_months: Rate = Decimal(6)
    monthly_deviation: Decimal | None = None
    """Standard deviation of the monthly need; without it there is no probability."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """All independence figures of a household at one glance."""

    as_of: dt.date
    currency: str
    fire_number: Decimal | None
    fire_number_reason: str | None
    invested: Decimal | None
    invested_reason: str | None
    progress: Rate | None
    progress_reason: str | None
    status: Status | None
    status_reason: str | None
    months: int | None
    months_reason: str | None
    date: dt.date | None
    date_reason: str | None
    date_range: DateRange | None
    date_range_reason: str | None
    lean: Milestone
    regular: Milestone
    fat: Milestone
    coast: Milestone
    barista: Milestone
    savings_rate: Rate | None
    savings_rate_reason: str | None
    runway_months: Rate | None
    runway_months_reason: str | None
    basis: Basis
