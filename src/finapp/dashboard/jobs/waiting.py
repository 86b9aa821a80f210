"""Whether a start has something to go on with: asked of the data before anything else of the context is there."""

from sqlalchemy import text

from finapp.platform.database import Database

_WEBHOOK = text("SELECT 1 FROM webhooks LIMIT 1")


def has_webhooks(database: Database) -> bool:
    """Whether any household has one: its messages may be due."""
    with database.read() as connection:
        return connection.execute(_WEBHOOK).first() is not None
