"""What happened to accounts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from finapp.auth.public import SecurityEvent
from finapp.auth.tables import security_events as events


def insert_event(connection: Connection, values: dict[str, Any]) -> None:
    """Something that happened."""
    connection.execute(insert(events).values(**values))


def delete_event(connection: Connection, event_id: str) -> None:
    """Removes one event."""
    connection.execute(delete(events).where(events.c.id == event_id))


def delete_before(connection: Connection, since: datetime) -> None:
    """Removes events older than this."""
    connection.execute(delete(events).where(events.c.at < since))


def page(
    connection: Connection, owner: str, person_id: str, since: datetime, before: str | None, limit: int
) -> tuple[SecurityEvent, ...]:
    """Up to `limit` events of a person not older than `since`, newest first, before the given one."""
    columns = select(events.c.id, events.c.kind, events.c.at, events.c.agent, events.c.subject)
    query = columns.where(events.c.owner == owner, events.c.person == person_id, events.c.at >= since)
    if before is not None:
        query = query.where(events.c.id < before)
    rows = connection.execute(query.order_by(events.c.id.desc()).limit(limit))
    return tuple(SecurityEvent(**row._mapping) for row in rows)
