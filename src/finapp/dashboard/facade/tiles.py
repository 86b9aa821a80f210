"""The tiles of the screen, each unavailable on its own."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

import structlog

from finapp.dashboard.facade import explained, facts
from finapp.dashboard.facade.asking import Missing
from finapp.dashboard.facade.judging import health_score, insights_of
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import (
    BudgetsTile,
    CashFlowTile,
    DebtTile,
    EmergencyTile,
    GoalsTile,
    HealthTile,
    IndependenceTile,
    InsightsTile,
    NetWorthTile,
    ObligationsTile,
    Overview,
    RunwayTile,
    SavingsTile,
    Tile,
)
from finapp.kernel.basis import Basis

VERSION = 2
log = structlog.get_logger()
T = TypeVar("T", bound=Tile)

SOURCES = {
    "net_worth": "/api/v1/net-worth",
    "cash_flow": "/api/v1/analytics/summary",
    "savings": "/api/v1/analytics/typical-month",
    "runway": "/api/v1/fire/runway",
    "emergency_fund": "/api/v1/reports/emergency-fund",
    "obligations": "/api/v1/reports/recurring-payments/calendar",
    "debt": "/api/v1/liabilities",
    "independence": "/api/v1/fire/summary",
    "health_score": "/api/v1/dashboard/health-score",
    "goals": "/api/v1/goals",
    "budgets": "/api/v1/budgets/envelopes",
    "insights": "/api/v1/dashboard/insights",
}


def overview(found: Readings, as_of: date) -> Overview:
    """Every tile."""
    made = {
        "net_worth": _tile(NetWorthTile, "net_worth", as_of, lambda: facts.net_worth(found)),
        "cash_flow": _tile(CashFlowTile, "cash_flow", as_of, lambda: facts.cash_flow(found)),
        "savings": _tile(SavingsTile, "savings", as_of, lambda: facts.savings(found)),
        "runway": _tile(RunwayTile, "runway", as_of, lambda: facts.runway(found)),
        "emergency_fund": _tile(EmergencyTile, "emergency_fund", as_of, lambda: facts.emergency(found)),
        "obligations": _tile(ObligationsTile, "obligations", as_of, lambda: facts.obligations(found)),
        "debt": _tile(DebtTile, "debt", as_of, lambda: facts.debt(found)),
        "independence": _tile(IndependenceTile, "independence", as_of, lambda: facts.independence(found)),
        "health_score": _tile(HealthTile, "health_score", as_of, partial(health_score, found, as_of)),
        "goals": _tile(GoalsTile, "goals", as_of, lambda: found.goals),
        "budgets": _tile(BudgetsTile, "budgets", as_of, lambda: facts.budgets(found)),
        "insights": insights(found, as_of),
    }
    complete = all(tile.status == "ok" for tile in made.values())
    fields: dict[str, Any] = made
    return Overview(as_of=as_of, complete=complete, basis=_basis(made, as_of), **fields)


def insights(found: Readings, as_of: date) -> InsightsTile:
    """What is worth acting on."""
    return _tile(InsightsTile, "insights", as_of, partial(insights_of, found, as_of))


def _tile(kind: type[T], name: str, as_of: date, make: Callable[[], Any]) -> T:
    build: Callable[..., T] = kind
    try:
        return build(status="ok", as_of=as_of, source=SOURCES[name], data=make())
    except Missing as missing:
        reason = str(missing)
    except Exception:  # An answer that cannot be shown must not cost the other tiles.
        log.exception("a tile failed", tile=name)
        reason = "failed"
    return build(status="unavailable", as_of=as_of, source=SOURCES[name], reason=reason, data=None)


def _basis(tiles: Mapping[str, Any], as_of: date) -> Basis:
    figures = explained.figures(tiles, as_of)
    stated = {"tiles": "each names its source; goals and health score explain themselves"}
    if not figures:
        stated["missing"] = "no tile is there"
    return Basis(formula="dashboard.overview", version=VERSION, assumptions=stated, figures=figures)
