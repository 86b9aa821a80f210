"""The tables of the fire context."""

from sqlalchemy import Column, Index, Text

from finapp.platform.columns import Exact, Id, Instant, Minor, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

plans = table(
    "plans",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("currency", Text, nullable=False),
    Column("annual_expenses", Minor),
    Column("essential_expenses", Minor),
    Column("monthly_income", Minor),
    Column("monthly_savings", Minor),
    Column("invested", Minor),
    Column("part_time_income", Minor),
    Column("withdrawal_rate", Exact),
    Column("real_return", Exact),
    Column("volatility", Exact),
    Column("fat_factor", Exact),
    Column("birth_year", Whole),
    Column("retirement_age", Whole),
    Index(None, "owner", "id"),
)
"""Every version of a household's own assumptions; the newest holds, the others are kept to look back."""

scenarios = table(
    "scenarios",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "owner", "id"),
)
"""Forks of a plan; `content` is what they assume and add, in the wire format of values."""
