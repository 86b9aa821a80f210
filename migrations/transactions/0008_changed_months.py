"""transactions: which months changed at which version, so that what is kept of the others stays known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Text

from finapp.platform.columns import Id, Whole
from finapp.platform.tables import NAMING, table

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds the table; nothing has changed since this version."""
    made = table(
        "changed_months",
        sa.MetaData(naming_convention=NAMING),
        Column("owner", Id, primary_key=True, autoincrement=False),
        Column("period", Text, primary_key=True),
        Column("version", Whole, nullable=False),
        sqlite_with_rowid=False,
    )
    made.create(op.get_bind())


def downgrade() -> None:
    """Drops it."""
    op.drop_table("changed_months")
