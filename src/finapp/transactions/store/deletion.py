"""Forgets a household."""

from sqlalchemy import Connection

from finapp.platform import portable
from finapp.transactions.tables import metadata


def forget(connection: Connection, owner: str) -> None:
    """Deletes every row of every table that is the household's."""
    portable.forget(connection, metadata, owner)
