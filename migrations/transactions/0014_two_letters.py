"""transactions: which letters the texts of rows are made of, so that two of them are found by an index as well."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Lists the terms of the index of texts, and indexes the rows with a text too short to be in it."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.execute(
            sa.text("CREATE VIRTUAL TABLE transaction_terms USING fts5vocab('transaction_texts', 'row')")
        )
        connection.execute(
            sa.text(
                "CREATE INDEX ix_transactions_short ON transactions (id) WHERE length(description) BETWEEN 1 AND 2 "
                "OR length(merchant) BETWEEN 1 AND 2 OR length(note) BETWEEN 1 AND 2"
            )
        )


def downgrade() -> None:
    """Drops both."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("DROP INDEX ix_transactions_short"))
        connection.execute(sa.text("DROP TABLE transaction_terms"))
