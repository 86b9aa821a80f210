"""What is worth acting on: at most a handful, the most money at stake first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.dashboard.public import CashFlowFacts, EmergencyFacts, Insight, InsightsFacts, ObligationsFacts

MOST = 5
_STREAMS = "/api/v1/reports/recurring-payments"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What the recurring payments say of themselves."""

    kind: Literal["price_rise", "duplicate_subscription", "overdue", "trial_end"]
    stream_id: str
    name: str
    on: date
    yearly_cost: Decimal


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What insights are drawn from."""

    currency: str
    as_of: date
    emergency: EmergencyFacts
    cash_flow: CashFlowFacts
    spending_high: Decimal | None
    """The living cost that nine of ten normal months stay below; None without complete months."""
    obligations: ObligationsFacts
    alerts: tuple[Alert, ...]


def insights(seen: Seen) -> InsightsFacts:
    """The insights of a day, ranked by money at stake."""
    found: Iterable[Insight] = (*_buffer(seen), *_spending(seen), *_balance(seen), *_alerts(seen))
    ranked = sorted(found, key=lambda item: (-item.at_stake, item.id))
    return InsightsFacts(currency=seen.currency, items=tuple(ranked[:MOST]))


def _buffer(seen: Seen) -> Iterator[Insight]:
    shortfall = seen.emergency.shortfall
    if shortfall:
        yield Insight(
            id="buffer_short",
            kind="buffer_short",
            subject="emergency fund",
            on=seen.as_of,
            at_stake=shortfall,
            figure="/api/v1/reports/emergency-fund",
            action=f"Set money aside until {seen.emergency.target_months:f} months of need are covered.",
        )


def _spending(seen: Seen) -> Iterator[Insight]:
    month, high = seen.cash_flow.this_month, seen.spending_high
    if high is not None and month is not None and month.expenses > high:
        yield Insight(
            id=f"spending_high.{seen.cash_flow.first}",
            kind="spending_high",
            subject="living cost of this month",
            on=seen.as_of,
            at_stake=month.expenses - high,
            figure=f"/api/v1/analytics/categories?from={seen.cash_flow.first}&to={seen.cash_flow.last}",
            action="Look at the categories: the month is already above nine of ten normal ones.",
        )


def _balance(seen: Seen) -> Iterator[Insight]:
    ahead = seen.obligations
    if ahead.lowest_balance < 0:
        yield Insight(
            id=f"balance_short.{ahead.lowest_on}",
            kind="balance_short",
            subject="money of today",
            on=ahead.lowest_on,
            at_stake=-ahead.lowest_balance,
            figure="/api/v1/reports/recurring-payments/calendar",
            action="Move money in before that day, or move a due date.",
        )


def _alerts(seen: Seen) -> Iterator[Insight]:
    words: dict[str, tuple[Literal["price_rise", "payment_overdue", "double_subscription"], str]] = {
        "price_rise": ("price_rise", "The price has risen: compare, negotiate or cancel."),
        "overdue": ("payment_overdue", "An expected payment has not come: check that it was made."),
        "duplicate_subscription": ("double_subscription", "Two subscriptions of one kind: keep one."),
    }
    for alert in seen.alerts:
        if alert.kind in words:
            kind, action = words[alert.kind]
            yield Insight(
                id=f"{kind}.{alert.stream_id}.{alert.on}",
                kind=kind,
                subject=alert.name,
                on=alert.on,
                at_stake=alert.yearly_cost,
                figure=_STREAMS,
                action=action,
            )
