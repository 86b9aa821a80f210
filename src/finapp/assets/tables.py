"""The tables of the assets context."""

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint

from finapp.platform.columns import Day, Exact, Flag, Id, Json, Minor, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

assets = table(
    "assets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("account_id", Id),
    Column("liquidity", Text, nullable=False),
    Column("locked_until", Day),
    Column("owner_share", Exact, nullable=False),
    Column("held_by", Text, nullable=False),
    Column("acquired_on", Day),
    Column("closed_on", Day),
    Column("accrual_rate", Exact),
    Column("compounding", Text, nullable=False),
    Column("whole_units", Flag, nullable=False),
    Column("tax_class", Text),
    Column("note", Text, nullable=False),
    UniqueConstraint("owner", "account_id"),
    Index(None, "owner", "id"),
)

valuations = table(
    "valuations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("asset_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("value", Minor),
    Column("unit_price", Exact),
    CheckConstraint("(value IS NULL) <> (unit_price IS NULL)", name="one_of_two"),
    CheckConstraint("value >= 0", name="not_negative"),
    UniqueConstraint("owner", "asset_id", "date"),
)

lots = table(
    "lots",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("asset_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("cost", Minor, nullable=False),
    Column("fees", Minor, nullable=False),
    CheckConstraint("cost >= 0 AND fees >= 0", name="not_negative"),
    Index(None, "owner", "asset_id"),
)

corporate_actions = table(
    "corporate_actions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("asset_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ratio", Exact, nullable=False),
    UniqueConstraint("owner", "asset_id", "date", "kind"),
)

incomes = table(
    "incomes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("asset_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", Minor, nullable=False),
    CheckConstraint("amount > 0", name="positive"),
    Index(None, "owner", "asset_id"),
)

liquidations = table(
    "liquidations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("asset_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("gross", Minor, nullable=False),
    Column("fees", Minor, nullable=False),
    Column("method", Text, nullable=False),
    Column("lot_ids", Json, nullable=False),
    Column("lot_quantities", Json, nullable=False),
    Column("policy", Text),
    Column("note", Text, nullable=False),
    CheckConstraint("gross >= 0 AND fees >= 0", name="not_negative"),
    Index(None, "owner", "asset_id"),
)

liabilities = table(
    "liabilities",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("account_id", Id),
    Column("principal", Minor, nullable=False),
    Column("annual_rate", Exact),
    Column("months", Whole),
    Column("instalment", Minor),
    Column("start", Day, nullable=False),
    Column("first_payment", Day),
    Column("rounding", Text, nullable=False),
    Column("rounding_mode", Text, nullable=False),
    Column("interest_rounding", Text),
    Column("interest_rounding_mode", Text, nullable=False),
    Column("day_count", Text, nullable=False),
    Column("instalment_by", Text, nullable=False),
    Column("rate_kind", Text, nullable=False),
    Column("moratorium_months", Whole, nullable=False),
    Column("moratorium", Text, nullable=False),
    Column("broken_period", Text, nullable=False),
    Column("fees", Minor, nullable=False),
    Column("insurance", Minor, nullable=False),
    Column("owner_share", Exact, nullable=False),
    Column("held_by", Text, nullable=False),
    Column("closed_on", Day),
    Column("note", Text, nullable=False),
    Column("instalments", Whole),
    Column("frequency", Text, nullable=False, server_default="monthly"),
    Column("rate_compounding", Text, nullable=False, server_default="instalment"),
    CheckConstraint("principal >= 0", name="not_negative"),
    UniqueConstraint("owner", "account_id"),
    Index(None, "owner", "id"),
)

rate_changes = table(
    "rate_changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("liability_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("annual_rate", Exact, nullable=False),
    Column("keep", Text, nullable=False),
    UniqueConstraint("owner", "liability_id", "date"),
)

part_payments = table(
    "part_payments",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("liability_id", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("amount", Minor, nullable=False),
    Column("keep", Text, nullable=False),
    Column("fee", Minor, nullable=False),
    CheckConstraint("amount > 0 AND fee >= 0", name="positive"),
    Index(None, "owner", "liability_id"),
)

snapshots = table(
    "snapshots",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("date", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("assets", Minor, nullable=False),
    Column("liabilities", Minor, nullable=False),
    Column("by_class", Json, nullable=False),
    UniqueConstraint("owner", "date"),
)
