"""reports: the household's word on recurring streams."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Id, Instant, Json
from finapp.platform.migrating import create_tables, drop_tables
from finapp.platform.tables import NAMING, table

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMING)

table(
    "stream_words",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("decision", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("transaction_ids", Json, nullable=False),
    sa.Index(None, "owner", "stream", unique=True),
)


def upgrade() -> None:
    """Creates the tables."""
    create_tables(op.get_bind(), metadata)


def downgrade() -> None:
    """Drops them."""
    drop_tables(op.get_bind(), metadata)
