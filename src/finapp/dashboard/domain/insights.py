"""What is worth acting on: at most a handful, the most money at stake first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.dashboard.public import CashFlowFacts, EmergencyFacts, Insight, InsightKind, InsightsFacts, ObligationsFacts
from finapp.kernel.basis import Figure, Input

MOST = 5
SHOWN_FOR = timedelta(days=30)
_STREAMS = "/api/v1/reports/recurring-payments"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What the recurring payments say of themselves."""

    kind: Literal["price_rise", "duplicate_subscription", "overdue", "trial_end", "unconfirmed"]
    stream_id: str
    name: str
    on: date
    yearly_cost: Decimal
    transactions_query: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What insights are drawn from. `noticed` are those found elsewhere; `dismissed` the ids that are not shown."""

    currency: str
    as_of: date
    emergency: EmergencyFacts
    cash_flow: CashFlowFacts
    spending_high: Decimal | None
    """The living cost that nine of ten normal months stay below; None without complete months."""
    obligations: ObligationsFacts
    alerts: tuple[Alert, ...]
    noticed: tuple[Insight, ...] = ()
    dismissed: Collection[str] = ()
    not_looked_at: tuple[str, ...] = ()


def insights(seen: Seen) -> InsightsFacts:
    """The insights of a day, ranked by money at stake."""
    ranked = ranking(seen)
    shown = [item for item in ranked if item.id not in seen.dismissed]
    return InsightsFacts(
        currency=seen.currency,
        items=tuple(shown[:MOST]),
        more=max(len(shown) - MOST, 0),
        dismissed=len(ranked) - len(shown),
        not_looked_at=seen.not_looked_at,
    )


def ranking(seen: Seen) -> list[Insight]:
    """Everything noticed that has not expired, the most money first."""
    found: Iterable[Insight] = (*_buffer(seen), *_spending(seen), *_balance(seen), *_alerts(seen), *seen.noticed)
    live = (item for item in found if item.expires_on > seen.as_of)
    return sorted(live, key=lambda item: (-item.at_stake, item.id))


def how(formula: str, source: str, **values: object) -> Figure:
    """A formula over named figures of another answer."""
    inputs = tuple(
        Input(id=name, kind="figure", name=name, value=str(value), source=source) for name, value in values.items()
    )
    return Figure(kind="formula", formula=formula, inputs=inputs)


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
            how=how("shortfall", "/api/v1/reports/emergency-fund", shortfall=shortfall),
            action=f"Set money aside until {seen.emergency.target_months:f} months of need are covered.",
            expires_on=seen.as_of + SHOWN_FOR,
        )


def _spending(seen: Seen) -> Iterator[Insight]:
    month, high = seen.cash_flow.this_month, seen.spending_high
    if high is not None and month is not None and month.expenses > high:
        bounds = f"from={seen.cash_flow.first}&to={seen.cash_flow.last}"
        yield Insight(
            id=f"spending_high.{seen.cash_flow.first}",
            kind="spending_high",
            subject="living cost of this month",
            on=seen.as_of,
            at_stake=month.expenses - high,
            figure=f"/api/v1/analytics/categories?{bounds}",
            transactions_query=f"/api/v1/transactions?kind=expense,refund&{bounds}",
            how=how("spent - usual_at_most", "the dashboard's cash flow", spent=month.expenses, usual_at_most=high),
            action="Look at the categories: the month is already above nine of ten normal ones.",
            expires_on=seen.cash_flow.first + timedelta(days=62),
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
            how=how("0 - lowest_balance", "the dashboard's obligations", lowest_balance=ahead.lowest_balance),
            action="Move money in before that day, or move a due date.",
            expires_on=ahead.lowest_on + timedelta(days=1),
        )


_WORDS: dict[str, tuple[InsightKind, str]] = {
    "price_rise": ("price_rise", "The price has risen: compare, negotiate or cancel."),
    "overdue": ("payment_overdue", "An expected payment has not come: check that it was made."),
    "duplicate_subscription": ("double_subscription", "Two subscriptions of one kind: keep one."),
    "trial_end": ("trial_end", "A cheap start is over: cancel before the next full payment, or keep it."),
    "unconfirmed": ("unused_subscription", "It has been paid for a year: confirm that it is used, or cancel it."),
}


def _alerts(seen: Seen) -> Iterator[Insight]:
    for alert in seen.alerts:
        kind, action = _WORDS[alert.kind]
        yield Insight(
            id=f"{kind}.{alert.stream_id}.{alert.on}",
            kind=kind,
            subject=alert.name,
            on=alert.on,
            at_stake=alert.yearly_cost,
            figure=_STREAMS,
            transactions_query=alert.transactions_query,
            how=how("yearly_cost", "the stream's own figure", yearly_cost=alert.yearly_cost),
            action=action,
            expires_on=max(alert.on, seen.as_of if kind == "unused_subscription" else alert.on) + 3 * SHOWN_FOR,
        )
