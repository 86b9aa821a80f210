"""The figures to watch, from what the neighbours answered."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.dashboard.facade import facts
from finapp.dashboard.facade.asking import Missing
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import Kpis
from finapp.kernel.basis import Basis, Figure, Input

VERSION = 1
UNAVAILABLE = "unavailable"


class _Kpis:
    """Collects figures, each None with its reason where a neighbour does not know or does not answer."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.complete = True

    def add(self, name: str, ask: Callable[[], tuple[Any, str | None]]) -> None:
        try:
            value, reason = ask()
        except Missing:
            self.complete = False
            value, reason = None, UNAVAILABLE
        self.values[name] = value
        self.values[f"{name}_reason"] = (reason or "unknown") if value is None else None


def kpis(found: Readings, as_of: date) -> Kpis:
    """The figures to watch."""
    all_of = _Kpis()
    all_of.add("currency", lambda: (found.household.currency, None))
    all_of.add("net_worth", lambda: (found.net_worth.net_worth, found.net_worth.net_worth_reason))
    for name in ("income", "expenses", "debt_service", "saved"):
        all_of.add(name, lambda name=name: (getattr(found.month, name), found.month.reason))  # type: ignore[misc]
    all_of.add("savings_rate", lambda: (found.month.savings_rate, found.month.savings_rate_reason))
    all_of.add("debt_service_to_income", lambda: _debt_service_share(found))
    all_of.add("debt_to_assets", lambda: _debt_share(found))
    all_of.add("emergency_months", lambda: (found.emergency_fund.months, found.emergency_fund.months_reason))
    all_of.add("runway_months", lambda: (found.runway.months, found.runway.months_reason))
    all_of.add("independence_progress", lambda: (found.independence.progress, found.independence.progress_reason))
    all_of.add("independence_months", lambda: (found.independence.months, found.independence.months_reason))
    parts = _Kpis()
    parts.add("liabilities", lambda: (found.net_worth.liabilities, None))
    parts.add("assets", lambda: (found.net_worth.assets, None))
    basis = _basis({**all_of.values, **parts.values})
    return Kpis(as_of=as_of, complete=all_of.complete, basis=basis, **all_of.values)


def _debt_service_share(found: Readings) -> tuple[Decimal | None, str | None]:
    month = found.month
    return facts.share(month.debt_service, month.income), month.reason or "no_income"


def _debt_share(found: Readings) -> tuple[Decimal | None, str | None]:
    worth = found.net_worth
    return facts.share(worth.liabilities, worth.assets), worth.net_worth_reason or "no_assets"


_SOURCES = {
    "net_worth": "/api/v1/net-worth",
    "income": "/api/v1/analytics/typical-month",
    "expenses": "/api/v1/analytics/typical-month",
    "debt_service": "/api/v1/analytics/typical-month",
    "saved": "/api/v1/analytics/typical-month",
    "savings_rate": "/api/v1/analytics/typical-month",
    "debt_service_to_income": "/api/v1/analytics/typical-month",
    "debt_to_assets": "/api/v1/net-worth",
    "emergency_months": "/api/v1/reports/emergency-fund",
    "runway_months": "/api/v1/fire/runway",
    "independence_progress": "/api/v1/fire/summary",
    "independence_months": "/api/v1/fire/summary",
}
_FORMULAS = {
    "debt_service_to_income": ("debt_service / income", ("debt_service", "income")),
    "debt_to_assets": ("liabilities / assets", ("liabilities", "assets")),
}
"""Figures that are computed here, and from what; the others are figures of the answer they come from."""


def _basis(values: dict[str, Any]) -> Basis:
    figures = {name: _figure(name, values) for name in _SOURCES}
    return Basis(formula="dashboard.kpis", version=VERSION, figures=figures)


def _figure(name: str, values: dict[str, Any]) -> Figure:
    formula, names = _FORMULAS.get(name, ("the figure of that answer", (name,)))
    inputs = tuple(
        Input(id=each, kind="figure", name=each, value=_text(values.get(each)), source=_SOURCES[name]) for each in names
    )
    return Figure(kind="formula", formula=formula, inputs=inputs)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
