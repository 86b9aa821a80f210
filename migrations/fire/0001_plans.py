"""fire: the versions of a household's own assumptions, and scenarios beside them."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Exact, Id, Instant, Minor, Whole
from finapp.platform.migrating import create_tables, drop_tables
from finapp.platform.tables import NAMING, table

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMING)

table(
    "plans",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("annual_expenses", Minor),
    sa.Column("essential_expenses", Minor),
    sa.Column("monthly_income", Minor),
    sa.Column("monthly_savings", Minor),
    sa.Column("invested", Minor),
    sa.Column("part_time_income", Minor),
    sa.Column("withdrawal_rate", Exact),
    sa.Column("real_return", Exact),
    sa.Column("volatility", Exact),
    sa.Column("fat_factor", Exact),
    sa.Column("birth_year", Whole),
    sa.Column("retirement_age", Whole),
    sa.Index(None, "owner", "id"),
)

table(
    "scenarios",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("version", Whole, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Index(None, "owner", "id"),
)


def upgrade() -> None:
    """Creates the tables."""
    create_tables(op.get_bind(), metadata)


def downgrade() -> None:
    """Drops them."""
    drop_tables(op.get_bind(), metadata)
