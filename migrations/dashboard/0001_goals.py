"""dashboard: goals."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Day, Id, Minor, Whole
from finapp.platform.migrating import create_tables, drop_tables
from finapp.platform.tables import NAMING, table

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMING)

table(
    "goals",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("version", Whole, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("target_amount", Minor, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("target_date", Day),
    sa.Column("account_id", Id),
    sa.Column("asset_id", Id),
    sa.Column("saved_amount", Minor),
    sa.Column("note", sa.Text, nullable=False),
    sa.CheckConstraint("target_amount > 0", name="positive"),
    sa.CheckConstraint("saved_amount >= 0", name="not_negative"),
    sa.Index(None, "owner", "id"),
)


def upgrade() -> None:
    """Creates the tables."""
    create_tables(op.get_bind(), metadata)


def downgrade() -> None:
    """Drops them."""
    drop_tables(op.get_bind(), metadata)
