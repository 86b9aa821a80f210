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
    """Runs the pending migrations of a context, each in its own transaction. Does nothing when there are none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_home()))
    config.set_main_option("version_locations", str(migrations_home() / engines.context))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engines.writer
    if target.startswith("-") or target == "base":
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)


def is_current(engines: Engines) -> bool:
    """Whether the newest migration file has been run, told without importing Alembic.

    Raises DataUnreadable when one has been run that is not here.
    """
    newest = max(path.stem.split("_")[0] for path in (migrations_home() / engines.context).glob("[0-9]*.py"))
    with engines.reader.connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return False
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and str(found) > newest:
        raise DataUnreadable(f"the data of {engines.context} are of a newer release than this one: start that one")
    return bool(found == newest)


def create_tables(connection: Connection, metadata: MetaData) -> None:
    """Creates the tables a migration defines in its own MetaData, with the standard tables of a context."""
    new_metadata().create_all(connection, tables=None)
    metadata.create_all(connection)


def drop_tables(connection: Connection, metadata: MetaData) -> None:
    """Undoes `create_tables`."""
    metadata.drop_all(connection)
    new_metadata().drop_all(connection)
