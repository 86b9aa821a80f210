"""Health score and insights from what the neighbours answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from finapp.assets.public import NetWorth
from finapp.dashboard.domain import health, insights
from finapp.dashboard.facade import facts, noticing
from finapp.dashboard.facade.asking import Missing
from finapp.dashboard.facade.readings import Readings
from finapp.dashboard.public import ComponentName, HealthScore, InsightsFacts
from finapp.reports.public import RecurringStream

UNAVAILABLE = "unavailable"
_LIVE = ("mature", "overdue")
_TIERS = ("today", "days", "months")
"""What the emergency fund counts, the soonest at hand first."""
_ROWS, _YEAR = 12, 330
"""Rows of a stream that an insight lists; days after which a subscription is asked about."""


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
    unknown = facts.owes_unknown(found)
    return {
        "assets": worth.assets,
        "debts": None if unknown else worth.liabilities,
        "by_class": owned,
        "liquid_by_class": _liquid(worth),
        "reasons": {
            "debt_to_assets": "loan_not_entered" if unknown else worth.net_worth_reason or "no_assets",
            "diversification": worth.net_worth_reason or "no_assets",
        },
    }


def _liquid(worth: NetWorth) -> dict[str, Decimal]:
    """What is not locked by class, the soonest at hand first, and of that the most."""
    found: dict[str, Decimal] = {}
    for tier in _TIERS:
        held = (each for each in worth.positions if each.liquidity == tier and (each.converted or 0) > 0)
        for item in sorted(held, key=lambda each: -(each.converted or Decimal(0))):
            found[item.group] = found.get(item.group, Decimal(0)) + (item.converted or Decimal(0))
    return found


def _of_trend(found: Readings) -> dict[str, Any]:
    points = facts.begun(found.timeline)
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
    return insights.insights(seen(found, as_of))


def seen(found: Readings, as_of: date) -> insights.Seen:
    """What insights are drawn from."""
    band = found.month.expenses_band if found.month.complete else None
    noticed, missed = noticing.noticed(found, as_of)
    return insights.Seen(
        currency=found.household.currency,
        as_of=as_of,
        emergency=facts.emergency(found),
        cash_flow=facts.cash_flow(found),
        spending_high=None if band is None else band.high,
        obligations=facts.obligations(found),
        alerts=(*_alerts(found), *_unconfirmed(found, as_of)),
        noticed=noticed,
        dismissed=found.dismissed,
        not_looked_at=missed,
    )


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
            figure=f"alerts.{alert.kind}.{'.'.join(alert.stream_ids)}.yearly_cost",
            transactions_query=_rows_of(named),
        )


def _rows_of(streams: Sequence[RecurringStream]) -> str:
    """The newest rows of streams."""
    ids = [each for stream in streams for each in stream.transaction_ids[-_ROWS:]]
    return f"/api/v1/transactions?q=id%3A{','.join(ids)}"


def _unconfirmed(found: Readings, as_of: date) -> Iterator[insights.Alert]:
    """Subscriptions paid for a year that nobody has confirmed."""
    for stream in found.recurring.streams:
        old = (stream.last_on - stream.first_on).days >= _YEAR
        if stream.category == "subscriptions" and stream.status in _LIVE and stream.decision is None and old:
            yield insights.Alert(
                kind="unconfirmed",
                stream_id=stream.id,
                name=stream.name,
                on=as_of.replace(day=1),
                yearly_cost=stream.yearly_cost,
                figure=f"streams.{stream.id}.yearly_cost",
                transactions_query=_rows_of([stream]),
            )


def _is_missing(stream: RecurringStream, newest: Mapping[str, date | None]) -> bool:
    """Whether the statement of the account reaches beyond the usual day, so that a payment not seen has not come."""
    reached = newest.get(stream.account_id or "")
    usual_gap = (stream.last_on - stream.first_on) / max(stream.occurrences - 1, 1)
    return reached is not None and reached > stream.last_on + usual_gap
