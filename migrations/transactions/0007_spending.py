"""transactions: what was spent at a merchant, by its size, so that the largest purchase is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Indexes the purchases."""
    op.get_bind().execute(
        sa.text(
            "CREATE INDEX ix_transactions_spent ON transactions (owner, merchant_id, currency, amount) "
            "WHERE flow = 'expense' AND amount < 0"
        )
    )


def downgrade() -> None:
    """Drops the index."""
    op.get_bind().execute(sa.text("DROP INDEX ix_transactions_spent"))
