"""People and households."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from finapp.auth.public import Household, Member, NewPerson, Person
from finapp.auth.tables import (
    api_tokens,
    households,
    invitations,
    passkeys,
    people,
    security_events,
    sessions,
    totps,
)
from finapp.kernel import ids

_PERSON = (
    people.c.id,
    people.c.email,
    people.c.display_name,
    people.c.owner.label("household_id"),
    households.c.currency,
    people.c.locale,
    people.c.role,
    people.c.disabled,
    people.c.created_at,
    people.c.version,
)


def _people() -> Any:
    return select(*_PERSON).join(households, households.c.owner == people.c.owner)


def person(connection: Connection, person_id: str) -> Person | None:
    """A person by id."""
    row = connection.execute(_people().where(people.c.id == person_id)).first()
    return Person(**row._mapping) if row is not None else None


def credentials(connection: Connection, email: str) -> Any:
    """Id, household, hash and state of the person with this address."""
    columns = select(people.c.id, people.c.owner, people.c.password_hash, people.c.disabled)
    return connection.execute(columns.where(people.c.email == email)).first()


def password_hash(connection: Connection, person_id: str) -> str | None:
    """The stored hash of a person."""
    return connection.execute(select(people.c.password_hash).where(people.c.id == person_id)).scalar()


def set_password_hash(connection: Connection, person_id: str, hashed: str) -> None:
    """Replaces the stored hash of the same password."""
    connection.execute(update(people).where(people.c.id == person_id).values(password_hash=hashed))


def people_after(connection: Connection, after: str | None, limit: int) -> tuple[Person, ...]:
    """Up to `limit` people in order of id, after the given one."""
    query = _people().order_by(people.c.id).limit(limit)
    if after is not None:
        query = query.where(people.c.id > after)
    return tuple(Person(**row._mapping) for row in connection.execute(query))


def count_people(connection: Connection, owner: str | None = None) -> int:
    """How many people there are, in a household or altogether."""
    query = select(func.count()).select_from(people)
    if owner is not None:
        query = query.where(people.c.owner == owner)
    return connection.execute(query).scalar_one()


def count_administrators(connection: Connection) -> int:
    """How many administrators can sign in."""
    query = select(func.count()).where(people.c.role == "administrator", people.c.disabled.in_([False]))
    return connection.execute(query).scalar_one()


def household(connection: Connection, owner: str) -> Household | None:
    """A household with the names of its members."""
    row = connection.execute(select(households).where(households.c.owner == owner)).first()
    if row is None:
        return None
    names = connection.execute(select(people.c.display_name).where(people.c.owner == owner).order_by(people.c.id))
    return Household(id=row.owner, currency=row.currency, locale=row.locale, members=tuple(names.scalars()))


def members(connection: Connection, owner: str) -> tuple[Member, ...]:
    """The members of a household, in the order they joined."""
    columns = select(people.c.id, people.c.display_name, people.c.email, people.c.created_at.label("joined_at"))
    rows = connection.execute(columns.where(people.c.owner == owner).order_by(people.c.id))
    return tuple(Member(**row._mapping) for row in rows)


def insert_household(connection: Connection, owner: str, new: NewPerson, now: datetime) -> None:
    """A household that nobody belongs to yet."""
    house = {"owner": owner, "currency": new.currency, "locale": new.locale, "created_at": now}
    connection.execute(insert(households).values(house))


def insert_person(connection: Connection, owner: str, new: NewPerson, hashed: str, role: str, now: datetime) -> Person:
    """A new person of a household."""
    person_id = ids.new_id()
    row = {"id": person_id, "owner": owner, "email": new.email, "password_hash": hashed, "role": role}
    said = {"display_name": new.display_name, "locale": new.locale}
    connection.execute(insert(people).values(**row, **said, disabled=False, created_at=now, version=1))
    found = person(connection, person_id)
    if found is None:
        raise LookupError(person_id)
    return found


def update_person(connection: Connection, person_id: str, values: dict[str, Any]) -> None:
    """Sets columns of a person and raises their version."""
    query = update(people).where(people.c.id == person_id)
    connection.execute(query.values(**values, version=people.c.version + 1))


def update_household(connection: Connection, owner: str, values: dict[str, str]) -> None:
    """Sets columns of a household."""
    connection.execute(update(households).where(households.c.owner == owner).values(**values))


def delete_person(connection: Connection, person_id: str) -> None:
    """Deletes a person and all that is theirs alone."""
    for theirs in (sessions, api_tokens, totps, passkeys, security_events, invitations):
        connection.execute(delete(theirs).where(theirs.c.person == person_id))
    connection.execute(delete(people).where(people.c.id == person_id))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes a household that has no members."""
    connection.execute(delete(households).where(households.c.owner == owner))
