"""Every query of the reports context."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from finapp.kernel import ids
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.database import insert_into
from finapp.platform.portable import forget
from finapp.reports.domain.forecast.habits import Kept
from finapp.reports.domain.recurring.report import Remembered
from finapp.reports.tables import forecasts, metadata, stream_words


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


def keep_forecast(connection: Connection, owner: str, kept: Kept, currency: str, at: datetime) -> None:
    """Keeps a forecast; the first one of a day stays."""
    days = [
        [account, day.isoformat(), to_minor(low, currency), to_minor(high, currency)]
        for (account, day), (low, high) in kept.days.items()
    ]
    row = {
        "id": ids.new_id(),
        "owner": owner,
        "made_on": kept.made_on,
        "made_at": at,
        "currency": currency,
        "band": kept.band,
        "days": days,
    }
    statement = insert_into(connection, forecasts).values(row)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["owner", "made_on"]))


def has_forecast(connection: Connection, owner: str, made_on: date) -> bool:
    """Whether a forecast of that day is kept."""
    found = select(forecasts.c.id).where(forecasts.c.owner == owner, forecasts.c.made_on == made_on)
    return connection.execute(found).first() is not None


def forecast_before(connection: Connection, owner: str, day: date) -> Kept | None:
    """The newest forecast made on or before a day; None when there is none."""
    newest = select(forecasts).where(forecasts.c.owner == owner, forecasts.c.made_on <= day)
    row = connection.execute(newest.order_by(forecasts.c.made_on.desc()).limit(1)).first()
    if row is None:
        return None
    return Kept(
        made_on=row.made_on,
        band=row.band,
        days={
            (account, date.fromisoformat(text)): (from_minor(low, row.currency), from_minor(high, row.currency))
            for account, text, low, high in row.days
        },
    )


def delete_household(connection: Connection, owner: str) -> None:
    """Deletes everything of a household."""
    forget(connection, metadata, owner)
