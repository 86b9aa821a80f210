"""The tables of the dashboard context."""

from sqlalchemy import CheckConstraint, Column, Index, Text

from finapp.platform.columns import Day, Flag, Id, Instant, Json, Minor, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

goals = table(
    "goals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("target_amount", Minor, nullable=False),
    Column("currency", Text, nullable=False),
    Column("target_date", Day),
    Column("account_id", Id),
    Column("asset_id", Id),
    Column("saved_amount", Minor),
    Column("note", Text, nullable=False),
    CheckConstraint("target_amount > 0", name="positive"),
    CheckConstraint("saved_amount >= 0", name="not_negative"),
    Index(None, "owner", "id"),
)
"""What a household saves for; accounts and assets are ids of other contexts."""

dismissed = table(
    "dismissed",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("insight_id", Text, primary_key=True),
    Column("person", Id, nullable=False),
    Column("expires_on", Day, nullable=False),
)
"""Insights that a household does not want to see until they expire."""

webhooks = table(
    "webhooks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", Json, nullable=False),
    Column("query", Text),
    Column("active", Flag, nullable=False),
)
"""Addresses that are told of events, and the secret each message is signed with."""

deliveries = table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("webhook_id", Id, nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Whole, nullable=False),
    Column("due_at", Instant, nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("answered", Whole),
    Column("error", Text),
)
"""Messages to webhooks: what was sent when, how often it was tried, and what came back."""
