"""The fire context's own answers: plans are stored here, everything else is computed from neighbours and inputs."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets
from finapp.auth.public import Auth
from finapp.fire import store
from finapp.fire.domain import household, levers, projection, summary
from finapp.fire.domain import plan as plans
from finapp.fire.domain import runway as runways
from finapp.fire.public import (
    Backtest,
    BacktestRequest,
    DateRange,
    EndingLoan,
    Levers,
    LeversRequest,
    Plan,
    PlanChanged,
    PlanOverrides,
    Projection,
    ProjectionRequest,
    Runway,
    RunwayRequest,
    SavingsRate,
    Simulation,
    SimulationRequest,
    Solution,
    SolveRequest,
    Summary,
    Tier,
)
from finapp.kernel.clock import Clock
from finapp.platform.database import Database

if TYPE_CHECKING:
    from finapp.fire.domain.series import Series


_DATA = Path(__file__).parent / "data"
_SOURCE = "us_annual: A. Damodaran, NYU Stern, returns on stocks, bonds, bills and real estate, 1928-2024"


@cache
def _us_annual() -> "Series":
    """The built-in series; numpy is loaded with it, by the first question that needs it."""
    from finapp.fire.domain.series import parsed

    return parsed(_SOURCE, (_DATA / "us_annual.csv").read_text(encoding="utf-8"))


class LocalFire:
    """Keeps the promise of `Fire` in this process."""

    def __init__(self, *, database: Database, clock: Clock, auth: Auth, assets: Assets, analytics: Analytics) -> None:
        self._database, self._clock = database, clock
        self._auth, self._assets, self._analytics = auth, assets, analytics

    def version(self, *, owner: str) -> str:
        """A text that changes with every write the answers depend on."""
        neighbours = (self._auth, self._assets, self._analytics)
        return ".".join([str(self._database.version(owner)), *(each.version(owner=owner) for each in neighbours)])

    def currency(self, *, owner: str) -> str:
        """The household's currency."""
        return self._auth.household(owner=owner).currency

    def plan(self, *, owner: str, as_of: date) -> Plan:
        """The assumptions behind every figure."""
        return plans.plan(self._observed(owner, as_of), self._own(owner), as_of)

    def change_plan(self, *, owner: str, person: str, overrides: PlanOverrides, as_of: date) -> Plan:
        """Adds a version of the household's own assumptions."""
        observed = self._observed(owner, as_of)
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

    def summary(self, *, owner: str, as_of: date) -> Summary:
        """All independence figures."""
        observed, own = self._observed(owner, as_of), self._own(owner)
        plan = plans.plan(observed, own, as_of)
        dates, reason = self._date_range(plan)
        savings = household.savings_rate(observed, as_of)
        return summary.summary(plan, savings, self._runway(owner, observed, own, as_of), dates, reason)

    def savings_rate(self, *, owner: str, as_of: date) -> SavingsRate:
        """The savings rate of a typical month."""
        return household.savings_rate(self._observed(owner, as_of), as_of)

    def runway(self, *, owner: str, as_of: date) -> Runway:
        """How long the liquid money lasts."""
        return self._runway(owner, self._observed(owner, as_of), self._own(owner), as_of)

    def runway_of(self, *, owner: str, request: RunwayRequest) -> Runway:
        """The same for given inputs."""
        return runways.runway(request)

    def projection(self, *, owner: str, as_of: date) -> Projection:
        """The projection from the plan."""
        return summary.projection(self.plan(owner=owner, as_of=as_of))

    def projection_of(self, *, owner: str, request: ProjectionRequest) -> Projection:
        """The same for given inputs."""
        return projection.project(request)

    def simulation_of(self, *, owner: str, request: SimulationRequest) -> Simulation:
        """Simulated futures."""
        from finapp.fire.domain.simulation import simulate

        return simulate(request, _us_annual())

    def backtest_of(self, *, owner: str, request: BacktestRequest) -> Backtest:
        """Every start of a series."""
        from finapp.fire.domain.backtest import backtest

        return backtest(request, _us_annual())

    def solution_of(self, *, owner: str, request: SolveRequest) -> Solution:
        """The input that just meets a wanted success."""
        from finapp.fire.domain.solve import solve

        return solve(request, _us_annual())

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

    def _own(self, owner: str) -> PlanOverrides:
        with self._database.read() as connection:
            return store.own_assumptions(connection, owner)

    def _runway(self, owner: str, observed: plans.Observed, own: PlanOverrides, as_of: date) -> Runway:
        found = self._assets.liquid_by_tier(owner=owner, as_of=as_of)
        amounts: dict[Tier, Decimal | None] = {
            "today": found.today,
            "days": found.days,
            "months": found.months,
            "locked": found.locked,
        }
        known = {name: amount for name, amount in amounts.items() if amount is not None}
        tiers = known if found.reason is None else None
        return household.household_runway(observed, own, tiers, found.reason, as_of)

    def _observed(self, owner: str, as_of: date) -> plans.Observed:
        """What the neighbours know of the household."""
        month = self._analytics.typical_month(owner=owner, as_of=as_of)
        invested = self._assets.invested(owner=owner, as_of=as_of)
        loans = self._assets.loans(owner=owner, as_of=as_of)
        return plans.Observed(
            currency=month.currency,
            months=month.months,
            complete=month.complete,
            reason=month.reason,
            income=plans.monthly(month.income_by_month, month.income),
            expenses=plans.monthly(month.expenses_by_month, month.expenses),
            essential=plans.monthly(month.essential_by_month, month.essential),
            saved=plans.monthly(month.saved_by_month, month.saved),
            debt_service=month.debt_service,
            essential_by_month=month.essential_by_month,
            savings_rate=month.savings_rate,
            savings_rate_reason=month.savings_rate_reason,
            invested=invested.total,
            invested_reason=invested.total_reason,
            loans=tuple(
                EndingLoan(
                    liability_id=loan.id,
                    name=loan.name,
                    outstanding=loan.outstanding,
                    instalment=loan.instalment,
                    annual_rate=loan.annual_rate,
                    ends_on=loan.ends_on,
                )
                for loan in loans.items
            ),
        )
