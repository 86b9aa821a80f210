"""transactions: indexes of rows that have what few rows have, so that none of them is looked for among all."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_FEW = {
    "ix_transactions_decided": "decided = 1",
    "ix_transactions_foreign": "original_currency IS NOT NULL",
    "ix_transactions_hidden": "hidden = 1",
    "ix_transactions_marked": "marked = 1",
    "ix_transactions_noted": "note IS NOT NULL",
    "ix_transactions_part": "split_of IS NOT NULL",
}


def upgrade() -> None:
    """Makes the indexes."""
    for name, condition in _FEW.items():
        op.get_bind().execute(sa.text(f"CREATE INDEX {name} ON transactions (owner, date, id) WHERE {condition}"))


def downgrade() -> None:
    """Drops them."""
    for name in _FEW:
        op.drop_index(name, "transactions")
