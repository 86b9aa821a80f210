"""A simulation from request to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from finapp.fire.domain import engine, flows, markets, statistics
from finapp.fire.domain.engine import Outcome, Scenario
from finapp.fire.domain.portfolio import Course, MarketYear, Remembered
from finapp.fire.domain.returns import Floats
from finapp.fire.domain.series import Series
from finapp.fire.domain.strategies import Rule, Setting, described, rule
from finapp.fire.domain.strategies.base import Amount
from finapp.fire.public.simulation import OpenedYear, Simulation, SimulationRequest
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import exponent, quantum

VERSION = 1
MOST_PATHS = 200_000
MOST_YEARS = 100
MOST_DRAWS = 75_000_000
"""Paths x years x steps: about three seconds of one core."""
MOST_CELLS = 12_000_000
"""Paths x years: about 300 MB."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A request turned into what the engine runs."""

    request: SimulationRequest
    scenario: Scenario
    market: markets.Prepared
    setting: Setting
    rule: Callable[[], Rule]
    conventions: Mapping[str, str]

    def run(self, course: Course | None = None, spending: Amount | None = None) -> Outcome:
        """Runs the scenario on its market, or on another course, or with another first year's spending."""
        make = self.rule
        if spending is not None:
            make = rule(self.request.strategy, replace(self.setting, spending=spending))
        return engine.run(self.scenario, course or self.market.course, make)


def simulate(request: SimulationRequest, built_in: Series) -> Simulation:
    """Success, fans, depletion and shortfall of the paths; the same request gives the same answer. Raises Invalid."""
    ready = prepare(request, built_in)
    outcome = ready.run()
    return _answer(ready, outcome)


def prepare(request: SimulationRequest, built_in: Series) -> Ready:
    """Checks the request and builds its market, scenario and rule. Raises Invalid, naming the field."""
    check(request)
    steps = request.steps_per_year
    size = markets.Size(years=request.years, steps=steps, paths=request.paths, seed=request.seed)
    market = markets.prepare(request.market, size, built_in)
    # History has its own number of paths: one for each start.
    _between("open_path", request.open_path, 0, market.course.paths - 1)
    scenario = _scenario(request, market.nominal)
    spending = None if request.annual_spending is None else float(request.annual_spending)
    setting = Setting(
        spending=spending,
        years=request.years - request.retire_after_years,
        age=None if request.age is None else float(request.age) + request.retire_after_years,
        stock_share=market.stock_share,
        expected_growth=market.expected_growth,
        income=scenario.real_flows[request.retire_after_years :].sum(axis=1),
    )
    return Ready(
        request=request,
        scenario=scenario,
        market=market,
        setting=setting,
        rule=rule(request.strategy, setting),
        conventions={
            **_conventions(request),
            **market.conventions,
            **described(request.strategy, setting),
            **_nominal_note(request, market),
        },
    )


def check(request: SimulationRequest) -> None:
    """Raises Invalid for a number outside its range, and for more work than the stated budget."""
    for name in ("portfolio", "annual_spending", "contributions", "locked", "minimum_spending"):
        value = getattr(request, name)
        if value is not None and value < 0:
            raise Invalid(name, "must not be negative")
    _between("years", request.years, 1, MOST_YEARS)
    _between("paths", request.paths, 1, MOST_PATHS)
    _between("seed", request.seed, 0, 2**63 - 1)
    _between("retire_after_years", request.retire_after_years, 0, request.years - 1)
    _between("locked_years", request.locked_years, 0, MOST_YEARS)
    _between("withdrawal_tax", request.withdrawal_tax, 0, Decimal("0.9"))
    _between("age", request.age, 0, 120)
    if request.locked > request.portfolio:
        raise Invalid("locked", "must not be larger than the portfolio")
    assets = max(1, len(request.market.allocation or ()))
    draws = request.paths * request.years * request.steps_per_year * assets
    if draws > MOST_DRAWS:
        raise Invalid(
            "paths", f"paths x years x steps_per_year x assets is {draws:,}, more than the limit of {MOST_DRAWS:,}"
        )
    if request.paths * request.years > MOST_CELLS:
        raise Invalid("paths", f"paths x years is more than the limit of {MOST_CELLS:,}")
    for number, flow in enumerate(request.flows):
        flows.check(flow, request.as_of, f"flows.{number}")
    for number, person in enumerate(request.people):
        _between(f"people.{number}.age", person.age, 0, 120)
        _between(f"people.{number}.modal_age", person.modal_age, 50, 120)
        _between(f"people.{number}.dispersion", person.dispersion, 1, 50)


def _between(field: str, value: Decimal | int | None, low: Decimal | int, high: Decimal | int) -> None:
    if value is not None and not low <= value <= high:
        raise Invalid(field, f"must be between {low} and {high}")


def _scenario(request: SimulationRequest, nominal: bool) -> Scenario:
    steps, shape = request.steps_per_year, (request.years, request.steps_per_year)
    real, of_the_day = np.zeros(shape), np.zeros(shape)
    for flow in request.flows:
        target = real if flow.real else of_the_day
        for slot, amount in flows.by_slot(flow, request.as_of, request.years * 12):
            year, month = divmod(slot, 12)
            target[year, month if steps == 12 else 0] += float(amount)
    saving = request.retire_after_years or request.years
    real[:saving] += float(request.contributions) / steps
    return Scenario(
        portfolio=float(request.portfolio),
        years=request.years,
        steps=steps,
        at_start=request.timing == "start",
        retire=request.retire_after_years,
        real_flows=real,
        nominal_flows=of_the_day,
        tax=float(request.withdrawal_tax),
        locked=float(request.locked) if request.locked_years else 0.0,
        locked_years=request.locked_years,
        minimum=float(request.minimum_spending or 0),
        nominal=nominal,
        tolerance=float(quantum(request.currency)) / 2,
    )


def _conventions(request: SimulationRequest) -> dict[str, str]:
    monthly = request.steps_per_year == 12
    return {
        "timing": request.timing,
        "withdrawals": f"at the {request.timing} of each {'month' if monthly else 'year'}",
        "steps_per_year": str(request.steps_per_year),
        "spending_decided": "at the start of each year, paid in twelve parts" if monthly else "when it is paid",
        "contributions": "none" if not request.contributions else "at the same moment as withdrawals",
        "retire_after_years": str(request.retire_after_years),
        "withdrawal_tax": str(request.withdrawal_tax),
        "success": "every withdrawal of the horizon is paid in full"
        + ("" if request.minimum_spending is None else f", and spending stays at or above {request.minimum_spending}"),
        "years_funded": "whole years before the first that is not paid in full",
        "wealth": "after the year's withdrawals and growth",
        "generator": "numpy PCG64",
    }


_COMPARES_NOMINAL = ("guyton_klinger", "ratchet", "ninety_five")


def _nominal_note(request: SimulationRequest, market: markets.Prepared) -> dict[str, str]:
    """Some published rules compare amounts of different years as they stand: without prices that means real ones."""
    if request.strategy.kind not in _COMPARES_NOMINAL or market.has_prices:
        return {}
    return {"strategy.note": "the market has no inflation, so the rule's nominal comparisons are real ones"}


def to_money(currency: str) -> Callable[[float], Decimal]:
    """Rounds a simulated float half-even to the minor unit of a currency."""
    places = exponent(currency)
    return lambda value: Decimal(f"{value:.{places}f}") + 0


def _answer(ready: Ready, outcome: Outcome) -> Simulation:
    request, count = ready.request, ready.market.course.paths
    money = to_money(request.currency)
    successes = int(outcome.success.sum())
    share = successes / count
    # Cohorts overlap: their share is a fact about history, not an estimate with a sampling error.
    sampled = request.market.model != "historical"
    age = None if request.age is None else float(request.age)
    failing = depletion_reason = None
    if successes == count:
        depletion_reason = "no_failure"
    else:
        failing = statistics.depletion(outcome, age)
    opened, opened_reason = _opened(ready)
    return Simulation(
        as_of=request.as_of,
        currency=request.currency,
        success_rate=share,
        standard_error=statistics.standard_error(share, count) if sampled else None,
        standard_error_reason=None if sampled else "cohorts_overlap",
        interval=statistics.wilson(successes, count) if sampled else None,
        interval_reason=None if sampled else "cohorts_overlap",
        paths=count,
        years_funded=statistics.years_funded(outcome),
        percentiles=statistics.fan(outcome, money),
        depletion_years=failing,
        depletion_years_reason=depletion_reason,
        shortfall=statistics.shortfall(outcome, money),
        shortfall_reason=depletion_reason,
        lifetime_success_rate=statistics.lifetime_success(outcome, request.people) if request.people else None,
        lifetime_success_rate_reason=None if request.people else "no_people",
        opened=opened,
        opened_reason=opened_reason,
        seed=request.seed,
        conventions=ready.conventions,
        basis=_basis(ready),
    )


def _opened(ready: Ready) -> tuple[tuple[OpenedYear, ...] | None, str | None]:
    """The chosen path run once more by itself, with the reasons of the rule."""
    request = ready.request
    if request.open_path is None:
        return None, "not_asked"
    course = only(ready.market.course, request.open_path, request.years)
    trace = engine.run(ready.scenario, course, ready.rule, explain=True).trace
    money = to_money(request.currency)
    years = [
        OpenedYear(
            year=number,
            wealth=money(year.wealth),
            spending=money(year.spending),
            unpaid=money(year.unpaid),
            flows=money(year.flows),
            growth=year.growth,
            inflation=year.inflation,
            reasons=year.reasons,
        )
        for number, year in enumerate(trace)
    ]
    return tuple(years), None


def only(course: Course, path: int, years: int) -> Remembered:
    """One path of a course."""
    kept: list[MarketYear] = []
    for _, year in zip(range(years), course.years(), strict=False):
        inflation = year.inflation
        one: float | Floats = inflation if isinstance(inflation, float) else inflation[path : path + 1]
        kept.append(replace(year, growth=year.growth[:, path : path + 1], inflation=one))
    return Remembered(tuple(kept), 1)


def _basis(ready: Ready) -> Basis:
    request = ready.request
    names = ("portfolio", "annual_spending", "years", "paths", "seed")
    inputs = tuple(
        Input(id=name, kind="assumption", name=name, value=_text(getattr(request, name)), source="request")
        for name in names
    )
    figure = Figure(kind="formula", formula="paths paid in full / paths", inputs=inputs)
    return Basis(
        formula="fire.simulation", version=VERSION, assumptions=ready.conventions, figures={"success_rate": figure}
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
