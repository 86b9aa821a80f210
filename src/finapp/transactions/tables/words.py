"""What the household has said: categories, corrections, pairs, merchants, rules."""

from sqlalchemy import Column, Index, Text

from finapp.platform.columns import Day, Flag, Id, Json, Minor, Whole
from finapp.platform.tables import table
from finapp.transactions.tables.base import metadata

categories = table(
    "categories",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("parent_id", Text, nullable=False),
    Column("leaf", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("need", Text),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
)

category_needs = table(
    "category_needs",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("leaf", Text, primary_key=True),
    Column("need", Text, nullable=False),
)

corrections = table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("transaction_id", Id, nullable=False),
    Column("description", Text, nullable=False),
    Column("amount", Minor, nullable=False),
    Column("currency", Text, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("person", Id, nullable=False),
    Column("change_id", Id),
)


pair_words = table(
    "pair_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("low", Id, nullable=False),
    Column("high", Id, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("change_id", Id, nullable=False),
)

merchant_words = table(
    "merchant_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False, index=True),
    Column("merchant_id", Text, nullable=False),
    Column("into_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("change_id", Id, nullable=False),
)

rules = table(
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
    Column("group", Text),
    Index(None, "owner", "position"),
)
