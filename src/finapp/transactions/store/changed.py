"""The version at which each day last changed, noted in the commit that changes its rows."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, text

from finapp.kernel import ids
from finapp.platform import driver
from finapp.platform.bulk import execute_many
from finapp.platform.driver import Glance

# The commit has raised the household's version before anything else in it. One row each: before a statement that may
# insert several, SQLite writes down the index of texts.
_NOTE = (
    "INSERT INTO changed_days (owner, day, version) VALUES (?, ?, (SELECT version FROM versions WHERE owner = ?)) "
    "ON CONFLICT (owner, day) DO UPDATE SET version = excluded.version"
)
_NOTE_ALL = text(
    "INSERT INTO changed_days (owner, day, version) "
    "SELECT DISTINCT s.owner, s.period, v.version FROM daily_sums s JOIN versions v ON v.owner = s.owner "
    "WHERE s.owner = :owner ON CONFLICT (owner, day) DO UPDATE SET version = excluded.version"
)
_EVERY = "SELECT period FROM daily_sums WHERE owner = ? UNION SELECT day FROM changed_days WHERE owner = ?"
_VERSION = "SELECT version FROM versions WHERE owner = ?"
# Asked for in their order, SQLite would look at every day.
_SINCE = "SELECT day FROM changed_days WHERE owner = ? AND version > ?"


def note(connection: Connection, owner: str, days: Iterable[str]) -> None:
    """These days (YYYY-MM-DD) change with this commit."""
    number = ids.to_number(owner)
    execute_many(connection, _NOTE, [(number, day, number) for day in sorted(days)])


def note_all(connection: Connection, owner: str) -> None:
    """Every day that has sums changes with this commit."""
    connection.execute(_NOTE_ALL, {"owner": ids.to_number(owner)})


def every(connection: Connection, owner: str) -> tuple[str, ...]:
    """Every day (YYYY-MM-DD) that has rows, or had some once."""
    number = ids.to_number(owner)
    return tuple(day for (day,) in driver.execute(connection, _EVERY, (number, number)).fetchall())


def version(glance: Glance, owner: str) -> int:
    """The household's version in the state that a connection sees."""
    found = driver.execute(glance, _VERSION, (ids.to_number(owner),)).fetchone()
    return 0 if found is None else int(found[0])


def since(connection: Connection | Glance, owner: str, version: int) -> tuple[date, ...]:
    """The days that changed after a version, in order."""
    found = driver.execute(connection, _SINCE, (ids.to_number(owner), version)).fetchall()
    return tuple(date.fromisoformat(day) for (day,) in sorted(found))
