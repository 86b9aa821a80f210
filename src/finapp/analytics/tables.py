"""The tables of the analytics context: budgets and settings; figures are composed from sums and stored nowhere."""

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

settings = table(
    "settings",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("stated", Json, nullable=False),
)
"""When a household's months start, and how prices rose, as it stated them."""
