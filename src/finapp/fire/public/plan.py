"""The plan: what independence is computed from, each assumption with where it came from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.events import Event
from finapp.kernel.money import Rate
from finapp.kernel.months import Month

Origin = Literal["own", "derived"]
"""`own`: the household said so. `derived`: computed from its data, or the product's stated default."""

Confidence = Literal["high", "medium", "low", "none"]
"""How far a derived value can be trusted: by the number of complete months and their spread."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why a derived value is what it is."""

    source: Literal["months", "valuations", "default", "own", "none"]
    detail: str
    """In words: which reading, which rule, which publication."""
    months: int | None = None
    """Complete months the value rests on; None when it does not rest on months."""
    first: Month | None = None
    last: Month | None = None
    confidence: Confidence = "none"


@dataclass(frozen=True, kw_only=True)
class MoneyAssumption:
    """An amount the plan rests on, in the household's currency."""

    value: Decimal | None
    value_reason: str | None
    origin: Origin
    derived: Decimal | None
    """What the household's data says, also when its own word overrides it."""
    low: Decimal | None
    """The 10th percentile of the complete months, scaled like the value; None where months do not tell."""
    high: Decimal | None
    """The 90th percentile of the same."""
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class RateAssumption:
    """A rate or share the plan rests on, as a decimal fraction a year unless its name says otherwise."""

    value: Rate | None
    value_reason: str | None
    origin: Origin
    derived: Rate | None
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class AgeAssumption:
    """An age in whole years."""

    value: int | None
    value_reason: str | None
    origin: Origin
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class EndingLoan:
    """A loan of the household and the month in which its instalment ends."""

    liability_id: str
    name: str
    outstanding: Decimal
    instalment: Decimal | None
    annual_rate: Rate | None
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything the independence figures of a household rest on."""

    as_of: date
    currency: str
    annual_expenses: MoneyAssumption
    essential_expenses: MoneyAssumption
    """The part of a year's living cost that is essential: the lean number rests on it."""
    monthly_income: MoneyAssumption
    monthly_savings: MoneyAssumption
    """What is added to the invested capital in a month: income - living cost - debt service, signed."""
    invested: MoneyAssumption
    part_time_income: MoneyAssumption
    """A year's income from the part-time job of the barista number."""
    withdrawal_rate: RateAssumption
    real_return: RateAssumption
    volatility: RateAssumption
    fat_factor: RateAssumption
    """The fat number's spending as a multiple of the regular."""
    age: AgeAssumption
    retirement_age: AgeAssumption
    loans: tuple[EndingLoan, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class PlanOverrides:
    """The household's own words. What is None is derived from its data."""

    annual_expenses: Decimal | None = None
    essential_expenses: Decimal | None = None
    monthly_income: Decimal | None = None
    monthly_savings: Decimal | None = None
    invested: Decimal | None = None
    part_time_income: Decimal | None = None
    withdrawal_rate: Rate | None = None
    real_return: Rate | None = None
    volatility: Rate | None = None
    fat_factor: Rate | None = None
    birth_year: int | None = None
    retirement_age: int | None = None

    def __post_init__(self) -> None:
        for name in ("annual_expenses", "essential_expenses", "monthly_income", "invested", "part_time_income"):
            _within(name, getattr(self, name), Decimal(0), None)
        _within("withdrawal_rate", self.withdrawal_rate, Decimal("0.001"), Decimal(1))
        _within("real_return", self.real_return, Decimal("-0.5"), Decimal("0.5"))
        _within("volatility", self.volatility, Decimal(0), Decimal(1))
        _within("fat_factor", self.fat_factor, Decimal(1), Decimal(10))
        _within("birth_year", self.birth_year, 1900, 2100)
        _within("retirement_age", self.retirement_age, 1, 120)


def _within(field: str, value: Decimal | int | None, low: Decimal | int, high: Decimal | int | None) -> None:
    if value is None:
        return
    if isinstance(value, Decimal) and not value.is_finite():
        raise Invalid(field, "must be a finite number")
    if value < low:
        raise Invalid(field, f"must be at least {low}")
    if high is not None and value > high:
        raise Invalid(field, f"must be at most {high}")


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Event):
    """The household changed its own assumptions."""
