"""Each context migrates alone on an empty database, to exactly the tables it works on, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

from finapp.platform.engines import SqliteEngines
from finapp.platform.migrating import is_current, migrate
from tests.architecture import contexts


def shape(engine: Engine) -> dict[str, Any]:
    """Everything the database knows about its tables: columns, keys, checks and indexes."""
    inspector = inspect(engine)

    def of(table: str) -> dict[str, Any]:
        columns = inspector.get_columns(table)
        return {
            "columns": {column["name"]: (str(column["type"]), column["nullable"]) for column in columns},
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(str(key) for key in inspector.get_foreign_keys(table)),
            "unique": sorted(str(each["column_names"]) for each in inspector.get_unique_constraints(table)),
            "checks": sorted(each["sqltext"] for each in inspector.get_check_constraints(table)),
            "indexes": sorted(str((each["column_names"], each["unique"])) for each in inspector.get_indexes(table)),
        }

    return {table: of(table) for table in inspector.get_table_names() if table != "alembic_version"}


@pytest.fixture(params=contexts.names())
def engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteEngines]:
    """The empty database of one context."""
    engines = SqliteEngines(tmp_path, request.param)
    yield engines
    engines.close()


def test_the_migrated_database_is_the_one_the_code_works_on(engines: SqliteEngines) -> None:
    metadata = contexts.plug(engines.context).metadata
    migrate(engines)
    planned = create_engine("sqlite://")
    metadata.create_all(planned)
    assert shape(engines.writer) == shape(planned)
    planned.dispose()


def test_a_context_migrates_up_down_and_up_again(engines: SqliteEngines) -> None:
    migrate(engines)
    first = shape(engines.writer)
    migrate(engines, "base")
    assert shape(engines.writer) == {}
    migrate(engines)
    assert shape(engines.writer) == first
    assert is_current(engines)


def test_tables_refuse_a_value_of_another_type(engines: SqliteEngines) -> None:
    migrate(engines)
    with engines.writer.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").all()
    loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
    assert loose <= {"alembic_version"}
