"""assets: how often a loan is paid and its rate compounds."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Whole

revision = "0002"
down_revision = "0001"

_DEFAULTS = {"frequency": "monthly", "rate_compounding": "instalment"}


def upgrade() -> None:
    """Adds the columns; every loan known so far is paid by months."""
    op.add_column("liabilities", sa.Column("instalments", Whole))
    for name, default in _DEFAULTS.items():
        op.add_column("liabilities", sa.Column(name, sa.Text, nullable=False, server_default=default))


def downgrade() -> None:
    """Drops them."""
    for name in (*_DEFAULTS, "instalments"):
        op.drop_column("liabilities", name)
