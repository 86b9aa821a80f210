"""Every query of the reports context."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from finapp.kernel import ids
from finapp.kernel.money import from_minor, to_minor
from finapp.platform.database import insert_into
from finapp.platform.portable import forget
from finapp.reports.domain.forecast.habits import Kept
from finapp.reports.domain.recurring.edits import Edit
from finapp.reports.domain.recurring.report import Said
from finapp.reports.domain.recurring.words import Remembered
from finapp.reports.tables import forecasts, metadata, stream_edits, stream_words


def said(connection: Connection, owner: str) -> Said:
    """Everything the household has said about streams, oldest first."""
    words = connection.execute(select(stream_words).where(stream_words.c.owner == owner).order_by(stream_words.c.id))
    edits = connection.execute(select(stream_edits).where(stream_edits.c.owner == owner).order_by(stream_edits.c.id))
    return Said(
        words=[
            Remembered(
                id=row.stream,
                direction=row.direction,
                decision=row.decision,
                name=row.name,
                marks=frozenset(row.transaction_ids if row.marks is None else row.marks),
                merchant=row.merchant,
                frequency=row.frequency,
                low=row.low,
                high=row.high,
            )
            for row in words
        ],
        edits=[Edit(kind=row.kind, parts=tuple(frozenset(part) for part in row.parts)) for row in edits],
    )


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
        "transaction_ids": [],
        "marks": sorted(word.marks),
        "merchant": word.merchant,
        "frequency": word.frequency,
        "low": word.low,
        "high": word.high,
    }
    changed = {name: value for name, value in row.items() if name not in ("id", "owner", "stream", "direction")}
    statement = insert_into(connection, stream_words).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["owner", "stream"], set_=changed))


def keep_edit(connection: Connection, owner: str, person: str, edit: Edit, at: datetime) -> None:
    """Writes a merge or a split."""
    row = {
        "id": ids.new_id(),
        "owner": owner,
        "person": person,
        "made_at": at,
        "kind": edit.kind,
        "parts": [sorted(part) for part in edit.parts],
    }
    connection.execute(insert_into(connection, stream_edits).values(row))


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
