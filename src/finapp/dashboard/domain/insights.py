"""What is worth acting on: at most a handful, the most money at stake first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from finapp.dashboard.domain.addresses import given, how, source
from finapp.dashboard.domain.words import name, number, words
from finapp.dashboard.public import CashFlowFacts, EmergencyFacts, Insight, InsightsFacts, ObligationsFacts

MOST = 5
SHOWN_FOR = timedelta(days=30)
_AlertKind = Literal["price_rise", "payment_overdue", "double_subscription", "trial_end", "unused_subscription"]


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What the recurring payments say of themselves."""

    kind: Literal["price_rise", "duplicate_subscription", "overdue", "trial_end", "unconfirmed"]
    stream_id: str
    name: str
    on: date
    yearly_cost: Decimal
    figure: str
    """The name of `yearly_cost` in the answer of recurring payments."""
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


def _buffer(seen: Seen) -> Iterator[Insight]:
    shortfall = seen.emergency.shortfall
    if shortfall:
        fund = source("reports/emergency-fund", seen.as_of)
        yield Insight(
            id="buffer_short",
            kind="buffer_short",
            **vars(words("buffer_short", number("months", seen.emergency.target_months))),
            on=seen.as_of,
            at_stake=shortfall,
            figure=fund,
            how=how("shortfall", given("shortfall", shortfall, fund)),
            expires_on=seen.as_of + SHOWN_FOR,
        )


def _spending(seen: Seen) -> Iterator[Insight]:
    month, high = seen.cash_flow.this_month, seen.spending_high
    if high is not None and month is not None and month.expenses > high:
        first, last = seen.cash_flow.first, seen.cash_flow.last
        spent = source("analytics/summary", seen.as_of, **{"from": first, "to": last})
        usual = source("analytics/typical-month", seen.as_of)
        yield Insight(
            id=f"spending_high.{first}",
            kind="spending_high",
            **vars(words("spending_high")),
            on=seen.as_of,
            at_stake=month.expenses - high,
            figure=source("analytics/categories", seen.as_of, **{"from": first, "to": last}),
            transactions_query=f"/api/v1/transactions?kind=expense,refund&from={first}&to={last}",
            how=how(
                "spent - usual_at_most",
                given("spent", month.expenses, spent, there="expenses"),
                given("usual_at_most", high, usual, there="expenses_band.high"),
            ),
            expires_on=first + timedelta(days=62),
        )


def _balance(seen: Seen) -> Iterator[Insight]:
    ahead = seen.obligations
    if ahead.lowest_balance is not None and ahead.lowest_on is not None and ahead.lowest_balance < 0:
        there = "obligations.data.lowest_balance"
        lowest = given("lowest_balance", ahead.lowest_balance, source("dashboard", seen.as_of), there=there)
        yield Insight(
            id=f"balance_short.{ahead.lowest_on}",
            kind="balance_short",
            **vars(words("balance_short")),
            on=ahead.lowest_on,
            at_stake=-ahead.lowest_balance,
            figure=source("reports/recurring-payments/calendar", seen.as_of),
            how=how("0 - lowest_balance", lowest),
            expires_on=ahead.lowest_on + timedelta(days=1),
        )


_KINDS: dict[str, _AlertKind] = {
    "price_rise": "price_rise",
    "overdue": "payment_overdue",
    "duplicate_subscription": "double_subscription",
    "trial_end": "trial_end",
    "unconfirmed": "unused_subscription",
}


def _alerts(seen: Seen) -> Iterator[Insight]:
    streams = source("reports/recurring-payments", seen.as_of)
    for alert in seen.alerts:
        kind = _KINDS[alert.kind]
        # What goes on for as long as nobody acts is one thing; a rise or a miss of another day is another.
        when = "" if kind == "unused_subscription" else f".{alert.on}"
        yield Insight(
            id=f"{kind}.{alert.stream_id}{when}",
            kind=kind,
            **vars(words(kind, name(alert.name))),
            on=alert.on,
            at_stake=alert.yearly_cost,
            figure=streams,
            transactions_query=alert.transactions_query,
            how=how("yearly_cost", given("yearly_cost", alert.yearly_cost, streams, there=alert.figure)),
            expires_on=max(alert.on, seen.as_of if kind == "unused_subscription" else alert.on) + 3 * SHOWN_FOR,
        )
