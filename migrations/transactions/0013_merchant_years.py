"""transactions: what was spent at each merchant is kept by year too."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Text

from finapp.platform.columns import Id, Minor, Whole
from finapp.platform.tables import NAMING, table

revision = "0013"
down_revision = "0012"
years = table(
    "merchant_years",
    sa.MetaData(naming_convention=NAMING),
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("period", Text, primary_key=True),
    Column("account_id", Id, primary_key=True, autoincrement=False),
    Column("merchant_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("amount", Minor, nullable=False),
    Column("count", Whole, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    """Adds the months of each year up."""
    years.create(op.get_bind())
    op.get_bind().execute(
        sa.text(
            "INSERT INTO merchant_years (owner, period, account_id, merchant_id, currency, amount, count) "
            "SELECT owner, substr(period, 1, 4), account_id, merchant_id, currency, sum(amount), sum(count) "
            "FROM merchant_sums GROUP BY owner, substr(period, 1, 4), account_id, merchant_id, currency"
        )
    )


def downgrade() -> None:
    """Forgets the years."""
    years.drop(op.get_bind())
