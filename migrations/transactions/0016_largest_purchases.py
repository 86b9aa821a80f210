"""transactions: the largest purchase at each merchant is kept by year, not found in an index of every purchase.

The index was by amount, so that each new row changed a page of its own.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Text

from finapp.platform.columns import Id, Minor
from finapp.platform.tables import NAMING, table

revision = "0016"
down_revision = "0015"
largest = table(
    "largest_purchases",
    sa.MetaData(naming_convention=NAMING),
    Column("owner", Id, primary_key=True, autoincrement=False),
    Column("merchant_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("year", Text, primary_key=True),
    Column("amount", Minor, nullable=False),
    sqlite_with_rowid=False,
)


def upgrade() -> None:
    """Finds the largest purchase of each year."""
    connection = op.get_bind()
    largest.create(connection)
    connection.execute(
        sa.text(
            "INSERT INTO largest_purchases (owner, merchant_id, currency, year, amount) "
            "SELECT owner, merchant_id, currency, substr(date, 1, 4), min(amount) FROM transactions "
            "WHERE flow = 'expense' AND amount < 0 AND category <> 'card_spending_unseen' AND merchant_id <> '' "
            "GROUP BY owner, merchant_id, currency, substr(date, 1, 4)"
        )
    )
    connection.execute(sa.text("DROP INDEX ix_transactions_spent"))


def downgrade() -> None:
    """Back to the index."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "CREATE INDEX ix_transactions_spent ON transactions (owner, merchant_id, currency, amount) "
            "WHERE flow = 'expense' AND amount < 0"
        )
    )
    largest.drop(connection)
