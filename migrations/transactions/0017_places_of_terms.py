"""transactions: where each three letters stand, so that the next of them are found without counting their rows."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


_PLACES = "CREATE VIRTUAL TABLE transaction_places USING fts5vocab('transaction_texts', 'instance')"
_TERMS = "CREATE VIRTUAL TABLE transaction_terms USING fts5vocab('transaction_texts', 'row')"


def upgrade() -> None:
    """Lists the places of the terms of the index of texts, instead of the terms with their counts."""
    _replace("transaction_terms", _PLACES)


def downgrade() -> None:
    """Lists the terms with their counts."""
    _replace("transaction_places", _TERMS)


def _replace(dropped: str, made: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text(f"DROP TABLE {dropped}"))
        connection.execute(sa.text(made))
