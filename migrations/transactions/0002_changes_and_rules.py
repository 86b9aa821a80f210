"""transactions: changes that can be taken back, rows set aside, doubtful rows, rules, and the household's words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Text

from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Json, Whole
from finapp.platform.tables import NAMING, table

revision = "0002"
down_revision = "0001"
metadata = sa.MetaData(naming_convention=NAMING)

_PARTS = "ix_transactions_split_of"
_NEW_COLUMNS = (
    ("split_of", Id),
    ("original_amount", Exact),
    ("original_currency", Text),
    ("rate", Exact),
)

# Only named, so that a new table can point at it.
table("accounts", metadata, Column("id", Id, primary_key=True, autoincrement=False))


table(
    "mapping_profiles",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, primary_key=True, autoincrement=False),
    Column("mapping", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
)

table(
    "set_aside",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("date", Day, nullable=False),
    Column("place", Text, nullable=False),
    Column("row", Json, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "owner", "place", "id"),
    Index(None, "owner", "account_id", "date"),
)

table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("count", Whole, nullable=False),
    Column("undoes", Id),
    Column("undone_by", Id),
    Index(None, "owner", "id"),
)

table(
    "change_rows",
    metadata,
    Column("change_id", Id, ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("transaction_id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("before", Json),
    Column("after", Json),
    Index(None, "owner", "transaction_id"),
    sqlite_with_rowid=False,
)

table(
    "pair_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("low", Id, nullable=False),
    Column("high", Id, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("change_id", Id, nullable=False),
)

table(
    "merchant_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("merchant_id", Text, nullable=False),
    Column("into_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("change_id", Id, nullable=False),
)

table(
    "rules",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("position", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("actions", Json, nullable=False),
    Column("active", Flag, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "position"),
)

_OLD = {"accounts"}


def upgrade() -> None:
    """Adds columns and tables."""
    for name, kind in _NEW_COLUMNS:
        op.add_column("transactions", Column(name, kind))
    is_part = sa.column("split_of").is_not(None)
    op.create_index(_PARTS, "transactions", ["split_of"], sqlite_where=is_part, postgresql_where=is_part)
    op.add_column("corrections", Column("change_id", Id))
    metadata.create_all(op.get_bind(), [each for each in metadata.sorted_tables if each.name not in _OLD])


def downgrade() -> None:
    """Drops them."""
    metadata.drop_all(op.get_bind(), [each for each in metadata.sorted_tables if each.name not in _OLD])
    op.drop_column("corrections", "change_id")
    op.drop_index(_PARTS, "transactions")
    for name, _ in _NEW_COLUMNS:
        op.drop_column("transactions", name)
