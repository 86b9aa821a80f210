"""Accounts, rows, and the sums that stand beside the rows and change in the same commit."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint, literal_column

from finapp.platform.columns import Day, Exact, Flag, Id, Json, Minor, Whole
from finapp.platform.tables import table
from finapp.transactions.tables.base import metadata

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
    Column("marked", Flag, nullable=False, server_default="0"),
    Column("hidden", Flag, nullable=False, server_default="0"),
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
IS_PENDING = transactions.c.status == literal_column("'pending'")
"""In queries as it stands here, so that a database knows that the index has all rows they want."""
Index(
    "ix_transactions_pending",
    *(transactions.c[column] for column in ("owner", "account_id", "date")),
    sqlite_where=IS_PENDING,
    postgresql_where=IS_PENDING,
)
_PAIRED = transactions.c.transfer_id.is_not(None)
for _name, _columns in (("pair", ("owner", "transfer_id")), ("paired", ("owner", "date", "id"))):
    Index(
        f"ix_transactions_{_name}",
        *(transactions.c[column] for column in _columns),
        sqlite_where=_PAIRED,
        postgresql_where=_PAIRED,
    )


def _sums(name: str, *by: str) -> Table:
    """Sums by period and account, and by what else is named; made again from the rows at any time."""
    return table(
        name,
        metadata,
        Column("owner", Id, primary_key=True, autoincrement=False),
        Column("period", Text, primary_key=True),
        Column("account_id", Id, primary_key=True, autoincrement=False),
        *(Column(each, Text, primary_key=True) for each in by),
        Column("currency", Text, primary_key=True),
        Column("amount", Minor, nullable=False),
        Column("count", Whole, nullable=False),
        sqlite_with_rowid=False,
        info={"derived": True},
    )


_FLOWS = ("category_id", "flow", "need")
daily_sums = _sums("daily_sums", *_FLOWS)
monthly_sums = _sums("monthly_sums", *_FLOWS)
merchant_sums = _sums("merchant_sums", "merchant_id")
merchant_years = _sums("merchant_years", "merchant_id")
"""The same by year: a question over many years reads a twelfth."""

largest_purchases = table(
    "largest_purchases",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("merchant_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("year", Text, primary_key=True),
    Column("amount", Minor, nullable=False),
    sqlite_with_rowid=False,
    info={"derived": True},
)

changed_days = table(
    "changed_days",
    metadata,
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("version", Whole, nullable=False),
    Index(None, "owner", "version"),
    sqlite_with_rowid=False,
    info={"derived": True},
)
