"""The tables every context has beside its own: versions, outbox, inbox, answers to idempotent requests."""

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, Text

from finapp.platform.columns import Flag, Id, Instant, Whole

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """A context's own MetaData, with the standard tables in it."""
    metadata = MetaData(naming_convention=NAMING)
    standard_tables(metadata)
    return metadata


def table(name: str, metadata: MetaData, *items: Any, **options: Any) -> Table:
    """A table that is STRICT on SQLite, so that no value is stored as another type than its column's."""
    return Table(name, metadata, *items, sqlite_strict=True, **options)


def standard_tables(metadata: MetaData) -> None:
    """Adds the tables that `Database`, `Unit` and `Courier` work on."""
    table(
        "versions",
        metadata,
        Column("owner", Id, primary_key=True, autoincrement=False),
        Column("version", Whole, nullable=False),
    )
    table(
        "outbox",
        metadata,
        Column("id", Id, primary_key=True, autoincrement=False),
        Column("event_id", Id, nullable=False),
        Column("subscriber", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("owner", Id, nullable=False),
        Column("payload", Text, nullable=False),
        Column("attempts", Whole, nullable=False),
        Column("due_at", Instant, nullable=False),
        Column("parked", Flag, nullable=False),
        Column("error", Text),
        Index(None, "parked", "due_at"),
    )
    table(
        "inbox",
        metadata,
        Column("event_id", Id, primary_key=True, autoincrement=False),
        Column("received_at", Instant, nullable=False),
    )
    table(
        "idempotency",
        metadata,
        Column("person", Id, primary_key=True, autoincrement=False),
        Column("key", Text, primary_key=True),
        Column("digest", Text, nullable=False),
        Column("answer", Text, nullable=False),
        Column("created_at", Instant, nullable=False),
        Index(None, "created_at"),
    )
