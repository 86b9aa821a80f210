"""Every query of the dashboard context."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from finapp.dashboard.domain.goals import Stored
from finapp.dashboard.public import GoalNotFound, NewGoal
from finapp.dashboard.tables import dismissed, goals, metadata
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
