"""Savings rate and runway of a household, from what its neighbours know."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from statistics import stdev

from finapp.fire.domain import numbers
from finapp.fire.domain.plan import Observed
from finapp.fire.domain.projection import shown
from finapp.fire.domain.runway import runway
from finapp.fire.public.numbers import Runway, RunwayRequest, SavingsRate, Tier
from finapp.fire.public.plan import PlanOverrides
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import Rate, rounded

VERSION = 1
TARGET_MONTHS = Decimal(6)
_MEASURED_FROM = 3
"""A deviation is measured on at least so many months."""


def savings_rate(observed: Observed, as_of: date) -> SavingsRate:
    """The share of income that is kept; beside it the variant that counts repaid principal as saved."""
    income, expenses, debt = observed.income.median, observed.expenses.median, observed.debt_service
    including, including_reason = _including_principal(observed)
    inputs = (
        Input(id="income", kind="figure", name="income", value=_text(income), source="/analytics/summary"),
        Input(id="expenses", kind="figure", name="living cost", value=_text(expenses), source="/analytics/summary"),
        Input(id="debt_service", kind="figure", name="debt service", value=_text(debt), source="/analytics/summary"),
    )
    formula = "(income - living cost - debt service)/income over all months used together"
    return SavingsRate(
        as_of=as_of,
        currency=observed.currency,
        savings_rate=observed.savings_rate,
        savings_rate_reason=observed.savings_rate_reason
        or (observed.reason if observed.savings_rate is None else None),
        including_principal=including,
        including_principal_reason=including_reason,
        income=income,
        expenses=expenses,
        debt_service=debt,
        saved=observed.saved.median,
        months=len(observed.months) if observed.complete else 0,
        basis=Basis(
            formula="fire.savings_rate",
            version=VERSION,
            assumptions={"including_principal": "(saved + instalment - outstanding x rate/12)/income, medians"},
            figures={"savings_rate": Figure(kind="formula", formula=formula, inputs=inputs)},
        ),
    )


def _including_principal(observed: Observed) -> tuple[Rate | None, str | None]:
    income, saved = observed.income.median, observed.saved.median
    if income is None or saved is None:
        return None, observed.reason or "no_months"
    if income <= 0:
        return None, "no_income"
    principal = Decimal(0)
    for loan in observed.loans:
        if loan.instalment is None or loan.annual_rate is None:
            return None, "no_schedule"
        principal += max(loan.instalment - loan.outstanding * loan.annual_rate / 12, Decimal(0))
    if not observed.loans and observed.debt_service:
        return None, "no_schedule"
    rate = numbers.savings_rate(income, income - saved - principal)
    return (None, "no_income") if rate is None else (shown(rate), None)


def household_runway(
    observed: Observed, own: PlanOverrides, tiers: Mapping[Tier, Decimal] | None, reason: str | None, as_of: date
) -> Runway:
    """Liquid money against essential living cost plus debt service. `tiers` is None, with its reason, when unknown."""
    essential = observed.essential.median if own.essential_expenses is None else own.essential_expenses / 12
    missing = reason if tiers is None else None
    if essential is None or observed.debt_service is None:
        missing = observed.reason or "no_months"
    if tiers is None or essential is None or observed.debt_service is None:
        return _unknown(observed, missing or "unknown", as_of)
    months = observed.essential_by_month
    measured = len(months) >= _MEASURED_FROM and observed.complete
    request = RunwayRequest(
        currency=observed.currency,
        as_of=as_of,
        # A month of net refunds needs nothing.
        monthly_need=max(essential + observed.debt_service, Decimal(0)),
        today=max(tiers.get("today", Decimal(0)), Decimal(0)),
        days=max(tiers.get("days", Decimal(0)), Decimal(0)),
        months=max(tiers.get("months", Decimal(0)), Decimal(0)),
        locked=max(tiers.get("locked", Decimal(0)), Decimal(0)),
        target_months=TARGET_MONTHS,
        monthly_deviation=_deviation(months, observed.currency) if measured else None,
    )
    return runway(request, source="derived")


@lru_cache(maxsize=64)
def _deviation(months: tuple[Decimal, ...], currency: str) -> Decimal:
    """How far single months lie from their mean. Kept: complete months seldom change."""
    return rounded(stdev(months), currency)


def _unknown(observed: Observed, reason: str, as_of: date) -> Runway:
    return Runway(
        as_of=as_of,
        currency=observed.currency,
        monthly_need=None,
        monthly_need_reason=reason,
        liquid=None,
        liquid_reason=reason,
        by_tier=(),
        months=None,
        months_reason=reason,
        runs_out_on=None,
        runs_out_on_reason=reason,
        target_months=TARGET_MONTHS,
        target=None,
        target_reason=reason,
        shortfall=None,
        shortfall_reason=reason,
        probability_lasts=None,
        probability_lasts_reason=reason,
        basis=Basis(formula="fire.runway", version=VERSION, assumptions={"missing": reason}),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
