"""transactions: texts of many rows are written by themselves without a change of the schema."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_NAMED = "description, merchant, note"
_OLD = "old.id, old.description, old.merchant, old.note"
_NEW = "new.id, new.description, new.merchant, new.note"
_FORGET = f"INSERT INTO transaction_texts (transaction_texts, rowid, {_NAMED}) VALUES ('delete', {_OLD});"  # noqa: S608  # only names of our own columns
_LEARN = f"INSERT INTO transaction_texts (rowid, {_NAMED}) VALUES ({_NEW});"  # noqa: S608
_TOGETHER = "WHEN NOT EXISTS (SELECT 1 FROM texts_apart) "
_DROPPED = ("DROP TRIGGER transactions_text_added", "DROP TRIGGER transactions_text_removed")


def upgrade() -> None:
    """A row in a table of one column says that the texts are being written apart; the triggers look there."""
    _run("CREATE TABLE texts_apart (id INTEGER NOT NULL PRIMARY KEY) STRICT", *_DROPPED, *_triggers(_TOGETHER))


def downgrade() -> None:
    """The triggers look nowhere."""
    _run(*_DROPPED, *_triggers(""), "DROP TABLE texts_apart")


def _triggers(when: str) -> tuple[str, str]:
    return (
        f"CREATE TRIGGER transactions_text_added AFTER INSERT ON transactions {when}BEGIN {_LEARN} END",
        f"CREATE TRIGGER transactions_text_removed AFTER DELETE ON transactions {when}BEGIN {_FORGET} END",
    )


def _run(*statements: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in statements:
            connection.execute(sa.text(statement))
