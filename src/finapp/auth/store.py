"""Every query of auth."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from finapp.auth.public import Household, NewPerson, Person
from finapp.auth.tables import households, people, sessions
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


def insert_person(connection: Connection, owner: str, new: NewPerson, hashed: str, role: str, now: datetime) -> Person:
    """A new person with a household of one."""
    house = {"owner": owner, "currency": new.currency, "locale": new.locale, "created_at": now}
    connection.execute(insert(households).values(house))
    row = {"id": ids.new_id(), "owner": owner, "email": new.email, "password_hash": hashed, "role": role}
    row |= {"display_name": new.display_name, "locale": new.locale}
    connection.execute(insert(people).values(**row, disabled=False, created_at=now, version=1))
    found = person(connection, row["id"])
    if found is None:
        raise LookupError(row["id"])
    return found


def update_person(connection: Connection, person_id: str, values: dict[str, Any]) -> None:
    """Sets columns of a person and raises their version."""
    query = update(people).where(people.c.id == person_id)
    connection.execute(query.values(**values, version=people.c.version + 1))


def update_currency(connection: Connection, owner: str, currency: str) -> None:
    """Sets the currency of a household."""
    connection.execute(update(households).where(households.c.owner == owner).values(currency=currency))


def delete_person(connection: Connection, person_id: str) -> None:
    """Deletes a person and their sign-ins."""
    connection.execute(delete(sessions).where(sessions.c.person == person_id))
    connection.execute(delete(people).where(people.c.id == person_id))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes a household that has no members."""
    connection.execute(delete(households).where(households.c.owner == owner))


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


def delete_session(connection: Connection, person_id: str, session_id: str) -> bool:
    """Ends a sign-in of this person; whether there was one."""
    query = delete(sessions).where(sessions.c.id == session_id, sessions.c.person == person_id)
    return connection.execute(query).rowcount > 0


def delete_sessions_idle_since(connection: Connection, since: datetime) -> None:
    """Removes sign-ins that can no longer be refreshed."""
    connection.execute(delete(sessions).where(sessions.c.rotated_at < since))
