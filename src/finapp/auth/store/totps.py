"""Second factors. The secret is kept as it is: whoever checks a code must know it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from finapp.auth.tables import totps


def totp(connection: Connection, person_id: str) -> Row[Any] | None:
    """The second factor of a person, confirmed or not."""
    return connection.execute(select(totps).where(totps.c.person == person_id)).first()


def replace_totp(connection: Connection, owner: str, person_id: str, secret: str, now: datetime) -> None:
    """A secret that waits to be confirmed, in place of any other."""
    delete_totp(connection, person_id)
    row = {"person": person_id, "owner": owner, "secret": secret, "created_at": now}
    connection.execute(insert(totps).values(**row, confirmed=False, last_step=0))


def confirm_totp(connection: Connection, person_id: str) -> None:
    """From now on the second factor counts."""
    connection.execute(update(totps).where(totps.c.person == person_id).values(confirmed=True))


def use_step(connection: Connection, person_id: str, step: int) -> bool:
    """Uses up the codes of a time step and of all before it; False when they were used up already."""
    query = update(totps).where(totps.c.person == person_id, totps.c.last_step < step)
    return connection.execute(query.values(last_step=step)).rowcount > 0


def delete_totp(connection: Connection, person_id: str) -> None:
    """Removes the second factor of a person."""
    connection.execute(delete(totps).where(totps.c.person == person_id))
