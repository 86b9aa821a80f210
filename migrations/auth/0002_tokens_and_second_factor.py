"""auth: API tokens, security events, second factors and invitations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Text

from finapp.platform.columns import Flag, Id, Instant, Json, Whole
from finapp.platform.tables import NAMING, table

revision = "0002"
down_revision = "0001"
metadata = sa.MetaData(naming_convention=NAMING)

# Only named, so that new tables can point at them.
_OLD = (
    table("households", metadata, Column("owner", Id, primary_key=True, autoincrement=False)),
    table("people", metadata, Column("id", Id, primary_key=True, autoincrement=False)),
)

table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Index(None, "person"),
)
table(
    "security_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("agent", Text, nullable=False),
    Column("subject", Id),
    Index(None, "owner", "person", "id"),
)
table(
    "totps",
    metadata,
    Column("person", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("secret", Text, nullable=False),
    Column("confirmed", Flag, nullable=False),
    Column("last_step", Whole, nullable=False),
    Column("created_at", Instant, nullable=False),
)
table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, ForeignKey("households.owner"), nullable=False, index=True),
    Column("person", Id, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)


def _new_tables() -> list[sa.Table]:
    return [each for each in metadata.sorted_tables if each not in _OLD]


def upgrade() -> None:
    metadata.create_all(op.get_bind(), tables=_new_tables())


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), tables=_new_tables())
