"""Every context migrates alone, up, down and up again, to exactly the tables it works with."""

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from finapp.app.catalogue import PLUGS
from finapp.platform.engines import DataUnreadable, SqliteEngines
from finapp.platform.migrating import is_current, migrate, migrations_home
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


@pytest.mark.parametrize("plug", PLUGS, ids=lambda plug: plug.name)
def test_the_migrations_of_a_context_are_one_chain_in_the_order_of_their_names(plug: Plug) -> None:
    before = None
    for path in sorted((migrations_home() / plug.name).glob("[0-9]*.py")):
        said = path.read_text()
        revision, earlier = (re.search(rf"^{name} = (.+)$", said, re.M) for name in ("revision", "down_revision"))
        assert revision is not None
        assert earlier is not None
        assert revision[1].strip('"') == path.stem.split("_")[0]
        assert earlier[1] == ("None" if before is None else f'"{before}"')
        before = path.stem.split("_")[0]


def test_a_context_migrates_to_an_older_revision_and_to_none_that_there_is_not(tmp_path: Path) -> None:
    engines = SqliteEngines(tmp_path, "auth")
    migrate(engines)
    newest = shape(engines)
    for revision in ("0002", "0002", "0001"):
        migrate(engines, revision)
        assert not is_current(engines)
    assert "passkeys" not in shape(engines)
    assert "api_tokens" not in shape(engines)
    migrate(engines, "0003")
    assert shape(engines) == newest
    for unknown in ("0099", "oldest"):
        with pytest.raises(DataUnreadable, match=unknown):
            migrate(engines, unknown)
    assert shape(engines) == newest
    engines.close()


def test_data_of_a_release_that_is_not_this_one_are_refused_whatever_its_revision_is_called(tmp_path: Path) -> None:
    engines = SqliteEngines(tmp_path, "auth")
    migrate(engines)
    for name in ("0004", "10000", "9z"):
        with engines.writer.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})
        with pytest.raises(DataUnreadable, match="newer release"):
            is_current(engines)
        with pytest.raises(DataUnreadable):
            migrate(engines)
    engines.close()
