"""transactions: what was spent at each merchant is kept by account."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Text

from finapp.platform.columns import Id, Minor, Whole
from finapp.platform.tables import NAMING, table

revision = "0006"
down_revision = "0005"

_SPENT = "FROM transactions WHERE flow IN ('expense', 'refund') GROUP BY owner, substr(date, 1, 7)"


def upgrade() -> None:
    """Adds every row up again, by account."""
    _replace("account_id, ", Column("account_id", Id, primary_key=True, autoincrement=False))


def downgrade() -> None:
    """Adds them up over all accounts."""
    _replace("")


def _replace(by: str, *further: Column[str]) -> None:
    op.drop_table("merchant_sums")
    made = table(
        "merchant_sums",
        sa.MetaData(naming_convention=NAMING),
        Column("owner", Id, primary_key=True, autoincrement=False),
        Column("period", Text, primary_key=True),
        *further,
        Column("merchant_id", Text, primary_key=True),
        Column("currency", Text, primary_key=True),
        Column("amount", Minor, nullable=False),
        Column("count", Whole, nullable=False),
        sqlite_with_rowid=False,
    )
    made.create(op.get_bind())
    # Only names of our own columns are put together here.
    op.get_bind().execute(
        sa.text(
            f"INSERT INTO merchant_sums (owner, period, {by}merchant_id, currency, amount, count) "
            f"SELECT owner, substr(date, 1, 7), {by}merchant_id, currency, sum(amount), count(*) "
            f"{_SPENT}, {by}merchant_id, currency"
        )
    )
