"""reports: forecasts, kept to be scored later."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Day, Exact, Id, Instant, Json
from finapp.platform.tables import NAMING, table

revision = "0002"
down_revision = "0001"

metadata = sa.MetaData(naming_convention=NAMING)

forecasts = table(
    "forecasts",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("made_on", Day, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("band", Exact, nullable=False),
    sa.Column("days", Json, nullable=False),
    sa.Index(None, "owner", "made_on", unique=True),
)


def upgrade() -> None:
    """Creates the table."""
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drops it."""
    metadata.drop_all(op.get_bind())
