"""The tables of the dashboard context."""

from sqlalchemy import CheckConstraint, Column, Index, Text

from finapp.platform.columns import Day, Id, Minor, Whole
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
