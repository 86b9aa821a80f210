"""auth: households, people and their sign-ins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text

from finapp.platform.columns import Flag, Id, Instant, Whole
from finapp.platform.migrating import create_tables, drop_tables
from finapp.platform.tables import NAMING, table

revision = "0001"
down_revision = None
metadata = sa.MetaData(naming_convention=NAMING)

table(
    "households",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, ForeignKey("households.owner"), nullable=False, index=True),
    Column("email", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('administrator', 'member')", name="role"), nullable=False),
    Column("disabled", Flag, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", Whole, nullable=False),
)
table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("generation", Whole, nullable=False),
    Column("digest", Text, nullable=False),
    Column("rotated_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Index(None, "person"),
)


def upgrade() -> None:
    create_tables(op.get_bind(), metadata)


def downgrade() -> None:
    drop_tables(op.get_bind(), metadata)
