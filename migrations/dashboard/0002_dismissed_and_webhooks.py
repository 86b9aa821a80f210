"""dashboard: dismissed insights; webhooks with what was sent."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Day, Flag, Id, Instant, Json, Whole
from finapp.platform.tables import NAMING, table

revision = "0002"
down_revision = "0001"
metadata = sa.MetaData(naming_convention=NAMING)

table(
    "dismissed",
    metadata,
    sa.Column("owner", Id, primary_key=True, autoincrement=False),
    sa.Column("insight_id", sa.Text, primary_key=True),
    sa.Column("person", Id, nullable=False),
    sa.Column("expires_on", Day, nullable=False),
)
table(
    "webhooks",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False, index=True),
    sa.Column("person", Id, nullable=False),
    sa.Column("version", Whole, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("events", Json, nullable=False),
    sa.Column("query", sa.Text),
    sa.Column("active", Flag, nullable=False),
)
table(
    "deliveries",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("webhook_id", Id, nullable=False, index=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("attempts", Whole, nullable=False),
    sa.Column("due_at", Instant, nullable=False, index=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("answered", Whole),
    sa.Column("error", sa.Text),
)


def upgrade() -> None:
    """Creates the tables."""
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drops them."""
    metadata.drop_all(op.get_bind())
