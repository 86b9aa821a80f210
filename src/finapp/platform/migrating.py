"""Brings one context's data to its newest form. Every context has its own Alembic history and migrates alone."""

from pathlib import Path

from sqlalchemy import Connection, MetaData

from finapp.platform.engines import DataUnreadable, Engines
from finapp.platform.tables import new_metadata

_STANDARD = ("versions", "outbox", "inbox", "idempotency")


def migrations_home() -> Path:
    """The folder of the histories: beside the sources in a checkout, inside the package in a wheel."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1] / "migrations"
    return checkout if checkout.is_dir() else package / "migrations"


def migrate(engines: Engines, target: str = "head") -> None:
    """Brings the data of a context to a revision, newer or older, each step in its own transaction.

    Does nothing when they are at it. Raises DataUnreadable for a revision that there is not, and for data of one.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(migrations_home()))
    config.set_main_option("version_locations", str(migrations_home() / engines.context))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engines.writer
    going = command.downgrade if _is_behind(engines, target) else command.upgrade
    try:
        going(config, target)
    except CommandError as fault:
        raise DataUnreadable(f"the data of {engines.context} cannot be brought to {target}: {fault}") from fault


def is_current(engines: Engines) -> bool:
    """Whether the newest migration file has been run, told without importing Alembic.

    Raises DataUnreadable when one has been run that is not here.
    """
    numbers = _numbers(engines.context)
    found = _found(engines)
    if found is not None and found not in numbers:
        raise DataUnreadable(f"the data of {engines.context} are of a newer release than this one: start that one")
    return found is not None and numbers[found] == max(numbers.values())


def _is_behind(engines: Engines, target: str) -> bool:
    """Whether a target is older than what the data are at."""
    if target.startswith("-") or target == "base":
        return True
    numbers, found = _numbers(engines.context), _found(engines)
    return target in numbers and found in numbers and numbers[target] < numbers[found]


def _numbers(context: str) -> dict[str, int]:
    """Revision -> its place in the history of a context, as the names of the migration files say."""
    names = [path.stem.split("_")[0] for path in (migrations_home() / context).glob("[0-9]*.py")]
    return {name: int(name) for name in names}


def _found(engines: Engines) -> str | None:
    """The revision of the data; None where nothing has been migrated yet."""
    with engines.reader.connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return None
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found


def create_tables(connection: Connection, metadata: MetaData) -> None:
    """Creates the tables a migration defines in its own MetaData, with the standard tables of a context."""
    new_metadata().create_all(connection, tables=None)
    metadata.create_all(connection)


def drop_tables(connection: Connection, metadata: MetaData) -> None:
    """Undoes `create_tables`."""
    metadata.drop_all(connection)
    new_metadata().drop_all(connection)
