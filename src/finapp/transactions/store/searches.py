"""Saved searches and how often their alerts were raised."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, delete, func, insert, select, type_coerce, update

from finapp.kernel import ids
from finapp.kernel.money import from_minor
from finapp.platform import codec
from finapp.platform.standing import standing
from finapp.transactions.public import (
    Alert,
    AlertHit,
    NewSavedSearch,
    Period,
    SavedSearch,
    SavedSearchNotFound,
    Transaction,
)
from finapp.transactions.tables import alert_hits, saved_searches, transactions

_c, _h = saved_searches.c, alert_hits.c
_LENGTH: dict[Period, int] = {"week": 10, "month": 7, "year": 4}


def of_household(connection: Connection, owner: str) -> list[SavedSearch]:
    """Every search, oldest first."""
    hits = _counted(connection, owner)
    query = select(saved_searches).where(_c.owner == owner).order_by(_c.id)
    return [_shown(row, hits) for row in connection.execute(query)]


@standing("saved_searches")
def with_alert(connection: Connection, owner: str) -> list[SavedSearch]:
    """The searches whose alert is active."""
    query = select(saved_searches).where(_c.owner == owner, _c.alert.is_not(None)).order_by(_c.id)
    found = [_shown(row, {}) for row in connection.execute(query)]
    return [search for search in found if search.alert is not None and search.alert.active]


def one(connection: Connection, owner: str, search_id: str) -> SavedSearch:
    """A search. Raises SavedSearchNotFound."""
    row = connection.execute(select(saved_searches).where(_c.owner == owner, _c.id == search_id)).first()
    if row is None:
        raise SavedSearchNotFound()
    return _shown(row, _counted(connection, owner))


def add(connection: Connection, owner: str, person: str, new: NewSavedSearch) -> str:
    """Keeps a search; its id."""
    search_id = ids.new_id()
    values = {"name": new.name, "query": new.query, "alert": _stored(new.alert), "person": person, "version": 1}
    connection.execute(insert(saved_searches).values(id=search_id, owner=owner, seen=search_id, **values))
    return search_id


def change(connection: Connection, owner: str, changed: SavedSearch) -> None:
    """Sets name, query and alert."""
    values = {"name": changed.name, "query": changed.query, "alert": _stored(changed.alert)}
    query = update(saved_searches).where(_c.owner == owner, _c.id == changed.id)
    connection.execute(query.values(**values, version=_c.version + 1))


def remove(connection: Connection, owner: str, search_id: str) -> None:
    """Forgets a search with its hits."""
    connection.execute(delete(alert_hits).where(_h.owner == owner, _h.search_id == search_id))
    connection.execute(delete(saved_searches).where(_c.owner == owner, _c.id == search_id))


def sums(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], period: Period
) -> dict[tuple[str, str], int]:
    """What the rows of conditions come to, in minor units, by period (for a week: its days) and currency."""
    name = func.substr(type_coerce(transactions.c.date, String), 1, _LENGTH[period])
    query = select(name, transactions.c.currency, func.sum(transactions.c.amount)).where(*conditions)
    found = connection.execute(query.group_by(name, transactions.c.currency))
    return {(row[0], row[1]): int(row[2]) for row in found}


def raised(connection: Connection, owner: str, search_id: str, periods: Sequence[str]) -> set[tuple[str, str]]:
    """Periods and currencies for which an alert has been raised already."""
    query = select(_h.period, _h.currency).where(_h.owner == owner, _h.search_id == search_id, _h.period.in_(periods))
    return {(row.period, row.currency) for row in connection.execute(query)}


def add_hits(connection: Connection, owner: str, search_id: str, now: datetime, hits: Sequence[dict[str, Any]]) -> None:
    """Keeps hits; each has period, transaction_id, amount in minor units and currency."""
    values = [{"id": ids.new_id(), "owner": owner, "search_id": search_id, "at": now, **hit} for hit in hits]
    if values:
        connection.execute(insert(alert_hits), values)


def hits(
    connection: Connection, owner: str, search_id: str | None, before: str | None, limit: int
) -> list[tuple[AlertHit, str | None]]:
    """Hits of the searches that are kept, newest first, each with the id of its row."""
    kept = select(_c.id).where(_c.owner == owner)
    query = select(alert_hits).where(_h.owner == owner, _h.search_id.in_(kept)).order_by(_h.id.desc()).limit(limit)
    if search_id is not None:
        query = query.where(_h.search_id == search_id)
    if before is not None:
        query = query.where(_h.id < before)
    return [(_hit(row, None), row.transaction_id) for row in connection.execute(query)]


def _hit(row: Any, transaction: Transaction | None) -> AlertHit:
    return AlertHit(
        id=row.id,
        search_id=row.search_id,
        at=row.at,
        period=row.period or None,
        amount=from_minor(row.amount, row.currency),
        currency=row.currency,
        transaction=transaction,
    )


def _counted(connection: Connection, owner: str) -> dict[str, tuple[int, datetime]]:
    query = select(_h.search_id, func.count(), func.max(_h.at)).where(_h.owner == owner).group_by(_h.search_id)
    return {row[0]: (int(row[1]), row[2]) for row in connection.execute(query)}


def _shown(row: Any, hits: dict[str, tuple[int, datetime]]) -> SavedSearch:
    count, newest = hits.get(row.id, (0, None))
    return SavedSearch(
        id=row.id,
        name=row.name,
        query=row.query,
        alert=None if row.alert is None else codec.decode(row.alert, Alert),
        hits=count,
        newest_hit=newest,
        version=row.version,
    )


def _stored(alert: Alert | None) -> Any:
    return None if alert is None else codec.encode(alert, Alert)


def minor_threshold(alert: Alert, exponent: int) -> Decimal:
    """The threshold of an alert in minor units of a currency; zero without one."""
    return Decimal(0) if alert.threshold is None else alert.threshold.scaleb(exponent)
