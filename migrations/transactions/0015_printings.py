"""transactions: what a statement prints of a known row that it has not booked yet."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Json

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("import_rows", sa.Column("printed", Json()))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("import_rows", "printed")
