"""transactions: no trigger learns the texts of new rows, so that a statement which inserts one does nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_NAMED = "description, merchant, note"
_OLD = "old.id, old.description, old.merchant, old.note"
_NEW = "new.id, new.description, new.merchant, new.note"
_FORGET = f"INSERT INTO transaction_texts (transaction_texts, rowid, {_NAMED}) VALUES ('delete', {_OLD});"  # noqa: S608  # only names of our own columns
_LEARN = f"INSERT INTO transaction_texts (rowid, {_NAMED}) VALUES ({_NEW});"  # noqa: S608
_DIFFERS = "old.description <> new.description OR old.merchant <> new.merchant OR old.note IS NOT new.note"
_LEARNED = "EXISTS (SELECT 1 FROM transaction_texts_docsize WHERE id = old.id)"
_TOGETHER = "WHEN NOT EXISTS (SELECT 1 FROM texts_apart)"
_ADDED = f"CREATE TRIGGER transactions_text_added AFTER INSERT ON transactions {_TOGETHER} BEGIN {_LEARN} END"
_REMOVED = "CREATE TRIGGER transactions_text_removed AFTER DELETE ON transactions WHEN {when} BEGIN {forget} END"
_CHANGED = (
    f"CREATE TRIGGER transactions_text_changed AFTER UPDATE OF {_NAMED} ON transactions "
    f"WHEN {{when}} BEGIN {_FORGET} {_LEARN} END"
)
_DROPPED = ("DROP TRIGGER transactions_text_removed", "DROP TRIGGER transactions_text_changed")


def upgrade() -> None:
    """The triggers of rows that change or go ask whether the row's texts have been learned."""
    _run(
        "DROP TRIGGER transactions_text_added",
        *_DROPPED,
        "DROP TABLE texts_apart",
        _REMOVED.format(when=_LEARNED, forget=_FORGET),
        _CHANGED.format(when=f"({_DIFFERS}) AND {_LEARNED}"),
    )


def downgrade() -> None:
    """A trigger learns the texts of each new row, unless a mark says that they are written apart."""
    _run(
        *_DROPPED,
        "CREATE TABLE texts_apart (id INTEGER NOT NULL PRIMARY KEY) STRICT",
        _ADDED,
        _REMOVED.format(when=_TOGETHER.removeprefix("WHEN "), forget=_FORGET),
        _CHANGED.format(when=_DIFFERS),
    )


def _run(*statements: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in statements:
            connection.execute(sa.text(statement))
