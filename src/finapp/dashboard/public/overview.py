"""The screen: every tile in one answer, each with its own freshness."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.dashboard.public.facts import (
    BudgetsFacts,
    CashFlowFacts,
    DebtFacts,
    EmergencyFacts,
    IndependenceFacts,
    NetWorthFacts,
    ObligationsFacts,
    RunwayFacts,
    SavingsFacts,
)
from finapp.dashboard.public.goals import GoalPage
from finapp.dashboard.public.health import HealthScore
from finapp.dashboard.public.insights import InsightsFacts
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One tile. When a context it rests on is down, fails or is slow, it is unavailable and has no data."""

    status: Literal["ok", "unavailable"]
    as_of: date
    reason: str | None = None
    """`down`, `slow` or `failed`, and which reading it was."""
    source: str
    """Where the whole answer, with its basis, can be asked."""


@dataclass(frozen=True, kw_only=True)
class NetWorthTile(Tile):
    """Net worth and its trend."""

    data: NetWorthFacts | None


@dataclass(frozen=True, kw_only=True)
class CashFlowTile(Tile):
    """This month against a normal one."""

    data: CashFlowFacts | None


@dataclass(frozen=True, kw_only=True)
class SavingsTile(Tile):
    """What is kept of the income."""

    data: SavingsFacts | None


@dataclass(frozen=True, kw_only=True)
class RunwayTile(Tile):
    """How long liquid money lasts."""

    data: RunwayFacts | None


@dataclass(frozen=True, kw_only=True)
class EmergencyTile(Tile):
    """Cover in an emergency."""

    data: EmergencyFacts | None


@dataclass(frozen=True, kw_only=True)
class ObligationsTile(Tile):
    """What is due soon."""

    data: ObligationsFacts | None


@dataclass(frozen=True, kw_only=True)
class DebtTile(Tile):
    """What is owed."""

    data: DebtFacts | None


@dataclass(frozen=True, kw_only=True)
class IndependenceTile(Tile):
    """Financial independence."""

    data: IndependenceFacts | None


@dataclass(frozen=True, kw_only=True)
class BudgetsTile(Tile):
    """The month by envelopes."""

    data: BudgetsFacts | None


@dataclass(frozen=True, kw_only=True)
class HealthTile(Tile):
    """The health score."""

    data: HealthScore | None


@dataclass(frozen=True, kw_only=True)
class GoalsTile(Tile):
    """Goals and their progress."""

    data: GoalPage | None


@dataclass(frozen=True, kw_only=True)
class InsightsTile(Tile):
    """What is worth acting on."""

    data: InsightsFacts | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Every tile in one call."""

    as_of: date
    complete: bool
    """Whether every tile is there."""
    net_worth: NetWorthTile
    cash_flow: CashFlowTile
    savings: SavingsTile
    runway: RunwayTile
    emergency_fund: EmergencyTile
    obligations: ObligationsTile
    debt: DebtTile
    independence: IndependenceTile
    health_score: HealthTile
    goals: GoalsTile
    budgets: BudgetsTile
    insights: InsightsTile
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Kpis:
    """The figures to watch. One that cannot be given is None, with its reason under its name in `reasons`."""

    as_of: date
    complete: bool
    """Whether every neighbour could be asked."""
    currency: str | None
    currency_reason: str | None
    net_worth: Decimal | None
    net_worth_reason: str | None
    income: Decimal | None
    """Of a typical month, as the next four."""
    income_reason: str | None
    expenses: Decimal | None
    expenses_reason: str | None
    debt_service: Decimal | None
    debt_service_reason: str | None
    saved: Decimal | None
    saved_reason: str | None
    savings_rate: Rate | None
    savings_rate_reason: str | None
    debt_service_to_income: Rate | None
    debt_service_to_income_reason: str | None
    debt_to_assets: Rate | None
    debt_to_assets_reason: str | None
    emergency_months: Rate | None
    emergency_months_reason: str | None
    runway_months: Rate | None
    runway_months_reason: str | None
    independence_progress: Rate | None
    independence_progress_reason: str | None
    independence_months: int | None
    independence_months_reason: str | None
    basis: Basis
