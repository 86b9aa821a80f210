"""The exact numbers of independence: target, time, coast, barista, runway, savings rate.

All rates are real annual decimal fractions unless a name says otherwise, all amounts in one currency and of
today's purchasing power. Results are unrounded; the caller rounds once, at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

from finapp.fire.public.numbers import Status

_WORKING = Context(prec=40, rounding=ROUND_HALF_EVEN)
_ON_THE_DOT = Decimal("1e-20")
"""A computed step count this close above a whole number is that whole number."""

P = ParamSpec("P")
R = TypeVar("R")


def _precisely(function: Callable[P, R]) -> Callable[P, R]:
    """Runs `function` with 40 significant digits, whatever the caller's decimal context is."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(_WORKING):
            return function(*args, **kwargs)

    return run


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """When a capital is reached, counted in steps (months or years) from today."""

    status: Status
    steps: int | None
    """Whole steps until the first step end at which the capital is there; 0 when reached, None when never."""
    exact: Decimal | None
    """The same as the real-valued solution of the growth formula; None when never."""


@_precisely
def step_rate(annual: Decimal, steps_per_year: int) -> Decimal:
    """The rate of one step that compounds to `annual`: (1 + annual)^(1/steps) - 1."""
    if steps_per_year == 1:
        return annual
    return (1 + annual) ** (Decimal(1) / steps_per_year) - 1


@_precisely
def real_return(nominal: Decimal, inflation: Decimal) -> Decimal:
    """(1 + nominal)/(1 + inflation) - 1: the exact real return, not the difference."""
    return (1 + nominal) / (1 + inflation) - 1


@_precisely
def fire_number(annual_expenses: Decimal, withdrawal_rate: Decimal, income: Decimal = Decimal(0)) -> Decimal:
    """(E - I)/w, floored at 0: the capital that carries spending E beside an income I that runs from day one.

    With w = 4 % this is 25 times the spending (Bengen 1994; Cooley, Hubbard and Walz 1998).
    """
    return max(annual_expenses - income, Decimal(0)) / withdrawal_rate


@_precisely
def progress(assets: Decimal, target: Decimal) -> Decimal | None:
    """assets/target, or None when the target is 0 (nothing is spent)."""
    return assets / target if target > 0 else None


@_precisely
def time_to(assets: Decimal, saving: Decimal, target: Decimal, rate: Decimal) -> Arrival:
    """When `assets`, growing at `rate` a step with `saving` added at each step's end, first reach `target`.

    n = ln((F r + S)/(A r + S))/ln(1 + r), and (F - A)/S at r = 0; reached when A >= F. It is never when the balance
    does not rise (A r + S <= 0), or when a negative return lets it converge below the target (F r + S <= 0).
    """
    if assets >= target:
        return Arrival(status="reached", steps=0, exact=Decimal(0))
    first_gain = assets * rate + saving
    last_gain = target * rate + saving
    if first_gain <= 0 or last_gain <= 0:
        return Arrival(status="never", steps=None, exact=None)
    exact = (target - assets) / saving if rate == 0 else (last_gain / first_gain).ln() / (1 + rate).ln()
    return Arrival(status="on_course", steps=whole_steps(exact), exact=exact)


def whole_steps(exact: Decimal) -> int:
    """The first whole step at or after `exact`."""
    return max(1, int((exact - _ON_THE_DOT).to_integral_value(rounding=ROUND_CEILING)))


@_precisely
def coast_number(target: Decimal, rate: Decimal, years: Decimal) -> Decimal:
    """F/(1 + r)^n: the capital that grows to the target in n years without another contribution."""
    return target / (1 + rate) ** years


@_precisely
def time_to_coast(assets: Decimal, saving: Decimal, coast: Decimal, rate: Decimal, steps: int) -> Arrival:
    """When saving can stop: the first step at which growth alone reaches the target after `steps` in all.

    `coast` is the coast number of today. Reached when A >= C; else n = -ln(1 - r (C - A)/S)/ln(1 + r), (C - A)/S at
    r = 0; never when saving does not get there within `steps`.
    """
    if assets >= coast:
        return Arrival(status="reached", steps=0, exact=Decimal(0))
    left = 1 - rate * (coast - assets) / saving if saving > 0 else Decimal(0)
    if left <= 0:
        return Arrival(status="never", steps=None, exact=None)
    exact = (coast - assets) / saving if rate == 0 else -left.ln() / (1 + rate).ln()
    if exact > steps:
        return Arrival(status="never", steps=None, exact=None)
    return Arrival(status="on_course", steps=whole_steps(exact), exact=exact)


@_precisely
def grown(assets: Decimal, saving: Decimal, rate: Decimal, steps: int) -> Decimal:
    """The balance after `steps` with `saving` at each step's end: A q^n + S (q^n - 1)/r."""
    if rate == 0:
        return assets + saving * steps
    factor = (1 + rate) ** steps
    return assets * factor + saving * (factor - 1) / rate


@_precisely
def annuity_due(capital: Decimal, rate: Decimal, payments: int, final: Decimal = Decimal(0)) -> Decimal:
    """The level payment at the start of each of n periods that leaves `final` after the last.

    W = r (P q^n - B)/((q^n - 1) q) with q = 1 + r; (P - B)/n at 0.
    """
    if rate == 0:
        return (capital - final) / payments
    factor = (1 + rate) ** payments
    return rate * (capital * factor - final) / ((factor - 1) * (1 + rate))


@_precisely
def runway_months(
    liquid: Decimal, monthly_need: Decimal, monthly_rate: Decimal = Decimal(0)
) -> tuple[Decimal | None, str | None]:
    """Months that `liquid` covers `monthly_need` paid at month ends, with the reason when there is no such number.

    L/E without growth, else -ln(1 - L i/E)/ln(1 + i). `no_need` when nothing has to be paid, `never_runs_out` when the
    growth alone pays the need (L i >= E).
    """
    if monthly_need <= 0:
        return None, "no_need"
    if monthly_rate == 0:
        return liquid / monthly_need, None
    left = 1 - liquid * monthly_rate / monthly_need
    if left <= 0:
        return None, "never_runs_out"
    return -left.ln() / (1 + monthly_rate).ln(), None


@_precisely
def savings_rate(income: Decimal, spent: Decimal) -> Decimal | None:
    """(income - spent)/income, where spent is living cost and debt service; None when there is no income."""
    return (income - spent) / income if income > 0 else None
