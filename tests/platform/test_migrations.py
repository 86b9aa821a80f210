"""Every context migrates alone, up, down and up again, to exactly the tables it works with."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from finapp.app.catalogue import PLUGS
from finapp.platform.engines import SqliteEngines
from finapp.platform.migrating import migrate
from finapp.platform.plugs import Plug


def shape(engines: SqliteEngines) -> dict[str, set[tuple[str, str, bool]]]:
    found = inspect(engines.writer)
    return {
        name: {(column["name"], str(column["type"]), bool(column["nullable"])) for column in found.get_columns(name)}
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def extras(engines: SqliteEngines) -> set[str]:
    """Indexes and constraints, as the database spells them."""
    with engines.reader.connect() as connection:
        found = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars()
        return {" ".join(sql.split()) for sql in found if "alembic_version" not in sql}


@pytest.mark.parametrize("plug", PLUGS, ids=lambda plug: plug.name)
def test_a_context_migrates_alone_to_the_tables_it_works_with(plug: Plug, tmp_path: Path) -> None:
    migrated = SqliteEngines(tmp_path / "migrated", plug.name)
    migrate(migrated)
    created = SqliteEngines(tmp_path / "created", plug.name)
    with created.writer.begin() as connection:
        plug.metadata().create_all(connection)
    assert shape(migrated) == shape(created)
    assert extras(migrated) == extras(created)
    migrate(migrated, "base")
    assert shape(migrated) == {}
    migrate(migrated)
    assert shape(migrated) == shape(created)
    migrated.close()
    created.close()
