"""What a household keeps beside its rows: searches with their alerts, attachments, exchange rates of its own."""

from sqlalchemy import Column, Index, Text

from finapp.platform.columns import Blob, Day, Exact, Id, Instant, Json, Minor, Whole
from finapp.platform.tables import table
from finapp.transactions.tables.base import metadata

saved_searches = table(
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

alert_hits = table(
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

attachments = table(
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

attachment_contents = table(
    "attachment_contents",
    metadata,
    Column("attachment_id", Id, primary_key=True, autoincrement=False),
    Column("part", Whole, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("content", Blob, nullable=False),
)

exchange_rates = table(
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
