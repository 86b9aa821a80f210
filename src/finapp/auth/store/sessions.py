"""Sign-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from finapp.auth.tables import people, sessions


def insert_session(connection: Connection, values: dict[str, Any]) -> None:
    """A new sign-in."""
    connection.execute(insert(sessions).values(**values))


def session(connection: Connection, session_id: str) -> Row[Any] | None:
    """A live sign-in with what access tokens say of its person."""
    columns = select(sessions, people.c.role, people.c.disabled).join(people, people.c.id == sessions.c.person)
    return connection.execute(columns.where(sessions.c.id == session_id)).first()


def rotate_session(connection: Connection, session_id: str, generation: int, digest: str, now: datetime) -> None:
    """Moves a sign-in to its next generation."""
    query = update(sessions).where(sessions.c.id == session_id)
    connection.execute(query.values(generation=generation, digest=digest, rotated_at=now))


def sessions_of(connection: Connection, person_id: str) -> list[Row[Any]]:
    """The live sign-ins of a person, newest first."""
    query = select(sessions).where(sessions.c.person == person_id).order_by(sessions.c.id.desc())
    return list(connection.execute(query))


def agent(connection: Connection, session_id: str) -> str:
    """The user agent a sign-in was made with; empty when it is over."""
    found = connection.execute(select(sessions.c.agent).where(sessions.c.id == session_id)).scalar()
    return found or ""


def delete_session(connection: Connection, person_id: str, session_id: str) -> bool:
    """Ends a sign-in of this person; whether there was one."""
    query = delete(sessions).where(sessions.c.id == session_id, sessions.c.person == person_id)
    return connection.execute(query).rowcount > 0


def delete_sessions_idle_since(connection: Connection, since: datetime) -> None:
    """Removes sign-ins that can no longer be refreshed."""
    connection.execute(delete(sessions).where(sessions.c.rotated_at < since))
