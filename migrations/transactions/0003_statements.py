"""transactions: what each statement said of its account, and balances that a person asserts."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint

from finapp.kernel import ids
from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Minor, Whole
from finapp.platform.tables import NAMING, table

revision = "0003"
down_revision = "0002"
metadata = sa.MetaData(naming_convention=NAMING)
_OLD = {"accounts", "imports"}

# Only named, so that a new table can point at them.
table("accounts", metadata, Column("id", Id, primary_key=True, autoincrement=False))
table("imports", metadata, Column("id", Id, primary_key=True, autoincrement=False))

statements = table(
    "statements",
    metadata,
    Column("import_id", Id, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
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

table(
    "asserted_balances",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("date", Day, nullable=False),
    Column("balance", Minor, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("account_id", "date"),
    Index(None, "owner", "account_id", "date"),
)


_DONE = sa.text(
    "SELECT id, owner, account_id, result, period_first, period_last FROM imports "
    "WHERE status = 'done' AND dry_run = 0 AND account_id IS NOT NULL"
)


def upgrade() -> None:
    """Adds the tables, and what is known of the statements that were taken in before."""
    connection = op.get_bind()
    metadata.create_all(connection, [each for each in metadata.sorted_tables if each.name not in _OLD])
    found = [_statement(row) for row in connection.execute(_DONE)]
    if found:
        connection.execute(statements.insert(), found)


def downgrade() -> None:
    """Drops them."""
    metadata.drop_all(op.get_bind(), [each for each in metadata.sorted_tables if each.name not in _OLD])


def _statement(row: Any) -> dict[str, Any]:
    result = json.loads(row.result)
    said = result.get("reconciliation") or {}
    counts = result.get("counts") or {}
    return {
        "import_id": ids.to_text(row.id),
        "part": 0,
        "owner": ids.to_text(row.owner),
        "account_id": ids.to_text(row.account_id),
        "created": bool(result.get("created_accounts")),
        "name": None,
        "currency": result.get("currency") or "",
        "period_first": row.period_first and date.fromisoformat(row.period_first),
        "period_last": row.period_last and date.fromisoformat(row.period_last),
        **{name: _exact(said.get(name)) for name in ("opening_balance", "closing_balance", "difference")},
        "sum": _exact(said.get("sum")) or Decimal(0),
        "first_break_line": said.get("first_break_line"),
        "opening_moved": _exact(result.get("opening_moved")) or Decimal(0),
        **{name: counts.get(name, 0) for name in ("rows", "imported", "duplicates", "rejected")},
    }


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
