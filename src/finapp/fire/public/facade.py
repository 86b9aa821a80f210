"""The questions other contexts and HTTP may ask about financial independence."""

import datetime as dt
from typing import Protocol

from finapp.fire.public.inquiries import (
    Backtest,
    BacktestRequest,
    Levers,
    LeversRequest,
    Solution,
    SolvedFor,
    SolveRequest,
)
from finapp.fire.public.numbers import Runway, RunwayRequest, SavingsRate, Summary
from finapp.fire.public.plan import Plan, PlanOverrides
from finapp.fire.public.projection import Projection, ProjectionRequest
from finapp.fire.public.scenarios import (
    Comparison,
    NewScenario,
    PlanVersionPage,
    Scenario,
    ScenarioPage,
    Standing,
)
from finapp.fire.public.simulation import Simulation, SimulationRequest
from finapp.fire.public.strategy import Strategies, StrategyKind
from finapp.kernel.money import Rate
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold


class Fire(PortableHousehold, Protocol):
    """Financial independence of a household. `owner` is the household id."""

    def version(self, *, owner: str) -> str:
        """A text that changes with every write of this household here."""

    def currency(self, *, owner: str) -> str:
        """The household's currency, for inputs that name none."""

    def plan(self, *, owner: str, as_of: dt.date) -> Plan:
        """The assumptions behind every figure, each `own` or `derived`, with its evidence."""

    def change_plan(self, *, owner: str, person: str, overrides: PlanOverrides, as_of: dt.date) -> Plan:
        """Replaces the household's own assumptions; what is None is derived again. Announces PlanChanged."""

    def plan_versions(self, *, owner: str, limit: int, cursor: str | None) -> PlanVersionPage:
        """The own assumptions as they were stated over time, newest first."""

    def standing(self, *, owner: str, since: dt.date, as_of: dt.date) -> Standing:
        """Today against what the plan of `since` expected, and why it differs. Raises Invalid."""

    def scenarios(self, *, owner: str, limit: int, cursor: str | None) -> ScenarioPage:
        """The kept scenarios, oldest first."""

    def scenario(self, *, owner: str, scenario_id: str) -> Scenario:
        """A kept scenario. Raises ScenarioNotFound."""

    def create_scenario(self, *, owner: str, person: str, new: NewScenario, once: Once | None = None) -> Scenario:
        """Keeps a scenario. Raises Invalid."""

    def change_scenario(
        self, *, owner: str, person: str, scenario_id: str, new: NewScenario, expected: int | None = None
    ) -> Scenario:
        """Replaces a scenario. Raises ScenarioNotFound, PreconditionFailed, Invalid."""

    def delete_scenario(self, *, owner: str, scenario_id: str, expected: int | None = None) -> None:
        """Deletes a scenario. Raises ScenarioNotFound, PreconditionFailed."""

    def comparison(self, *, owner: str, as_of: dt.date) -> Comparison:
        """The plan and its scenarios side by side."""

    def summary(self, *, owner: str, as_of: dt.date) -> Summary:
        """All independence figures: numbers, progress, date, savings rate, runway."""

    def savings_rate(self, *, owner: str, as_of: dt.date) -> SavingsRate:
        """The savings rate of a typical complete month."""

    def runway(self, *, owner: str, as_of: dt.date) -> Runway:
        """How long the household's liquid money lasts without income."""

    def runway_of(self, *, owner: str, request: RunwayRequest) -> Runway:
        """The same for inputs that are given; nothing is stored. Raises Invalid."""

    def projection(self, *, owner: str, as_of: dt.date) -> Projection:
        """The deterministic projection from the household's plan; without a number where the plan lacks an input."""

    def projection_of(self, *, owner: str, request: ProjectionRequest) -> Projection:
        """The same for inputs that are given; nothing is stored. Raises Invalid."""

    def strategies(self, *, owner: str) -> Strategies:
        """The spending rules that can be chosen, each with its source and its parameters."""

    def simulation(
        self, *, owner: str, as_of: dt.date, strategy: StrategyKind, years: int | None, paths: int, seed: int
    ) -> Simulation:
        """The household's own plan, simulated: saving until its date, then spending. What the plan lacks is the reason
        of every figure. Raises Invalid."""

    def backtest(self, *, owner: str, as_of: dt.date, strategy: StrategyKind, years: int | None) -> Backtest:
        """The household's spending from its independence number, from every start; or what the plan lacks. Raises
        Invalid."""

    def solution(
        self, *, owner: str, as_of: dt.date, solve_for: SolvedFor, success: Rate, years: int | None
    ) -> Solution:
        """The input of the own simulation that meets a wanted success, or what the plan lacks. Raises Invalid."""

    def simulation_of(self, *, owner: str, request: SimulationRequest) -> Simulation:
        """Simulated futures; the same request gives the same answer. Nothing is stored. Raises Invalid."""

    def backtest_of(self, *, owner: str, request: BacktestRequest) -> Backtest:
        """Every start of a series. Nothing is stored. Raises Invalid."""

    def solution_of(self, *, owner: str, request: SolveRequest) -> Solution:
        """The input that just meets a wanted success. Nothing is stored. Raises Invalid."""

    def levers(self, *, owner: str, as_of: dt.date) -> Levers:
        """What moves the household's independence date most."""

    def levers_of(self, *, owner: str, request: LeversRequest) -> Levers:
        """The same for inputs that are given; nothing is stored. Raises Invalid."""
