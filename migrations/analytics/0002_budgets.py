"""analytics: budgets."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Flag, Id, Json, Minor, Whole
from finapp.platform.tables import NAMING, table

revision = "0002"
down_revision = "0001"

metadata = sa.MetaData(naming_convention=NAMING)

table(
    "budgets",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("version", Whole, nullable=False),
    sa.Column("category_id", sa.Text, nullable=False),
    sa.Column("amount", Minor, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("starts", sa.Text, nullable=False),
    sa.Column("rollover", Flag, nullable=False),
    sa.Column("alert_at", Json, nullable=False),
    sa.CheckConstraint("amount > 0", name="positive"),
    sa.UniqueConstraint("owner", "category_id"),
)


def upgrade() -> None:
    """Creates the table."""
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drops it."""
    metadata.drop_all(op.get_bind())
