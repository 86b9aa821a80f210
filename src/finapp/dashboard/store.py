"""Every query of the dashboard context."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from finapp.dashboard.domain.goals import Stored
from finapp.dashboard.domain.webhooks import body
from finapp.dashboard.public import Delivery, GoalNotFound, NewGoal, NewWebhook, Webhook, WebhookNotFound
from finapp.dashboard.tables import deliveries, dismissed, goals, metadata, webhooks
from finapp.kernel.ids import new_id
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.portable import forget


def goal(connection: Connection, owner: str, goal_id: str) -> Stored:
    """A goal of the household. Raises GoalNotFound."""
    row = connection.execute(select(goals).where(goals.c.owner == owner, goals.c.id == goal_id)).first()
    if row is None:
        raise GoalNotFound(f"no goal {goal_id}")
    return _stored(row)


def page(connection: Connection, owner: str, limit: int, after: str | None) -> list[Stored]:
    """Up to `limit` goals after an id, oldest first."""
    query = select(goals).where(goals.c.owner == owner).order_by(goals.c.id).limit(limit)
    if after is not None:
        query = query.where(goals.c.id > after)
    return [_stored(row) for row in connection.execute(query)]


def insert_goal(connection: Connection, owner: str, person: str, new: NewGoal) -> Stored:
    """A new goal of version 1. Raises Invalid for an amount finer than its currency."""
    goal_id = new_id()
    row = {**_columns(new), "id": goal_id, "owner": owner, "person": person, "version": 1}
    connection.execute(insert(goals).values(row))
    return goal(connection, owner, goal_id)


def replace_goal(connection: Connection, owner: str, person: str, goal_id: str, new: NewGoal) -> Stored:
    """What is stated of a goal anew; its version rises. Raises as `insert_goal`."""
    where = (goals.c.owner == owner, goals.c.id == goal_id)
    values = {**_columns(new), "person": person, "version": goals.c.version + 1}
    connection.execute(update(goals).where(*where).values(values))
    return goal(connection, owner, goal_id)


def delete_goal(connection: Connection, owner: str, goal_id: str) -> None:
    """Deletes a goal."""
    connection.execute(delete(goals).where(goals.c.owner == owner, goals.c.id == goal_id))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    forget(connection, metadata, owner)


def dismissed_on(connection: Connection, owner: str, day: date) -> frozenset[str]:
    """Ids of insights that are dismissed on a day."""
    live = select(dismissed.c.insight_id).where(dismissed.c.owner == owner, dismissed.c.expires_on > day)
    return frozenset(connection.execute(live).scalars())


def dismiss(connection: Connection, owner: str, person: str, insight_id: str, expires_on: date) -> None:
    """Hides an insight until a day; the newest word counts."""
    here = (dismissed.c.owner == owner, dismissed.c.insight_id == insight_id)
    connection.execute(delete(dismissed).where(*here))
    row = {"owner": owner, "insight_id": insight_id, "person": person, "expires_on": expires_on}
    connection.execute(insert(dismissed).values(row))


def recall(connection: Connection, owner: str) -> None:
    """Hides no insight any more."""
    connection.execute(delete(dismissed).where(dismissed.c.owner == owner))


def _columns(new: NewGoal) -> dict[str, Any]:
    saved = new.saved_amount
    return {
        **vars(new),
        "target_amount": to_minor(new.target_amount, new.currency, "target_amount"),
        "saved_amount": None if saved is None else to_minor(saved, new.currency, "saved_amount"),
    }


def _stored(row: Row[Any]) -> Stored:
    saved = row.saved_amount
    stated = NewGoal(
        name=row.name,
        target_amount=from_minor(row.target_amount, row.currency),
        currency=row.currency,
        target_date=row.target_date,
        account_id=row.account_id,
        asset_id=row.asset_id,
        saved_amount=None if saved is None else from_minor(saved, row.currency),
        note=row.note,
    )
    return Stored(id=row.id, version=row.version, stated=stated)


def webhooks_of(connection: Connection, owner: str) -> list[Webhook]:
    """The household's webhooks, oldest first, without their secrets."""
    found = connection.execute(select(webhooks).where(webhooks.c.owner == owner).order_by(webhooks.c.id))
    return [_webhook(row) for row in found]


def has_webhooks(connection: Connection) -> bool:
    """Whether any household has one."""
    return connection.execute(select(webhooks.c.id).limit(1)).first() is not None


def webhook(connection: Connection, owner: str, webhook_id: str) -> Webhook:
    """A webhook without its secret. Raises WebhookNotFound."""
    return with_secret(connection, owner, webhook_id)[0]


def with_secret(connection: Connection, owner: str, webhook_id: str) -> tuple[Webhook, str]:
    """A webhook and its secret. Raises WebhookNotFound."""
    here = (webhooks.c.owner == owner, webhooks.c.id == webhook_id)
    row = connection.execute(select(webhooks).where(*here)).first()
    if row is None:
        raise WebhookNotFound(f"no webhook {webhook_id}")
    return _webhook(row), row.secret


def insert_webhook(connection: Connection, owner: str, person: str, new: NewWebhook, secret: str) -> Webhook:
    """A new webhook, with its secret this once."""
    webhook_id = new_id()
    row = {**_hook_columns(new), "id": webhook_id, "owner": owner, "person": person, "version": 1, "secret": secret}
    connection.execute(insert(webhooks).values(row))
    return replace(webhook(connection, owner, webhook_id), secret=secret)


def replace_webhook(connection: Connection, owner: str, person: str, webhook_id: str, new: NewWebhook) -> Webhook:
    """What is stated of a webhook anew; its secret stays."""
    values = {**_hook_columns(new), "person": person, "version": webhooks.c.version + 1}
    connection.execute(update(webhooks).where(webhooks.c.owner == owner, webhooks.c.id == webhook_id).values(values))
    return webhook(connection, owner, webhook_id)


def delete_webhook(connection: Connection, owner: str, webhook_id: str) -> None:
    """Deletes a webhook and what was sent to it."""
    connection.execute(delete(deliveries).where(deliveries.c.owner == owner, deliveries.c.webhook_id == webhook_id))
    connection.execute(delete(webhooks).where(webhooks.c.owner == owner, webhooks.c.id == webhook_id))


def queue(
    connection: Connection, owner: str, webhook_id: str, event: str, facts: Mapping[str, object], now: datetime
) -> Delivery:
    """A message to be sent now; `query_matched` waits for its rows to be looked at."""
    delivery_id = new_id()
    row = {
        "id": delivery_id,
        "owner": owner,
        "webhook_id": webhook_id,
        "event": event,
        "payload": body(event, delivery_id, now, facts),
        "status": "matching" if event == "query_matched" else "queued",
        "attempts": 0,
        "due_at": now,
        "made_at": now,
    }
    connection.execute(insert(deliveries).values(row))
    return _delivery(connection.execute(select(deliveries).where(deliveries.c.id == delivery_id)).one())


def deliveries_of(
    connection: Connection, owner: str, webhook_id: str, limit: int, before: str | None
) -> list[Delivery]:
    """Messages of a webhook, newest first."""
    query = select(deliveries).where(deliveries.c.owner == owner, deliveries.c.webhook_id == webhook_id)
    if before is not None:
        query = query.where(deliveries.c.id < before)
    return [_delivery(row) for row in connection.execute(query.order_by(deliveries.c.id.desc()).limit(limit))]


def due(connection: Connection, now: datetime, limit: int) -> list[tuple[str, Delivery]]:
    """Messages of active webhooks to try now, with their households."""
    active = select(webhooks.c.id).where(webhooks.c.active.in_([True]))
    open_ = (deliveries.c.status.in_(("queued", "matching")), deliveries.c.due_at <= now)
    query = select(deliveries).where(*open_, deliveries.c.webhook_id.in_(active)).order_by(deliveries.c.due_at)
    return [(row.owner, _delivery(row)) for row in connection.execute(query.limit(limit))]


def settle(
    connection: Connection, delivery_id: str, status: str, attempts: int, answered: int | None, error: str | None
) -> None:
    """A message that is not tried again."""
    values = {"status": status, "attempts": attempts, "answered": answered, "error": error}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))


def postpone(
    connection: Connection, delivery_id: str, attempts: int, due_at: datetime, answered: int | None, error: str
) -> None:
    """A message to try again later."""
    values = {"attempts": attempts, "due_at": due_at, "answered": answered, "error": error}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))


def matched(connection: Connection, delivery: Delivery, facts: Mapping[str, object]) -> None:
    """A look at rows that found some becomes a message."""
    payload = body(delivery.event, delivery.id, delivery.made_at, facts)
    values = {"status": "queued", "payload": payload}
    connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(values))


def import_of(delivery: Delivery) -> str | None:
    """The import that a message is about."""
    found: str | None = json.loads(delivery.payload)["data"].get("import_id")
    return found


def forget_delivery(connection: Connection, delivery_id: str) -> None:
    """Drops a message that turned out to say nothing."""
    connection.execute(delete(deliveries).where(deliveries.c.id == delivery_id))


def forget_older(connection: Connection, than: datetime) -> None:
    """Drops what was settled long ago."""
    settled = deliveries.c.status.in_(("sent", "failed"))
    connection.execute(delete(deliveries).where(settled, deliveries.c.made_at < than))


def _hook_columns(new: NewWebhook) -> dict[str, Any]:
    return {"url": new.url, "events": list(new.events), "query": new.query, "active": new.active}


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        id=row.id,
        version=row.version,
        url=row.url,
        events=tuple(row.events),
        query=row.query,
        active=row.active,
        secret=None,
    )


def _delivery(row: Row[Any]) -> Delivery:
    names = ("id", "webhook_id", "event", "payload", "status", "attempts", "made_at", "due_at", "answered", "error")
    return Delivery(**{name: getattr(row, name) for name in names})
