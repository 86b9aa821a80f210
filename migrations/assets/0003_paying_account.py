"""assets: the account that makes a part payment."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Id

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; nobody has said so far which account paid."""
    op.add_column("part_payments", sa.Column("account_id", Id))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("part_payments", "account_id")
