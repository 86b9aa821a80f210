"""Imports, what their statements said of an account, and the layouts that are remembered."""

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint

from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Json, Minor, Whole
from finapp.platform.tables import table
from finapp.transactions.tables.base import metadata
from finapp.transactions.tables.ledger import accounts

imports = table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("account_id", Id),
    Column("status", Text, nullable=False),
    Column("dry_run", Flag, nullable=False),
    Column("filename", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("upload", Text, nullable=False, info={"local": True}),
    Column("options", Json, nullable=False),
    Column("result", Json, nullable=False),
    Column("period_first", Day),
    Column("period_last", Day),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "id"),
    Index(None, "status"),
)

import_rows = table(
    "import_rows",
    metadata,
    Column("import_id", Id, ForeignKey(imports.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("line", Whole, primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("transaction_id", Id),
    Column("reason", Text),
    Column("message", Text),
    Column("printed", Json),
    sqlite_with_rowid=False,
)

statements = table(
    "statements",
    metadata,
    Column("import_id", Id, ForeignKey(imports.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("part", Whole, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, nullable=False),
    Column("created", Flag, nullable=False),
    Column("name", Text),
    Column("currency", Text, nullable=False),
    Column("period_first", Day),
    Column("period_last", Day),
    Column("opening_balance", Exact),
    Column("closing_balance", Exact),
    Column("sum", Exact, nullable=False),
    Column("difference", Exact),
    Column("first_break_line", Whole),
    Column("opening_moved", Exact, nullable=False),
    Column("rows", Whole, nullable=False),
    Column("imported", Whole, nullable=False),
    Column("duplicates", Whole, nullable=False),
    Column("rejected", Whole, nullable=False),
    Index(None, "owner", "account_id"),
    sqlite_with_rowid=False,
)

asserted_balances = table(
    "asserted_balances",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey(accounts.c.id, ondelete="CASCADE"), nullable=False),
    Column("date", Day, nullable=False),
    Column("balance", Minor, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("account_id", "date"),
    Index(None, "owner", "account_id", "date"),
)

mapping_profiles = table(
    "mapping_profiles",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, primary_key=True, autoincrement=False),
    Column("mapping", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
)
