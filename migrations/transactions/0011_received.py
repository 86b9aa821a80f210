"""transactions: what came in by merchant, so that money back is found without reading what was spent there."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Makes the index."""
    op.get_bind().execute(
        sa.text("CREATE INDEX ix_transactions_received ON transactions (owner, merchant_id) WHERE amount + 0 > 0")
    )


def downgrade() -> None:
    """Drops it."""
    op.get_bind().execute(sa.text("DROP INDEX ix_transactions_received"))
