"""transactions: an index of the rows that are not booked yet, which are few."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
_NAME = "ix_transactions_pending"


def upgrade() -> None:
    """Makes the index."""
    pending = sa.text("status = 'pending'")
    op.create_index(
        _NAME, "transactions", ["owner", "account_id", "date"], sqlite_where=pending, postgresql_where=pending
    )


def downgrade() -> None:
    """Drops it."""
    op.drop_index(_NAME, "transactions")
