"""analytics: the standard tables."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.migrating import create_tables, drop_tables
from finapp.platform.tables import NAMING

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMING)


def upgrade() -> None:
    """Creates the tables."""
    create_tables(op.get_bind(), metadata)


def downgrade() -> None:
    """Drops them."""
    drop_tables(op.get_bind(), metadata)
