"""The fire context's own answers: plans are stored here, everything else is computed from neighbours and inputs."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets
from finapp.auth.public import Auth
from finapp.fire import store
from finapp.fire.domain import household, levers, limits, projection, scenarios, summary, unanswered
from finapp.fire.domain import own as own_questions
from finapp.fire.domain import plan as plans
from finapp.fire.domain import runway as runways
from finapp.fire.facade.lane import Lane
from finapp.fire.facade.observing import Observer
from finapp.fire.public import (
    Backtest,
    BacktestRequest,
    Comparison,
    DateRange,
    Levers,
    LeversRequest,
    NewScenario,
    Plan,
    PlanChanged,
    PlanOverrides,
    PlanVersionPage,
    Projection,
    ProjectionRequest,
    Runway,
    RunwayRequest,
    SavingsRate,
    Scenario,
    ScenarioPage,
    Simulation,
    SimulationRequest,
    Solution,
    SolvedFor,
    SolveRequest,
    Standing,
    Strategies,
    StrategyKind,
    Summary,
)
from finapp.kernel.clock import Clock
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate
from finapp.kernel.once import Once, require_version
from finapp.platform.database import Database
from finapp.platform.memory import Latest
from finapp.platform.portable import PortableRows

if TYPE_CHECKING:
    from finapp.fire.domain.series import Series
    from finapp.fire.facade.courses import Courses


_DATA = Path(__file__).parents[1] / "data"
_SOURCE = "us_annual: A. Damodaran, NYU Stern, returns on stocks, bonds, bills and real estate, 1928-2024"


@cache
def _us_annual() -> "Series":
    """The built-in series; numpy is loaded with it, by the first question that needs it."""
    from finapp.fire.domain.series import parsed

    return parsed(_SOURCE, (_DATA / "us_annual.csv").read_text(encoding="utf-8"))


class LocalFire(PortableRows):
    """Keeps the promise of `Fire` in this process."""

    def __init__(self, *, database: Database, clock: Clock, auth: Auth, assets: Assets, analytics: Analytics) -> None:
        self._database, self._clock = database, clock
        self._auth = auth
        self._observer = Observer(assets=assets, analytics=analytics)
        self._lane = Lane()
        self._summaries, self._runways = Latest[Summary](), Latest[Runway]()

    @cached_property
    def _courses(self) -> "Courses":
        """What has been drawn; numpy is loaded with it."""
        from finapp.fire.facade.courses import Courses

        return Courses()

    def version(self, *, owner: str) -> str:
        """A text that changes with every write the answers depend on."""
        # Both neighbours of the observer name the people, too.
        return f"{self._database.version(owner)}.{self._observer.version(owner=owner)}"

    def currency(self, *, owner: str) -> str:
        """The household's currency."""
        return self._auth.household(owner=owner).currency

    def plan(self, *, owner: str, as_of: date) -> Plan:
        """The assumptions behind every figure."""
        return plans.plan(self._observer.observed(owner=owner, as_of=as_of), self._own(owner), as_of)

    def change_plan(self, *, owner: str, person: str, overrides: PlanOverrides, as_of: date) -> Plan:
        """Adds a version of the household's own assumptions."""
        observed = self._observer.observed(owner=owner, as_of=as_of)
        with self._database.write(owner) as unit:
            store.add_assumptions(
                unit.connection,
                owner=owner,
                person=person,
                own=overrides,
                currency=observed.currency,
                at=self._clock.now(),
            )
            unit.announce(PlanChanged(owner=owner))
        return plans.plan(observed, overrides, as_of)

    def plan_versions(self, *, owner: str, limit: int, cursor: str | None) -> PlanVersionPage:
        """Earlier own assumptions, newest first."""
        with self._database.read() as connection:
            return store.plan_versions(connection, owner, limit, cursor)

    def standing(self, *, owner: str, since: date, as_of: date) -> Standing:
        """The household against the plan of an earlier day."""
        if since >= as_of:
            raise Invalid("since", "must lie before as_of")
        then, now = (self._observer.observed(owner=owner, as_of=day) for day in (since, as_of))
        saved = self._observer.saved_since(owner=owner, since=since, as_of=as_of)
        earned, unearned = self._observer.earned_since(owner=owner, since=since, as_of=as_of)
        happened = scenarios.Happened(saved=saved, earned=earned, earned_reason=unearned)
        end_of_day = datetime.combine(since, time.max, UTC)
        with self._database.read() as connection:
            old, own = store.own_assumptions(connection, owner, end_of_day), store.own_assumptions(connection, owner)
        return scenarios.standing(plans.plan(then, old, since), plans.plan(now, own, as_of), happened)

    def scenarios(self, *, owner: str, limit: int, cursor: str | None) -> ScenarioPage:
        """Kept scenarios, oldest first."""
        with self._database.read() as connection:
            return store.scenario_page(connection, owner, limit, cursor)

    def scenario(self, *, owner: str, scenario_id: str) -> Scenario:
        """A kept scenario."""
        with self._database.read() as connection:
            return store.scenario(connection, owner, scenario_id)

    def create_scenario(self, *, owner: str, person: str, new: NewScenario, once: Once | None = None) -> Scenario:
        """Keeps a scenario."""
        scenarios.check(new)
        with self._database.write(owner) as unit:
            return unit.once(once, Scenario, lambda: store.insert_scenario(unit.connection, owner, person, new))

    def change_scenario(
        self, *, owner: str, person: str, scenario_id: str, new: NewScenario, expected: int | None = None
    ) -> Scenario:
        """Replaces a scenario."""
        scenarios.check(new)
        with self._database.write(owner) as unit:
            current = store.scenario(unit.connection, owner, scenario_id)
            require_version(expected, current.version)
            return store.update_scenario(unit.connection, owner, person, current, new)

    def delete_scenario(self, *, owner: str, scenario_id: str, expected: int | None = None) -> None:
        """Deletes a scenario."""
        with self._database.write(owner) as unit:
            require_version(expected, store.scenario(unit.connection, owner, scenario_id).version)
            store.delete_scenario(unit.connection, owner, scenario_id)

    def comparison(self, *, owner: str, as_of: date) -> Comparison:
        """The plan and its scenarios side by side."""
        observed = self._observer.observed(owner=owner, as_of=as_of)
        with self._database.read() as connection:
            own, kept = store.own_assumptions(connection, owner), store.scenarios(connection, owner)
        return scenarios.comparison(own, kept, lambda stated: plans.plan(observed, stated, as_of))

    def summary(self, *, owner: str, as_of: date) -> Summary:
        """All independence figures."""
        # Asked before anything is read: what is kept is never older than its version.
        version = self._database.version(owner)
        observed, own = self._observer.observed(owner=owner, as_of=as_of), self._own(owner)
        found = self._summaries.answer((owner, as_of), (version, observed), lambda: self._summed(observed, own, as_of))
        return summary.with_runway(found, self._runway(owner, observed, own, as_of))

    def savings_rate(self, *, owner: str, as_of: date) -> SavingsRate:
        """The savings rate of a typical month."""
        return household.savings_rate(self._observer.observed(owner=owner, as_of=as_of), as_of)

    def runway(self, *, owner: str, as_of: date) -> Runway:
        """How long the liquid money lasts."""
        return self._runway(owner, self._observer.observed(owner=owner, as_of=as_of), self._own(owner), as_of)

    def runway_of(self, *, owner: str, request: RunwayRequest) -> Runway:
        """The same for given inputs."""
        return runways.runway(request)

    def projection(self, *, owner: str, as_of: date) -> Projection:
        """The projection from the plan."""
        return summary.projection(self.plan(owner=owner, as_of=as_of))

    def projection_of(self, *, owner: str, request: ProjectionRequest) -> Projection:
        """The same for given inputs."""
        return projection.project(request)

    def strategies(self, *, owner: str) -> Strategies:
        """The spending rules that can be chosen."""
        from finapp.fire.domain.strategies import catalogue

        return catalogue.descriptions()

    def simulation(
        self, *, owner: str, as_of: date, strategy: StrategyKind, years: int | None, paths: int, seed: int
    ) -> Simulation:
        """The household's own plan, simulated."""
        choice = own_questions.Choice(strategy=strategy, years=years, paths=paths, seed=seed)
        plan = self.plan(owner=owner, as_of=as_of)
        request = own_questions.simulation(plan, choice)
        if isinstance(request, str):
            return unanswered.simulation(plan, request, seed)
        return self.simulation_of(owner=owner, request=request)

    def backtest(self, *, owner: str, as_of: date, strategy: StrategyKind, years: int | None) -> Backtest:
        """The household's spending from its independence number."""
        choice = own_questions.Choice(strategy=strategy, years=years)
        plan = self.plan(owner=owner, as_of=as_of)
        request = own_questions.backtest(plan, choice)
        if isinstance(request, str):
            return unanswered.backtest(plan, request)
        return self.backtest_of(owner=owner, request=request)

    def solution(self, *, owner: str, as_of: date, solve_for: SolvedFor, success: Rate, years: int | None) -> Solution:
        """The input of the own simulation that meets a wanted success."""
        choice = own_questions.Choice(years=years)
        plan = self.plan(owner=owner, as_of=as_of)
        request = own_questions.search(plan, choice, solve_for, success)
        if isinstance(request, str):
            return unanswered.solution(plan, request, solve_for, success, choice.seed)
        return self.solution_of(owner=owner, request=request)

    def simulation_of(self, *, owner: str, request: SimulationRequest) -> Simulation:
        """Simulated futures."""
        from finapp.fire.domain.simulation import simulate

        return self._lane.run(limits.draws(request), lambda: simulate(request, _us_annual(), self._courses.course))

    def backtest_of(self, *, owner: str, request: BacktestRequest) -> Backtest:
        """Every start of a series."""
        from finapp.fire.domain.backtest import backtest

        return backtest(request, _us_annual())

    def solution_of(self, *, owner: str, request: SolveRequest) -> Solution:
        """The input that just meets a wanted success."""
        from finapp.fire.domain.solve import solve

        # A search runs the paths some thirty times over.
        draws = 10 * limits.draws(request.simulation)
        return self._lane.run(draws, lambda: solve(request, _us_annual()))

    def levers(self, *, owner: str, as_of: date) -> Levers:
        """What moves the household's date most."""
        plan = self.plan(owner=owner, as_of=as_of)
        request = summary.request_of(plan)
        if isinstance(request, str):
            return levers.without(plan.as_of, plan.currency, request)
        return levers.levers(LeversRequest(projection=request, monthly_income=plan.monthly_income.value))

    def levers_of(self, *, owner: str, request: LeversRequest) -> Levers:
        """The same for given inputs."""
        return levers.levers(request)

    @staticmethod
    def _date_range(plan: Plan) -> tuple[DateRange | None, str | None]:
        # numpy is loaded by the first household that asks, not with the application.
        from finapp.fire.domain.arrival import date_range

        request = summary.request_of(plan)
        if isinstance(request, str):
            return None, request
        return date_range(request, plan.volatility.value or Decimal(0)), None

    def _summed(self, observed: plans.Observed, own: PlanOverrides, as_of: date) -> Summary:
        plan = plans.plan(observed, own, as_of)
        dates, reason = self._date_range(plan)
        return summary.summary(plan, household.savings_rate(observed, as_of), dates, reason)

    def _own(self, owner: str) -> PlanOverrides:
        return self._database.settled(store.own_assumptions, owner)

    def _runway(self, owner: str, observed: plans.Observed, own: PlanOverrides, as_of: date) -> Runway:
        tiers, reason = self._observer.tiers(owner=owner, as_of=as_of)
        made_of = (observed, own, tiers, reason)
        return self._runways.answer(
            (owner, as_of), made_of, lambda: household.household_runway(observed, own, tiers, reason, as_of)
        )
