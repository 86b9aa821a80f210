"""Databases with rows in them migrate up, down and up again; nothing is lost, and every kept sum is right after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Table, inspect, select, text

from finapp.app.catalogue import PLUGS
from finapp.app.cli.doctor import examine
from finapp.app.settings import Settings
from finapp.platform.engines import Engines, PostgresEngines, SqliteEngines
from finapp.platform.migrating import is_current, migrate, migrations_home
from finapp.platform.plugs import Plug
from tests.platform.filled import fill
from tests.support import TODAY, application, sign_in, sign_up
from tests.support.postgres import postgres

Content = dict[str, list[str]]
EMAIL = "household@example.com"
WRITTEN = (
    "daily_sums",
    "merchant_sums",
    "merchant_years",
    "largest_purchases",
    "corrections",
    "set_aside",
    "import_rows",
)
EARLIER = {"transactions": ("0016", "0015", "0012", "0009", "0007", "0005", "0004")}
"""The revisions before those that move data, the newest first; of the other contexts, every one."""
EMPTIED = {
    "transactions": {"changed_days"},
    "reports": {"stream_edits", "forecasts"},
    "analytics": {"budgets", "settings"},
    "auth": {"api_tokens", "security_events", "totps", "invitations", "passkeys", "spent_tickets"},
    "dashboard": {"dismissed", "webhooks", "deliveries"},
}
FORGOTTEN = {
    "import_rows": {"printed"},
    "part_payments": {"account_id"},
    "stream_words": {"marks", "merchant", "frequency", "low", "high"},
}
"""Tables and columns that an older release has no place for, so that its way back is without what they had."""


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return _filled(Settings(data=tmp_path_factory.mktemp("data"), today=TODAY))


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield _filled(Settings(data=tmp_path_factory.mktemp("data"), today=TODAY, database_url=url))


def _filled(settings: Settings) -> Settings:
    with application(settings.data, database_url=settings.database_url) as client:
        sign_up(client, EMAIL, "GBP")
        fill(client)
    return settings


def _opened(settings: Settings, context: str) -> Engines:
    if settings.database_url is None:
        return SqliteEngines(settings.data, context)
    return PostgresEngines(settings.database_url, context)


def _content(engines: Engines, plug: Plug) -> Content:
    """Table -> its rows as text, of what no way back forgets."""
    emptied = {"transaction_texts", *EMPTIED.get(plug.name, set())}
    with engines.reader.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(select(*_kept(table))))
            for table in plug.metadata().sorted_tables
            if table.name not in emptied
        }


def _kept(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in FORGOTTEN.get(table.name, set())]


def _indexes(engines: Engines) -> set[str]:
    with engines.writer.connect() as connection:
        found = inspect(connection)
        return {str(each["name"]) for table in found.get_table_names() for each in found.get_indexes(table)}


def _migrated_to_and_fro(settings: Settings, plug: Plug) -> None:
    engines = _opened(settings, plug.name)
    try:
        before, indexes = _content(engines, plug), _indexes(engines)
        numbers = sorted(path.stem[:4] for path in (migrations_home() / plug.name).glob("0*.py"))
        for revision in EARLIER.get(plug.name, tuple(reversed(numbers[:-1]))):
            migrate(engines, revision)
            assert not is_current(engines)
            with engines.reader.connect() as connection:
                assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == revision
            migrate(engines)
            assert _content(engines, plug) == before, revision
            assert _indexes(engines) == indexes
    finally:
        engines.close()


def _stands(settings: Settings) -> None:
    """The whole product agrees with the doctor on what has migrated to and fro."""
    for plug in PLUGS:
        _migrated_to_and_fro(settings, plug)
    assert examine(settings) == 0
    with application(settings.data, database_url=settings.database_url) as client:
        sign_in(client, EMAIL)
        found = client.get("/api/v1/transactions?q=äckerei").json()["items"]
        assert [row["description"] for row in found] == ["BÄCKEREI Ä"]
        assert client.get("/api/v1/liabilities").json()["items"][0]["name"] == "Car"
        assert client.get("/api/v1/net-worth").status_code == 200


def test_what_is_migrated_has_rows_in_every_table_of_the_ledger_that_a_migration_fills(on_sqlite: Settings) -> None:
    engines = _opened(on_sqlite, "transactions")
    content = _content(engines, next(plug for plug in PLUGS if plug.name == "transactions"))
    engines.close()
    assert not [name for name in WRITTEN if not content[name]]


def test_a_filled_household_migrates_to_every_earlier_revision_and_back(on_sqlite: Settings) -> None:
    _stands(on_sqlite)


@pytest.mark.postgres
def test_a_filled_household_migrates_to_every_earlier_revision_and_back_on_postgres(on_postgres: Settings) -> None:
    _stands(on_postgres)
