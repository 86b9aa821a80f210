"""Passkeys, and which of their tickets are used up."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from finapp.auth.public import Passkey
from finapp.auth.tables import passkeys, people, spent_tickets
from finapp.platform.database import insert_into

_SHOWN = (passkeys.c.id, passkeys.c.name, passkeys.c.origin, passkeys.c.created_at, passkeys.c.last_used_at)


def insert_passkey(connection: Connection, values: dict[str, Any]) -> None:
    """A new passkey."""
    connection.execute(insert(passkeys).values(**values))


def passkeys_of(connection: Connection, person_id: str) -> tuple[Passkey, ...]:
    """The passkeys of a person, newest first."""
    query = select(*_SHOWN).where(passkeys.c.person == person_id).order_by(passkeys.c.id.desc())
    return tuple(Passkey(**row._mapping) for row in connection.execute(query))


def credential_ids(connection: Connection, person_id: str) -> tuple[str, ...]:
    """The credentials of a person, as their authenticators name them."""
    return tuple(connection.execute(select(passkeys.c.credential_id).where(passkeys.c.person == person_id)).scalars())


def count(connection: Connection, person_id: str) -> int:
    """How many passkeys a person has."""
    return connection.execute(select(func.count()).where(passkeys.c.person == person_id)).scalar_one()


def by_credential(connection: Connection, credential_id: str) -> Row[Any] | None:
    """A passkey by its authenticator's name for it, with whether its person is disabled."""
    columns = select(passkeys, people.c.disabled).join(people, people.c.id == passkeys.c.person)
    return connection.execute(columns.where(passkeys.c.credential_id == credential_id)).first()


def use_passkey(connection: Connection, passkey_id: str, sign_count: int, now: datetime) -> None:
    """Remembers a sign-in with a passkey."""
    query = update(passkeys).where(passkeys.c.id == passkey_id)
    connection.execute(query.values(sign_count=sign_count, last_used_at=now))


def rename_passkey(connection: Connection, person_id: str, passkey_id: str, name: str) -> bool:
    """Names a passkey of this person; whether there was one."""
    query = update(passkeys).where(passkeys.c.id == passkey_id, passkeys.c.person == person_id)
    return connection.execute(query.values(name=name)).rowcount > 0


def delete_passkey(connection: Connection, person_id: str, passkey_id: str) -> bool:
    """Deletes a passkey of this person; whether there was one."""
    query = delete(passkeys).where(passkeys.c.id == passkey_id, passkeys.c.person == person_id)
    return connection.execute(query).rowcount > 0


def spend_ticket(connection: Connection, ticket_id: str, owner: str, now: datetime, forgotten: datetime) -> bool:
    """Uses up a ticket, and forgets those spent before `forgotten`; False when it was used up already."""
    old = (spent_tickets.c.owner == owner, spent_tickets.c.spent_at < forgotten)
    connection.execute(delete(spent_tickets).where(*old))
    row = insert_into(connection, spent_tickets).values(id=ticket_id, owner=owner, spent_at=now)
    spent = row.on_conflict_do_nothing(index_elements=["id"]).returning(spent_tickets.c.id)
    return connection.execute(spent).first() is not None
