"""A household's own simulation, backtest and search, filled in from its plan."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from finapp.fire.domain.flows import by_slot
from finapp.fire.domain.numbers import fire_number
from finapp.fire.domain.projection import project
from finapp.fire.domain.summary import request_of
from finapp.fire.public.inquiries import BacktestRequest, SolvedFor, SolveRequest
from finapp.fire.public.plan import Plan
from finapp.fire.public.projection import Flow
from finapp.fire.public.simulation import Market, SimulationRequest
from finapp.fire.public.strategy import Strategy, StrategyKind
from finapp.kernel.money import Rate, rounded

LAST_AGE = 95
SPENDING_YEARS = 30
_PRECISE = Decimal("0.000000000001")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the question may choose."""

    strategy: StrategyKind = "constant_real"
    years: int | None = None
    paths: int = 10_000
    seed: int = 1


def simulation(plan: Plan, choice: Choice) -> SimulationRequest | str:
    """Saving as the plan does until its independence date, then spending; from today to age 95.

    Without an age spending lasts 30 years. A plan that never arrives is run as if it retired at its retirement age, or
    today without one. Lognormal real returns whose median is the plan's real return. A text names what the plan lacks.
    """
    request = request_of(plan)
    if isinstance(request, str):
        return request
    wait = _wait(plan)
    years = choice.years or _years(plan, wait)
    volatility = plan.volatility.value or Decimal(0)
    return SimulationRequest(
        currency=plan.currency,
        as_of=plan.as_of,
        portfolio=request.invested,
        annual_spending=request.annual_expenses,
        years=years,
        market=Market(mean=_mean(request.real_return, volatility), volatility=volatility),
        paths=choice.paths,
        seed=choice.seed,
        strategy=Strategy(kind=choice.strategy),
        contributions=max(rounded(request.monthly_savings * 12, plan.currency), Decimal(0)),
        flows=tuple(_until_spending(request.saving_flows, plan.as_of, min(wait, years - 1))),
        retire_after_years=min(wait, years - 1),
        age=request.age,
    )


def backtest(plan: Plan, choice: Choice) -> BacktestRequest | str:
    """The plan's spending from exactly its independence number, on the built-in series, or what the plan lacks."""
    request = request_of(plan)
    if isinstance(request, str):
        return request
    capital = rounded(fire_number(request.annual_expenses, request.withdrawal_rate), plan.currency)
    return BacktestRequest(
        simulation=SimulationRequest(
            currency=plan.currency,
            as_of=plan.as_of,
            portfolio=capital,
            annual_spending=request.annual_expenses,
            years=choice.years or SPENDING_YEARS,
            market=Market(model="historical"),
            strategy=Strategy(kind=choice.strategy),
            age=None,
        )
    )


def search(plan: Plan, choice: Choice, solve_for: SolvedFor, success: Rate) -> SolveRequest | str:
    """The own simulation with one input left open, or what the plan lacks."""
    request = simulation(plan, choice)
    if isinstance(request, str):
        return request
    return SolveRequest(solve_for=solve_for, success=success, simulation=request)


def _until_spending(flows: Iterable[Flow], as_of: date, wait: int) -> Iterable[Flow]:
    """What joins the savings, up to the year in which spending begins."""
    for flow in flows:
        first = next((slot for slot, _ in by_slot(flow, as_of)), None)
        if first is not None and first < 12 * wait:
            yield replace(flow, to_year=wait - 1)


def _wait(plan: Plan) -> int:
    """Whole years until spending begins."""
    request = request_of(plan)
    found = None if isinstance(request, str) else project(request)
    if found is not None and found.months is not None and found.months < 12 * 60:
        return -(-found.months // 12)
    if plan.age.value is not None and plan.retirement_age.value is not None:
        return max(plan.retirement_age.value - plan.age.value, 0)
    return 0


def _years(plan: Plan, wait: int) -> int:
    if plan.age.value is None:
        return wait + SPENDING_YEARS
    return max(LAST_AGE - plan.age.value, wait + 1)


def _mean(median: Rate, volatility: Rate) -> Rate:
    """The arithmetic mean whose lognormal has this median growth: (1 + m)^4/((1 + m)^2 + s^2) = (1 + r)^2."""
    with localcontext(prec=40):
        square = (1 + median) ** 2
        root = (square**2 + 4 * square * volatility**2).sqrt()
        return (((square + root) / 2).sqrt() - 1).quantize(_PRECISE)
