"""Plans over time: earlier versions, scenarios beside the plan, and where the household stands against its old plan."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from finapp.fire.public.numbers import Status
from finapp.fire.public.plan import PlanOverrides
from finapp.fire.public.projection import Flow
from finapp.kernel.basis import Basis
from finapp.kernel.errors import NotFound
from finapp.kernel.money import Rate


class ScenarioNotFound(NotFound):
    """The scenario is unknown, or another household's."""

    code = "scenario_not_found"
    title = "There is no such scenario"


@dataclass(frozen=True, kw_only=True)
class PlanVersion:
    """The household's own assumptions as they were stated at an instant."""

    id: str
    made_at: dt.datetime
    own: PlanOverrides


@dataclass(frozen=True, kw_only=True)
class PlanVersionPage:
    """One page of versions, newest first."""

    items: tuple[PlanVersion, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewScenario:
    """A fork of the plan: what it assumes otherwise, and the dated flows it adds."""

    name: str
    own: PlanOverrides
    """What is None is as in the plan."""
    flows: tuple[Flow, ...] = ()
    """On dates, not in years from today, so that they stay where they are as time passes."""


@dataclass(frozen=True, kw_only=True)
class Scenario(NewScenario):
    """A kept scenario."""

    id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ScenarioPage:
    """One page of scenarios, oldest first."""

    items: tuple[Scenario, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class ScenarioOutcome:
    """What a scenario, or the plan itself, leads to."""

    id: str | None
    """None for the plan."""
    name: str
    fire_number: Decimal | None
    fire_number_reason: str | None
    status: Status | None
    status_reason: str | None
    months: int | None
    months_reason: str | None
    date: dt.date | None
    date_reason: str | None
    months_later: Rate | None
    """Than the plan; negative is earlier."""
    months_later_reason: str | None
    invested_after_10_years: Decimal | None
    invested_after_10_years_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The plan and its scenarios side by side, the plan first."""

    as_of: dt.date
    currency: str
    items: tuple[ScenarioOutcome, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The household against the plan of an earlier day: gap = by_saving + by_market + by_elsewhere."""

    as_of: dt.date
    since: dt.date
    currency: str
    months: int
    """Calendar months begun since then."""
    planned: Decimal | None
    """What the plan of `since` expected to be invested by now."""
    planned_reason: str | None
    actual: Decimal | None
    actual_reason: str | None
    gap: Decimal | None
    """actual - planned."""
    gap_reason: str | None
    by_saving: Decimal | None
    """Saved since then, less what the plan expected to be saved."""
    by_saving_reason: str | None
    by_market: Decimal | None
    """What the invested capital has earned since then (market and interest of the change of net worth), less what
    the plan expected it to."""
    by_market_reason: str | None
    by_elsewhere: Decimal | None
    """The rest: above all savings that were not invested, and what was entered or taken out."""
    by_elsewhere_reason: str | None
    by_spending: Decimal | None
    """How much the number itself has grown with the living cost and the withdrawal rate."""
    by_spending_reason: str | None
    months_expected: int | None
    """Months that the plan of `since` would still need from now."""
    months_expected_reason: str | None
    months_needed: int | None
    """Months that today's plan needs."""
    months_needed_reason: str | None
    basis: Basis
