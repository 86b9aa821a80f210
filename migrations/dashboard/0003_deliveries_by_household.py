"""dashboard: messages to webhooks are found by their household."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the index."""
    op.create_index("ix_deliveries_owner", "deliveries", ["owner"])


def downgrade() -> None:
    """Drops it."""
    op.drop_index("ix_deliveries_owner", "deliveries")
