"""Answers of reports that have nothing to work on: the same shapes, with the reason in place of figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.reports.public.forecast import CashForecast
from finapp.reports.public.prepayment import LoanPrepayment
from finapp.reports.public.recurring import RecurringPayments
from finapp.reports.public.sweep import SalarySweep, Shortfall


def loan_prepayment(currency: str, as_of: date, reason: str = "no_loans") -> LoanPrepayment:
    """No loan of the household has a rate and an instalment that repays it."""
    return LoanPrepayment(
        as_of=as_of,
        basis=Basis(formula="reports.loan_prepayment", version=1),
        currency=currency,
        strategies=(),
        best=None,
        best_reason=reason,
        lower_bound=None,
        lower_bound_reason=reason,
        gap=None,
        gap_reason=reason,
    )


def recurring_payments(found: RecurringPayments) -> RecurringPayments:
    """Every row is in another currency than the household's: its totals are unknown, not nothing."""
    reason: Literal["other_currency"] = "other_currency"
    return replace(found, monthly_in=None, monthly_in_reason=reason, monthly_out=None, monthly_out_reason=reason)


def cash_forecast(currency: str, as_of: date, reason: str) -> CashForecast:
    """The ledger has no account that holds money, or none in the household's currency."""
    return CashForecast(
        as_of=as_of,
        basis=Basis(formula="reports.cash_forecast", version=1),
        currency=currency,
        band=Decimal("0.8"),
        accounts=(),
        monthly=(),
        previous_reason=reason,
    )


def salary_sweep(
    currency: str, as_of: date, reason: str, *, basis: Basis | None = None, shortfall: Shortfall | None = None
) -> SalarySweep:
    """No plan: nothing to sweep, or (with a shortfall) too little money on some day."""
    return SalarySweep(
        as_of=as_of,
        basis=basis or Basis(formula="reports.salary_sweep", version=1),
        currency=currency,
        feasible=False,
        shortfall=shortfall,
        scenarios=(),
        best=None,
        best_reason=reason,
        interest=None,
        interest_reason=reason,
        gain=None,
        gain_reason=reason,
        lower_bound=None,
        lower_bound_reason=reason,
        upper_bound=None,
        upper_bound_reason=reason,
        gap=None,
        gap_reason=reason,
    )
