"""The story on a real PostgreSQL: one schema and one role per context."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import InternalError, ProgrammingError

from finapp.app.catalogue import PLUGS
from finapp.kernel.clock import FixedClock
from finapp.kernel.ids import new_id
from finapp.platform.database import Database
from finapp.platform.engines import PostgresEngines
from tests.acceptance import story
from tests.auth import test_passkeys as passkeys
from tests.auth.authenticator import Authenticator
from tests.support import NOON, application, sign_up
from tests.support.postgres import postgres

pytestmark = [pytest.mark.postgres, pytest.mark.acceptance]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres(tmp_path_factory.mktemp("postgres")) as found:
        yield found


def test_the_story_runs_on_postgres(url: str, tmp_path: Path) -> None:
    with application(tmp_path, database_url=url) as client:
        story.whole(client)


def test_the_sums_on_postgres_equal_a_recount(url: str, tmp_path: Path) -> None:
    with application(tmp_path, database_url=url) as client:
        story.arrive(client, "counted@example.com")
        found = client.app.state.facades["transactions"].recount()
    assert set(found.values()) == {0}


def test_a_reading_sees_one_state_and_cannot_write(url: str, tmp_path: Path) -> None:
    def written(database: Database) -> None:
        with database.write(new_id()):
            pass

    with application(tmp_path, database_url=url):
        pass
    count = text("SELECT count(*) FROM versions")
    with closing(Database(PostgresEngines(url, "assets"), FixedClock(NOON), {})) as database:
        with database.read() as connection, ThreadPoolExecutor(1) as somebody:
            before = connection.execute(count).scalar_one()
            somebody.submit(written, database).result()
            assert connection.execute(count).scalar_one() == before
        with database.read() as connection:
            assert connection.execute(count).scalar_one() == before + 1
            with pytest.raises(InternalError, match="read-only transaction"):
                connection.execute(text("DELETE FROM versions"))


def test_a_passkey_is_made_and_used_on_postgres_and_each_challenge_once(url: str, tmp_path: Path) -> None:
    with application(tmp_path, database_url=url) as client:
        sign_up(client, "passkeys@example.com")
        key = Authenticator(passkeys.ORIGIN)
        passkeys.made(client, key)
        ceremony = passkeys.challenged(client)
        used = key.use(ceremony["options"])
        assert [passkeys.sign_in(client, ceremony, used).status_code for _ in range(2)] == [200, 422]


def test_each_context_has_a_schema_that_the_others_cannot_read(url: str, tmp_path: Path) -> None:
    with application(tmp_path, database_url=url):
        pass
    engine = create_engine(url)
    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT schema_name FROM information_schema.schemata")).scalars())
    engine.dispose()
    assert {plug.name for plug in PLUGS} <= found
    assets = PostgresEngines(url, "assets")
    with assets.reader.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SELECT count(*) FROM auth.people"))
    assets.close()
