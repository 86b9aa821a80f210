"""The version at which each month last changed, noted in the commit that changes it."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from finapp.kernel import ids
from finapp.kernel.months import Month
from finapp.platform.bulk import execute_many

# The commit has raised the household's version before anything else in it.
_NOTE = (
    "INSERT INTO changed_months (owner, period, version) SELECT owner, ?, version FROM versions WHERE owner = ? "
    "ON CONFLICT (owner, period) DO UPDATE SET version = excluded.version"
)
_NOTE_ALL = text(
    "INSERT INTO changed_months (owner, period, version) "
    "SELECT DISTINCT s.owner, s.period, v.version FROM monthly_sums s JOIN versions v ON v.owner = s.owner "
    "WHERE s.owner = :owner ON CONFLICT (owner, period) DO UPDATE SET version = excluded.version"
)
_SINCE = text("SELECT period FROM changed_months WHERE owner = :owner AND version > :since ORDER BY period")


def note(connection: Connection, owner: str, months: Iterable[str]) -> None:
    """These months (YYYY-MM) change with this commit."""
    number = ids.to_number(owner)
    execute_many(connection, _NOTE, [(month, number) for month in sorted(months)])


def note_all(connection: Connection, owner: str) -> None:
    """Every month that has sums changes with this commit."""
    connection.execute(_NOTE_ALL, {"owner": ids.to_number(owner)})


def since(connection: Connection, owner: str, version: int) -> tuple[Month, ...]:
    """The months that changed after a version, in order."""
    found = connection.execute(_SINCE, {"owner": ids.to_number(owner), "since": version})
    return tuple(Month(period) for period in found.scalars())
