"""The ledger's own tables. Sums stand beside the rows and change in the same commit."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from finapp.platform.columns import Day, Exact, Flag, Id, Instant, Json, Minor, Whole
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

_LARGEST = 10**15

accounts = table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("institution", Text),
    Column("number_last4", Text),
    Column("opening_balance", Minor, nullable=False),
    Column("interest_rate", Exact),
    Column("moved", Minor, nullable=False),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "id"),
)

transactions = table(
    "transactions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey(accounts.c.id), nullable=False),
    Column("date", Day, nullable=False),
    Column(
        "amount", Minor, CheckConstraint(f"amount BETWEEN -{_LARGEST} AND {_LARGEST}", name="range"), nullable=False
    ),
    Column("ordinal", Whole, nullable=False),
    Column("currency", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("merchant_id", Text, nullable=False),
    Column("merchant", Text, nullable=False),
    Column("suggested", Text),
    Column("category_id", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("decided", Flag, nullable=False),
    Column("flow_decided", Flag, nullable=False),
    Column("flow", Text, nullable=False),
    Column("need", Text, nullable=False),
    Column("transfer_id", Id),
    Column("confidence", Exact),
    Column("why", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asks", Flag, nullable=False),
    Column("tags", Json, nullable=False),
    Column("note", Text),
    Column("status", Text, nullable=False),
    Column("bank_id", Text),
    Column("balance_after", Minor),
    Column("import_id", Id),
    Column("line", Whole),
    Column("person", Id, nullable=False),
    Column("version", Whole, nullable=False),
    Column("split_of", Id),
    Column("original_amount", Exact),
    Column("original_currency", Text),
    Column("rate", Exact),
    UniqueConstraint("account_id", "date", "amount", "ordinal"),
    Index(None, "owner", "date", "id"),
    Index(None, "owner", "account_id", "date", "id"),
    Index(None, "owner", "category_id", "date", "id"),
    Index(None, "owner", "merchant_id", "date", "id"),
    Index(None, "owner", "flow", "date", "id"),
    Index(None, "owner", "amount", "date"),
    Index(None, "import_id"),
)
Index(
    None,
    transactions.c.split_of,
    sqlite_where=transactions.c.split_of.is_not(None),
    postgresql_where=transactions.c.split_of.is_not(None),
)


def _sums(name: str) -> Table:
    return table(
        name,
        metadata,
        Column("owner", Id, primary_key=True, autoincrement=False),
        Column("period", Text, primary_key=True),
        Column("account_id", Id, primary_key=True, autoincrement=False),
        Column("category_id", Text, primary_key=True),
        Column("flow", Text, primary_key=True),
        Column("need", Text, primary_key=True),
        Column("currency", Text, primary_key=True),
        Column("amount", Minor, nullable=False),
        Column("count", Whole, nullable=False),
        sqlite_with_rowid=False,
        info={"derived": True},
    )


daily_sums = _sums("daily_sums")
monthly_sums = _sums("monthly_sums")

merchant_sums = table(
    "merchant_sums",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("period", Text, primary_key=True),
    Column("merchant_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("amount", Minor, nullable=False),
    Column("count", Whole, nullable=False),
    sqlite_with_rowid=False,
    info={"derived": True},
)

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

set_aside = table(
    "set_aside",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("account_id", Id, ForeignKey(accounts.c.id), nullable=False),
    Column("date", Day, nullable=False),
    Column("place", Text, nullable=False),
    Column("row", Json, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "owner", "place", "id"),
    Index(None, "owner", "account_id", "date"),
)

changes = table(
    "changes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("count", Whole, nullable=False),
    Column("undoes", Id),
    Column("undone_by", Id),
    Index(None, "owner", "id"),
)

change_rows = table(
    "change_rows",
    metadata,
    Column("change_id", Id, ForeignKey(changes.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("transaction_id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("before", Json),
    Column("after", Json),
    Index(None, "owner", "transaction_id"),
    sqlite_with_rowid=False,
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
    Index(None, "owner", "position"),
)
