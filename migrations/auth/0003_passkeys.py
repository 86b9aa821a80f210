"""auth: passkeys, and which of their tickets are used up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Text

from finapp.platform.columns import Id, Instant, Whole
from finapp.platform.tables import NAMING, table

revision = "0003"
down_revision = "0002"
metadata = sa.MetaData(naming_convention=NAMING)

# Only named, so that a new table can point at it.
_OLD = (table("people", metadata, Column("id", Id, primary_key=True, autoincrement=False)),)

table(
    "passkeys",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("credential_id", Text, nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("sign_count", Whole, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Index(None, "person"),
)
table(
    "spent_tickets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Id, nullable=False),
    Column("spent_at", Instant, nullable=False),
    Index(None, "owner", "spent_at"),
)


def _new_tables() -> list[sa.Table]:
    return [each for each in metadata.sorted_tables if each not in _OLD]


def upgrade() -> None:
    metadata.create_all(op.get_bind(), tables=_new_tables())


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), tables=_new_tables())
