"""API tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select

from finapp.auth.public import ApiToken
from finapp.auth.tables import api_tokens, people


def insert_api_token(connection: Connection, values: dict[str, Any]) -> None:
    """A new token."""
    connection.execute(insert(api_tokens).values(**values))


def by_digest(connection: Connection, digest: str) -> Row[Any] | None:
    """A token by the digest of its secret, with whether its person is disabled."""
    columns = select(api_tokens, people.c.disabled).join(people, people.c.id == api_tokens.c.person)
    return connection.execute(columns.where(api_tokens.c.digest == digest)).first()


def tokens_of(connection: Connection, person_id: str, now: datetime) -> tuple[ApiToken, ...]:
    """The tokens of a person that are good at `now`, newest first."""
    good = or_(api_tokens.c.expires_at.is_(None), api_tokens.c.expires_at > now)
    query = select(api_tokens).where(api_tokens.c.person == person_id, good).order_by(api_tokens.c.id.desc())
    return tuple(
        ApiToken(
            id=row.id,
            name=row.name,
            scopes=tuple(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row in connection.execute(query)
    )


def delete_expired(connection: Connection, person_id: str, now: datetime) -> None:
    """Removes tokens of a person that are no longer good."""
    connection.execute(delete(api_tokens).where(api_tokens.c.person == person_id, api_tokens.c.expires_at <= now))


def count(connection: Connection, person_id: str) -> int:
    """How many tokens a person has."""
    return connection.execute(select(func.count()).where(api_tokens.c.person == person_id)).scalar_one()


def delete_api_token(connection: Connection, person_id: str, token_id: str) -> bool:
    """Ends a token of this person; whether there was one."""
    query = delete(api_tokens).where(api_tokens.c.id == token_id, api_tokens.c.person == person_id)
    return connection.execute(query).rowcount > 0
