"""The figures to watch, from what the neighbours answered."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.dashboard.domain.addresses import source
from finapp.dashboard.facade import explained, facts
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
    basis = _basis({**all_of.values, **parts.values}, as_of)
    return Kpis(as_of=as_of, complete=all_of.complete, basis=basis, **all_of.values)


def _debt_service_share(found: Readings) -> tuple[Decimal | None, str | None]:
    month = found.month
    return facts.share(month.debt_service, month.income), month.reason or "no_income"


def _debt_share(found: Readings) -> tuple[Decimal | None, str | None]:
    worth = found.net_worth
    if facts.owes_unknown(found):
        return None, "loan_not_entered"
    return facts.share(worth.liabilities, worth.assets), worth.net_worth_reason or "no_assets"


_TAKEN = {
    "net_worth": ("net-worth", "net_worth"),
    "income": ("analytics/typical-month", "income"),
    "expenses": ("analytics/typical-month", "expenses"),
    "debt_service": ("analytics/typical-month", "debt_service"),
    "saved": ("analytics/typical-month", "saved"),
    "savings_rate": ("analytics/typical-month", "savings_rate"),
    "emergency_months": ("reports/emergency-fund", "months"),
    "runway_months": ("fire/runway", "months"),
    "independence_progress": ("fire/summary", "progress"),
    "independence_months": ("fire/summary", "months"),
}
"""Figure -> the answer it is taken from, and its name there."""
_FORMULAS = {
    "debt_service_to_income": ("debt_service / income", ("debt_service", "income"), "analytics/typical-month"),
    "debt_to_assets": ("liabilities / assets", ("liabilities", "assets"), "net-worth"),
}
"""Figures that are computed here, and from what."""


def _basis(values: dict[str, Any], as_of: date) -> Basis:
    figures = {
        name: explained.taken(values.get(name), theirs, source(path, as_of)) for name, (path, theirs) in _TAKEN.items()
    }
    for name, (formula, names, path) in _FORMULAS.items():
        where = source(path, as_of)
        inputs = tuple(
            Input(id=each, kind="figure", name=each, value=_text(values.get(each)), source=where) for each in names
        )
        figures[name] = Figure(kind="formula", formula=formula, inputs=inputs)
    return Basis(formula="dashboard.kpis", version=VERSION, figures=figures)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
