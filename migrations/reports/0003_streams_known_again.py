"""reports: what a stream looks like beside the word on it, and the merges and splits of the household."""

import sqlalchemy as sa
from alembic import op

from finapp.platform.columns import Exact, Id, Instant, Json
from finapp.platform.tables import NAMING, table

revision = "0003"
down_revision = "0002"

metadata = sa.MetaData(naming_convention=NAMING)

stream_edits = table(
    "stream_edits",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("owner", Id, nullable=False),
    sa.Column("person", Id, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("parts", Json, nullable=False),
    sa.Index(None, "owner", "id"),
)
_NEW = {"marks": Json, "merchant": sa.Text, "frequency": sa.Text, "low": Exact, "high": Exact}


def upgrade() -> None:
    """Adds the columns and the table."""
    for name, kind in _NEW.items():
        op.add_column("stream_words", sa.Column(name, kind))
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drops them."""
    metadata.drop_all(op.get_bind())
    for name in reversed(_NEW):
        op.drop_column("stream_words", name)
