"""Answers of a household whose plan lacks an input: nothing but the reason."""

from finapp.fire.public.inquiries import Backtest, Solution, SolvedFor
from finapp.fire.public.plan import Plan
from finapp.fire.public.simulation import Fan, Simulation
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate, quantum

VERSION = 1
NO_YEARS = Fan(wealth={}, spending={})


def simulation(plan: Plan, reason: str, seed: int) -> Simulation:
    """No simulation, and why."""
    return Simulation(
        as_of=plan.as_of,
        currency=plan.currency,
        success_rate=None,
        success_rate_reason=reason,
        standard_error=None,
        standard_error_reason=reason,
        interval=None,
        interval_reason=reason,
        paths=0,
        years_funded={},
        percentiles=NO_YEARS,
        depletion_years=None,
        depletion_years_reason=reason,
        shortfall=None,
        shortfall_reason=reason,
        lifetime_success_rate=None,
        lifetime_success_rate_reason=reason,
        opened=None,
        opened_reason=reason,
        seed=seed,
        conventions={},
        basis=_basis("fire.simulation", reason),
    )


def backtest(plan: Plan, reason: str) -> Backtest:
    """No backtest, and why."""
    return Backtest(
        as_of=plan.as_of,
        currency=plan.currency,
        success_rate=None,
        success_rate_reason=reason,
        cohorts=(),
        excluded=0,
        excluded_starts=(),
        safemax=None,
        safemax_reason=reason,
        safemax_spending=None,
        safemax_spending_reason=reason,
        worst=None,
        worst_reason=reason,
        percentiles=NO_YEARS,
        table=(),
        conventions={},
        basis=_basis("fire.backtest", reason),
    )


def solution(plan: Plan, reason: str, solve_for: SolvedFor, success: Rate, seed: int) -> Solution:
    """No solution, and why."""
    return Solution(
        as_of=plan.as_of,
        currency=plan.currency,
        solved_for=solve_for,
        value=None,
        value_reason=reason,
        unit="years" if solve_for == "retirement_age" else "money",
        success=success,
        success_rate=None,
        success_rate_reason=reason,
        standard_error=None,
        standard_error_reason=reason,
        interval=None,
        interval_reason=reason,
        tolerance=quantum(plan.currency),
        evaluations=0,
        seed=seed,
        conventions={},
        basis=_basis("fire.solve", reason),
    )


def _basis(formula: str, reason: str) -> Basis:
    return Basis(formula=formula, version=VERSION, assumptions={"missing": reason})
