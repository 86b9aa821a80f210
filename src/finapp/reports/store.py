"""Every query of the reports context."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from finapp.kernel import ids
from finapp.platform.database import insert_into
from finapp.reports.domain.recurring.report import Remembered
from finapp.reports.tables import stream_words


def words(connection: Connection, owner: str) -> list[Remembered]:
    """Everything the household has said about streams, oldest first."""
    rows = connection.execute(select(stream_words).where(stream_words.c.owner == owner).order_by(stream_words.c.id))
    return [
        Remembered(
            id=row.stream,
            direction=row.direction,
            decision=row.decision,
            name=row.name,
            transaction_ids=frozenset(row.transaction_ids),
        )
        for row in rows
    ]


def keep_word(connection: Connection, owner: str, person: str, word: Remembered, at: datetime) -> None:
    """Writes what the household says about a stream, replacing what it said before."""
    row = {
        "id": ids.new_id(),
        "owner": owner,
        "person": person,
        "changed_at": at,
        "stream": word.id,
        "direction": word.direction,
        "decision": word.decision,
        "name": word.name,
        "transaction_ids": sorted(word.transaction_ids),
    }
    changed = {name: row[name] for name in ("person", "changed_at", "decision", "name", "transaction_ids")}
    statement = insert_into(connection, stream_words).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["owner", "stream"], set_=changed))


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    connection.execute(delete(stream_words).where(stream_words.c.owner == owner))
