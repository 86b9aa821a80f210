"""A simulation from request to answer."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

import numpy as np

from finapp.fire.domain import engine, flows, limits, markets, stated, statistics
from finapp.fire.domain.engine import Outcome, Purse, Scenario
from finapp.fire.domain.portfolio import Course, MarketYear, Remembered
from finapp.fire.domain.returns import Floats
from finapp.fire.domain.series import Series
from finapp.fire.domain.strategies import Rule, Setting, described, rule
from finapp.fire.domain.strategies.base import Amount
from finapp.fire.public.simulation import Account, OpenedYear, Simulation, SimulationRequest, TaxRate
from finapp.kernel.basis import Basis
from finapp.kernel.money import exponent, quantum
from finapp.kernel.months import add_months

VERSION = 1


class Keep(Protocol):
    """Where courses are kept that were drawn."""

    def __call__(self, key: Hashable, course: Course, *, years: int, steps: int) -> Course:
        """The years of a course that is drawn from all that the key names."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A request turned into what the engine runs."""

    request: SimulationRequest
    scenario: Scenario
    market: markets.Prepared
    setting: Setting
    rule: Callable[[], Rule]
    conventions: Mapping[str, str]

    def course(self, keep: Keep | None) -> Course:
        """The years of its market, as `keep` has them."""
        if keep is None:
            return self.market.course
        asked = self.request
        drawn_from = (repr(asked.market), asked.years, asked.steps_per_year, asked.paths, asked.seed)
        return keep(drawn_from, self.market.course, years=asked.years, steps=asked.steps_per_year)

    def run(self, course: Course | None = None, spending: Amount | None = None) -> Outcome:
        """Runs the scenario on its market, or on another course, or with another first year's spending."""
        make = self.rule
        if spending is not None:
            make = rule(self.request.strategy, replace(self.setting, spending=spending))
        return engine.run(self.scenario, course or self.market.course, make)


def simulate(request: SimulationRequest, built_in: Series, keep: Keep | None = None) -> Simulation:
    """Success, fans, depletion and shortfall of the paths; the same request gives the same answer. Raises Invalid.

    `keep` may have the market's course drawn already.
    """
    ready = prepare(request, built_in)
    return _answer(ready, ready.run(ready.course(keep)))


def prepare(request: SimulationRequest, built_in: Series) -> Ready:
    """Checks the request and builds its market, scenario and rule. Raises Invalid, naming the field."""
    limits.check(request)
    steps = request.steps_per_year
    size = markets.Size(years=request.years, steps=steps, paths=request.paths, seed=request.seed)
    market = markets.prepare(request.market, size, built_in)
    # History has its own number of paths: one for each start.
    limits.between("open_path", request.open_path, 0, market.course.paths - 1)
    scenario = _scenario(request, market.nominal)
    spending = None if request.annual_spending is None else float(request.annual_spending)
    setting = Setting(
        spending=spending,
        years=request.years - request.retire_after_years,
        age=None if request.age is None else float(request.age) + request.retire_after_years,
        stock_share=market.stock_share,
        expected_growth=market.expected_growth,
        has_cape=market.has_cape,
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
    for earner in request.earners:
        real[: earner.years] += float(earner.amount) / steps
    return Scenario(
        portfolio=float(request.portfolio),
        years=request.years,
        steps=steps,
        at_start=request.timing == "start",
        retire=request.retire_after_years,
        real_flows=real,
        nominal_flows=of_the_day,
        tax=_taxes(request, request.withdrawal_tax),
        locked=float(request.locked) if request.locked_years else 0.0,
        locked_years=request.locked_years,
        purses=tuple(
            Purse(amount=float(account.amount), tax=_taxes(request, account.tax), opens=_opens(request, account))
            for account in request.accounts
        ),
        minimum=float(request.minimum_spending or 0),
        nominal=nominal,
        tolerance=float(quantum(request.currency)) / 2,
    )


def _opens(request: SimulationRequest, account: Account) -> int:
    """The first year that begins when the account is open."""
    until = account.locked_until
    if until is None:
        return 0
    return next((year for year in range(request.years) if add_months(request.as_of, 12 * year) >= until), request.years)


def _taxes(request: SimulationRequest, rates_of: Sequence[TaxRate]) -> Floats:
    """The tax rate of each year: the newest that has begun when the year begins; 0 before the first."""
    rates = np.zeros(request.years)
    if not rates_of:
        return rates
    begins = [add_months(request.as_of, 12 * year) for year in range(request.years)]
    for tax in sorted(rates_of, key=lambda tax: tax.start or date.min):
        for year, day in enumerate(begins):
            if tax.start is None or day >= tax.start:
                rates[year] = float(tax.rate)
    return rates


def _conventions(request: SimulationRequest) -> dict[str, str]:
    monthly = request.steps_per_year == 12
    return {
        "timing": request.timing,
        "withdrawals": f"at the {request.timing} of each {'month' if monthly else 'year'}",
        "steps_per_year": str(request.steps_per_year),
        "spending_decided": "at the start of each year, paid in twelve parts" if monthly else "when it is paid",
        "contributions": "none" if not request.contributions else "at the same moment as withdrawals",
        "retire_after_years": str(request.retire_after_years),
        "withdrawal_tax": ", ".join(
            f"{tax.rate} from {tax.start.isoformat() if tax.start else 'now'}" for tax in request.withdrawal_tax
        )
        or "none",
        "accounts": ", ".join(map(_account, request.accounts)) or "one whole",
        "success": "every withdrawal of the horizon is paid in full"
        + ("" if request.minimum_spending is None else f", and spending stays at or above {request.minimum_spending}"),
        "years_funded": "whole years before the first that is not paid in full",
        "wealth": "after the year's withdrawals and growth",
        "generator": "numpy PCG64",
    }


def _account(account: Account) -> str:
    locked = f", locked until {account.locked_until}" if account.locked_until else ""
    return f"{account.name or 'account'} {account.amount}{locked}"


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
        success_rate_reason=None,
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
        cape = None if year.cape is None else year.cape[path : path + 1]
        kept.append(replace(year, growth=year.growth[:, path : path + 1], inflation=one, cape=cape))
    return Remembered(tuple(kept), 1)


def _basis(ready: Ready) -> Basis:
    figures = {"success_rate": stated.figure("paths paid in full / paths", ready.request)}
    return Basis(formula="fire.simulation", version=VERSION, assumptions=ready.conventions, figures=figures)
