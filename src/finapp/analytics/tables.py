"""The tables of the analytics context: budgets; figures are composed from the ledger's sums and stored nowhere."""

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint

from finapp.platform.columns import Flag, Id, Json, Minor, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

budgets = table(
    "budgets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("amount", Minor, nullable=False),
    Column("currency", Text, nullable=False),
    Column("starts", Text, nullable=False),
    Column("rollover", Flag, nullable=False),
    Column("alert_at", Json, nullable=False),
    CheckConstraint("amount > 0", name="positive"),
    UniqueConstraint("owner", "category_id"),
)
"""What a category may cost a month."""
