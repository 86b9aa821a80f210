"""transactions: rows found by three letters of their texts, and by what only few of them have."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = ("description", "merchant", "note")
_NAMED = "description, merchant, note"
_OLD = "old.id, old.description, old.merchant, old.note"
_NEW = "new.id, new.description, new.merchant, new.note"
_FORGET = f"INSERT INTO transaction_texts (transaction_texts, rowid, {_NAMED}) VALUES ('delete', {_OLD});"  # noqa: S608  # only names of our own columns
_LEARN = f"INSERT INTO transaction_texts (rowid, {_NAMED}) VALUES ({_NEW});"  # noqa: S608
_DIFFERS = "old.description <> new.description OR old.merchant <> new.merchant OR old.note IS NOT new.note"
_CHANGED = f"AFTER UPDATE OF {_NAMED} ON transactions WHEN {_DIFFERS}"
_OPTIONS = "content='transactions', content_rowid='id', tokenize='trigram'"
_SQLITE = (
    f"CREATE VIRTUAL TABLE transaction_texts USING fts5({_NAMED}, {_OPTIONS})",
    f"CREATE TRIGGER transactions_text_added AFTER INSERT ON transactions BEGIN {_LEARN} END",
    f"CREATE TRIGGER transactions_text_removed AFTER DELETE ON transactions BEGIN {_FORGET} END",
    f"CREATE TRIGGER transactions_text_changed {_CHANGED} BEGIN {_FORGET} {_LEARN} END",
    "INSERT INTO transaction_texts (transaction_texts) VALUES ('rebuild')",
)
_FEW = {
    "ix_transactions_asking": "asks = 1",
    "ix_transactions_tagged": "tags <> '[]'",
    "ix_transactions_unposted": "status <> 'posted'",
}
_TRIGGERS = ("transactions_text_added", "transactions_text_removed", "transactions_text_changed")


def upgrade() -> None:
    """Indexes the texts of every row there is."""
    connection = op.get_bind()
    for name, condition in _FEW.items():
        connection.execute(sa.text(f"CREATE INDEX {name} ON transactions (owner, date, id) WHERE {condition}"))
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE:
            connection.execute(sa.text(statement))
        return
    for name in _COLUMNS:
        connection.execute(
            sa.text(
                f"CREATE INDEX ix_transactions_text_{name} ON transactions USING gin "
                f"(lower(coalesce({name}, '')) public.gin_trgm_ops)"
            )
        )


def downgrade() -> None:
    """Drops the indexes."""
    connection = op.get_bind()
    for name in _FEW:
        connection.execute(sa.text(f"DROP INDEX {name}"))
    if connection.dialect.name == "sqlite":
        for name in _TRIGGERS:
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text("DROP TABLE transaction_texts"))
        return
    for name in _COLUMNS:
        connection.execute(sa.text(f"DROP INDEX ix_transactions_text_{name}"))
