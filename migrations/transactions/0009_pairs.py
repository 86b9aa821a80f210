"""transactions: rows that are one side of a pair, by their pair and by their day, so that neither reads the others."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Indexes the sides of pairs."""
    for name, columns in (("pair", "owner, transfer_id"), ("paired", "owner, date, id")):
        op.get_bind().execute(
            sa.text(f"CREATE INDEX ix_transactions_{name} ON transactions ({columns}) WHERE transfer_id IS NOT NULL")
        )


def downgrade() -> None:
    """Drops the indexes."""
    for name in ("pair", "paired"):
        op.get_bind().execute(sa.text(f"DROP INDEX ix_transactions_{name}"))
