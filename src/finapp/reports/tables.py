"""The tables of the reports context."""

from sqlalchemy import Column, Index, Text

from finapp.platform.columns import Day, Exact, Id, Instant, Json
from finapp.platform.tables import new_metadata, table

metadata = new_metadata()

stream_words = table(
    "stream_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("stream", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("decision", Text),
    Column("name", Text),
    Column("transaction_ids", Json, nullable=False),
    Column("marks", Json),
    Column("merchant", Text),
    Column("frequency", Text),
    Column("low", Exact),
    Column("high", Exact),
    Index(None, "owner", "stream", unique=True),
)
"""The household's word on a stream, with what it is known by after new imports: `marks` name its rows by account, day
and amount. Words of the first release name them by id."""

stream_edits = table(
    "stream_edits",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parts", Json, nullable=False),
    Index(None, "owner", "id"),
)
"""Streams that the household merged or split, the oldest first. `parts` are lists of marks."""

forecasts = table(
    "forecasts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner", Id, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("currency", Text, nullable=False),
    Column("band", Exact, nullable=False),
    Column("days", Json, nullable=False),
    Index(None, "owner", "made_on", unique=True),
)
"""Forecasts as they were made, one a day, to be held against what came. `days` is [account, day, low, high] in minor
units."""
