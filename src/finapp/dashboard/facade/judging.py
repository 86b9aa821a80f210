"""Health score and insights from what the neighbours answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.dashboard.domain import health, insights
from finapp.dashboard.facade import facts
from finapp.dashboard.facade.asking import Missing
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import ComponentName, HealthScore, InsightsFacts
from finapp.reports.public import RecurringStream

UNAVAILABLE = "unavailable"
_LIVE = ("mature", "overdue")


def health_score(found: Readings, as_of: date) -> HealthScore:
    """The score. Raises Missing when a neighbour did not answer."""
    return health.score(_facts(found, lambda part: part(found)), as_of, complete=True)


def health_score_of_known(found: Readings, as_of: date) -> HealthScore:
    """The score of what is known; components of a neighbour that did not answer are missing."""
    missed: list[Missing] = []

    def unless_missing(part: "Part") -> dict[str, Any]:
        try:
            return part(found)
        except Missing as reason:
            missed.append(reason)
            return {"reasons": dict.fromkeys(_COMPONENTS[part], UNAVAILABLE)}

    known = _facts(found, unless_missing)
    return health.score(known, as_of, complete=not missed)


Part = Callable[[Readings], dict[str, Any]]


def _facts(found: Readings, ask: Callable[[Part], dict[str, Any]]) -> health.Facts:
    known = health.Facts(reasons={})
    for part in _COMPONENTS:
        given = ask(part)
        reasons = {**given.pop("reasons", {}), **known.reasons}
        known = replace(known, **given, reasons=reasons)
    return known


def _of_month(found: Readings) -> dict[str, Any]:
    month = found.month
    reason = month.reason or month.savings_rate_reason or "no_income"
    return {
        "currency": month.currency,
        "income": month.income,
        "expenses": month.expenses,
        "discretionary": month.discretionary,
        "debt_service": month.debt_service,
        "saved": None if month.income is None or month.savings_rate is None else month.income * month.savings_rate,
        "reasons": {"savings_rate": reason, "debt_service": reason},
    }


def _of_fund(found: Readings) -> dict[str, Any]:
    fund = found.emergency_fund
    return {
        "liquid": fund.liquid_total,
        "monthly_need": fund.monthly_need,
        "target_months": fund.target_months,
        "reasons": {"emergency_cover": fund.months_reason or "no_need"},
    }


def _of_worth(found: Readings) -> dict[str, Any]:
    worth = found.net_worth
    owned: dict[str, Decimal] = {}
    for item in worth.positions:
        if item.liquidity is not None and item.converted is not None and item.converted > 0:
            owned[item.group] = owned.get(item.group, Decimal(0)) + item.converted
    # Instalments are paid for a loan that nobody has entered: what is owed is not known, and not nothing.
    unknown = worth.liabilities == 0 and facts.pays_debt(found.month)
    return {
        "assets": worth.assets,
        "debts": None if unknown else worth.liabilities,
        "by_class": owned,
        "reasons": {
            "debt_to_assets": "loan_not_entered" if unknown else worth.net_worth_reason or "no_assets",
            "diversification": worth.net_worth_reason or "no_assets",
        },
    }


def _of_trend(found: Readings) -> dict[str, Any]:
    points = found.timeline.points
    known = len(points) > 1 and points[0].net_worth is not None and points[-1].net_worth is not None
    change = (points[-1].net_worth or Decimal(0)) - (points[0].net_worth or Decimal(0)) if known else None
    reason = "no_exchange_rate" if not known else "no_months"
    return {"net_worth_change": change, "reasons": {"net_worth_trend": reason}}


def _of_streams(found: Readings) -> dict[str, Any]:
    streams = found.recurring.streams
    live = [each for each in streams if each.direction == "out" and each.status in _LIVE]
    missed = sum(len(each.missed) for each in live)
    return {
        "expected_payments": sum(each.occurrences for each in live) + missed,
        "missed_payments": missed,
        "insured": any(_is_premium(each) for each in live) if live else None,
        "reasons": {"on_time_payments": "no_streams", "insurance": "no_streams"},
    }


def _is_premium(stream: RecurringStream) -> bool:
    return stream.category == "insurance"


_COMPONENTS: dict[Part, tuple[ComponentName, ...]] = {
    _of_month: ("savings_rate", "debt_service"),
    _of_fund: ("emergency_cover",),
    _of_worth: ("debt_to_assets", "diversification"),
    _of_trend: ("net_worth_trend",),
    _of_streams: ("on_time_payments", "insurance"),
}


def insights_of(found: Readings, as_of: date) -> InsightsFacts:
    """What is worth acting on."""
    band = found.month.expenses_band if found.month.complete else None
    seen = insights.Seen(
        currency=found.household.currency,
        as_of=as_of,
        emergency=facts.emergency(found),
        cash_flow=facts.cash_flow(found),
        spending_high=None if band is None else band.high,
        obligations=facts.obligations(found),
        alerts=tuple(_alerts(found)),
    )
    return insights.insights(seen)


def _alerts(found: Readings) -> Iterator[insights.Alert]:
    streams = {stream.id: stream for stream in found.recurring.streams}
    newest = {each.account_id: each.last_row_on for each in found.balances}
    for alert in found.recurring.alerts:
        named = [streams[each] for each in alert.stream_ids if each in streams]
        if not named or (alert.kind == "overdue" and not any(_is_missing(each, newest) for each in named)):
            continue
        yield insights.Alert(
            kind=alert.kind,
            stream_id=named[0].id,
            name=", ".join(each.name for each in named),
            on=alert.on,
            yearly_cost=alert.yearly_cost,
        )


def _is_missing(stream: RecurringStream, newest: Mapping[str, date | None]) -> bool:
    """Whether the statement of the account reaches beyond the usual day, so that a payment not seen has not come."""
    reached = newest.get(stream.account_id or "")
    usual_gap = (stream.last_on - stream.first_on) / max(stream.occurrences - 1, 1)
    return reached is not None and reached > stream.last_on + usual_gap
