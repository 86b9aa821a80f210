"""What was changed and what was set aside, so that all of it can be taken back."""

from sqlalchemy import Column, ForeignKey, Index, Text

from finapp.platform.columns import Day, Id, Instant, Json, Whole
from finapp.platform.tables import table
from finapp.transactions.tables.base import metadata
from finapp.transactions.tables.ledger import accounts

set_aside = table(
    "set_aside",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey(accounts.c.id), nullable=False),
    Column("date", Day, nullable=False),
    Column("place", Text, nullable=False),
    Column("row", Json, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "owner", "place", "id"),
    Index(None, "owner", "account_id", "date"),
)

changes = table(
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
    Column("about", Json, info={"images": True}),
    Index(None, "owner", "id"),
)

change_rows = table(
    "change_rows",
    metadata,
    Column("change_id", Id, ForeignKey(changes.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("transaction_id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("before", Json),
    Column("after", Json),
    Index(None, "owner", "transaction_id"),
    sqlite_with_rowid=False,
)
