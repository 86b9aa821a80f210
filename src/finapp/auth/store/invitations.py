"""Invitations into a household."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from finapp.auth.public import Invitation
from finapp.auth.tables import invitations


def insert_invitation(connection: Connection, values: dict[str, Any]) -> None:
    """A new invitation."""
    connection.execute(insert(invitations).values(**values))


def open_invitations(connection: Connection, owner: str, now: datetime) -> tuple[Invitation, ...]:
    """The invitations of a household that are good at `now`, newest first."""
    columns = select(invitations.c.id, invitations.c.created_at, invitations.c.expires_at)
    query = columns.where(invitations.c.owner == owner, invitations.c.expires_at > now)
    rows = connection.execute(query.order_by(invitations.c.id.desc()))
    return tuple(Invitation(**row._mapping) for row in rows)


def invites_to(connection: Connection, digest: str, now: datetime) -> str | None:
    """The household that a good invitation opens."""
    query = select(invitations.c.owner).where(invitations.c.digest == digest, invitations.c.expires_at > now)
    return connection.execute(query).scalar()


def use_invitation(connection: Connection, digest: str, now: datetime) -> bool:
    """Takes a good invitation away; whether there was one."""
    query = delete(invitations).where(invitations.c.digest == digest, invitations.c.expires_at > now)
    return connection.execute(query).rowcount > 0


def delete_expired(connection: Connection, owner: str, now: datetime) -> None:
    """Removes invitations of a household that are no longer good."""
    connection.execute(delete(invitations).where(invitations.c.owner == owner, invitations.c.expires_at <= now))


def delete_invitation(connection: Connection, owner: str, invitation_id: str) -> bool:
    """Ends an invitation of this household; whether there was one."""
    query = delete(invitations).where(invitations.c.id == invitation_id, invitations.c.owner == owner)
    return connection.execute(query).rowcount > 0
