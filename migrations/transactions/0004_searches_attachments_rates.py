"""transactions: saved searches with alerts, attachments, the household's own rates, marked and hidden rows, groups of
rules, and what a change changed besides rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Index, LargeBinary, Text

from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Json, Minor, Whole
from finapp.platform.tables import NAMING, table

revision = "0004"
down_revision = "0003"
metadata = sa.MetaData(naming_convention=NAMING)
_FLAGS = ("marked", "hidden")

table(
    "saved_searches",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("alert", Json),
    Column("seen", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "id"),
)

table(
    "alert_hits",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("search_id", Id, nullable=False),
    Column("period", Text, nullable=False),
    Column("transaction_id", Id),
    Column("amount", Minor, nullable=False),
    Column("currency", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "owner", "search_id", "id"),
)

table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("transaction_id", Id, nullable=False),
    Column("filename", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Whole, nullable=False),
    Column("digest", Text, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Index(None, "owner", "transaction_id", "id"),
)

table(
    "attachment_contents",
    metadata,
    Column("attachment_id", Id, primary_key=True, autoincrement=False),
    Column("part", Whole, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
)

table(
    "exchange_rates",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("base", Text, primary_key=True),
    Column("quote", Text, primary_key=True),
    Column("date", Day, primary_key=True),
    Column("rate", Exact, nullable=False),
    Column("person", Id, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    """Adds columns and tables."""
    for name in _FLAGS:
        op.add_column("transactions", Column(name, Flag, nullable=False, server_default="0"))
    op.add_column("rules", Column("group", Text))
    op.add_column("changes", Column("about", Json))
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drops them."""
    metadata.drop_all(op.get_bind())
    op.drop_column("changes", "about")
    op.drop_column("rules", "group")
    for name in _FLAGS:
        op.drop_column("transactions", name)
