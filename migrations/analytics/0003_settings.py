"""analytics: when a household's months start, and how prices rose."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Id, Json, Whole
from finapp.platform.tables import NAMING, table

revision = "0003"
down_revision = "0002"
metadata = sa.MetaData(naming_convention=NAMING)
settings = table(
    "settings",
    metadata,
    sa.Column("owner", Id, primary_key=True, autoincrement=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("version", Whole, nullable=False),
    sa.Column("stated", Json, nullable=False),
)


def upgrade() -> None:
    """Adds the settings."""
    settings.create(op.get_bind())


def downgrade() -> None:
    """Drops the settings."""
    settings.drop(op.get_bind())
