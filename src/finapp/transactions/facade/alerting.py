"""Looks at the rows that one write brought: which alerts do they raise?

Only the new rows are searched, and of their periods only the rows that a search finds: what a write costs does not grow
with the history.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from finapp.kernel.money import exponent
from finapp.kernel.months import Month, first_day, last_day
from finapp.platform.unit import Unit
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.public import Alert, AlertRaised, InvalidQuery, Period, SavedSearch, TransactionFilter
from finapp.transactions.store import listing, searches

_MOST_HITS = 500
"""Rows of one write for which an alert is raised one by one."""


def raise_alerts(unit: Unit, new: TransactionFilter, now: datetime, today: date) -> None:
    """Raises the alerts of the household for the rows of a filter, which came with this write."""
    owner, connection = unit.owner or "", unit.connection
    for search in searches.with_alert(connection, owner):
        try:
            found = listing.found(connection, owner, _both(new, search.query), today)
        except InvalidQuery:
            # An account or category it names is gone; the search says so when somebody looks.
            continue
        rows = listing.every(connection, found, _MOST_HITS)
        hits = _hits(connection, owner, search, rows, today)
        searches.add_hits(connection, owner, search.id, now, hits)
        if hits:
            unit.announce(AlertRaised(owner=owner, search_id=search.id, hits=len(hits)))


def _both(new: TransactionFilter, query: str) -> TransactionFilter:
    return replace(new, query=f"({query}) {new.query}" if new.query else query)


def _hits(
    connection: Connection, owner: str, search: SavedSearch, rows: Sequence[LedgerRow], today: date
) -> list[dict[str, Any]]:
    alert = search.alert
    if alert is None or not rows:
        return []
    if alert.kind == "each":
        large = (row for row in rows if abs(row.amount) >= searches.minor_threshold(alert, exponent(row.currency)))
        return [
            {"period": "", "transaction_id": row.id, "amount": row.amount, "currency": row.currency} for row in large
        ]
    return _of_periods(connection, owner, search, alert, rows, today)


def _of_periods(
    connection: Connection, owner: str, search: SavedSearch, alert: Alert, rows: Sequence[LedgerRow], today: date
) -> list[dict[str, Any]]:
    """What the rows of each touched period come to, where that reaches the threshold for the first time."""
    period: Period = alert.period or "month"
    touched = {_name(row.date, period) for row in rows}
    known = searches.raised(connection, owner, search.id, sorted(touched))
    found = []
    for name in sorted(touched):
        first, last = _span(name, period)
        where = TransactionFilter(query=search.query, first=first, last=last)
        conditions = listing.found(connection, owner, where, today).conditions
        total: dict[str, int] = defaultdict(int)
        for (_, currency), amount in searches.sums(connection, conditions, period).items():
            total[currency] += amount if alert.kind == "received" else -amount
        found += [
            {"period": name, "transaction_id": None, "amount": amount, "currency": currency}
            for currency, amount in sorted(total.items())
            if (name, currency) not in known and 0 < amount >= searches.minor_threshold(alert, exponent(currency))
        ]
    return found


def _name(day: date, period: Period) -> str:
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()[: 7 if period == "month" else 4]


def _span(name: str, period: Period) -> tuple[date, date]:
    if period == "week":
        monday = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        return monday, monday + timedelta(days=6)
    if period == "month":
        return first_day(Month(name)), last_day(Month(name))
    return date(int(name), 1, 1), date(int(name), 12, 31)
