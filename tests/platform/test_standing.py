"""What a writer keeps of seldom changed tables is what it would read."""

from collections.abc import Iterator
from contextlib import suppress
from inspect import unwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from finapp.kernel.clock import FixedClock
from finapp.platform.database import Database
from finapp.platform.engines import SqliteEngines
from finapp.platform.standing import columns_written, standing
from tests.support import NOON

_READ: list[str] = []
"""The households that were really read, in order."""


@standing("people.name")
def names(connection: Connection, owner: str) -> tuple[str, ...]:
    _READ.append(owner)
    query = text("SELECT name FROM people WHERE owner = :owner AND name IS NOT NULL ORDER BY id")
    return tuple(connection.execute(query, {"owner": owner}).scalars())


@standing("pets")
def pets(connection: Connection, owner: str) -> int:
    return int(
        connection.execute(text("SELECT count(*) FROM pets WHERE owner = :owner"), {"owner": owner}).scalar_one()
    )


def read_again(connection: Connection, owner: str) -> tuple[tuple[str, ...], int]:
    return unwrap(names)(connection, owner), unwrap(pets)(connection, owner)


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[SqliteEngines]:
    found = SqliteEngines(tmp_path, "people")
    with found.writer.begin() as connection:
        connection.execute(text("CREATE TABLE people (id INTEGER PRIMARY KEY, owner TEXT, name TEXT, seen INTEGER)"))
        pet = (
            "CREATE TABLE pets (id INTEGER PRIMARY KEY, owner TEXT, of INTEGER REFERENCES people(id) ON DELETE CASCADE)"
        )
        connection.execute(text(pet))
    yield found
    found.close()


_STATEMENTS = (
    "INSERT INTO people (owner, name) VALUES ('a', 'new')",
    "INSERT INTO people (owner, name, seen) SELECT 'a', name, seen FROM people WHERE owner = 'b'",
    "INSERT INTO people (owner) VALUES ('b')",
    "INSERT INTO people (id, owner, seen) VALUES (1, 'a', 1) ON CONFLICT (id) DO UPDATE SET name = 'known'",
    "UPDATE people SET seen = 1 WHERE id > 2",
    "UPDATE people SET name = 'other' WHERE owner = 'b'",
    "UPDATE people SET seen = (SELECT count(*) FROM pets WHERE id > 0), name = 'late' WHERE owner = 'a'",
    "DELETE FROM people WHERE id = (SELECT max(id) FROM people)",
    "DELETE FROM pets WHERE id = 1",
    "INSERT INTO pets (owner, of) SELECT 'a', max(id) FROM people",
    "REPLACE INTO people (id, owner, name) VALUES (2, 'b', 'instead')",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(st.tuples(st.lists(st.sampled_from(_STATEMENTS), max_size=4), st.booleans()), max_size=6))
def test_what_is_kept_is_what_would_be_read(engines: SqliteEngines, writes: list[tuple[list[str], bool]]) -> None:
    for statements, commits in writes:
        with engines.writer.connect() as connection:
            transaction = connection.begin()
            for statement in ("SELECT 1", *statements):
                connection.execute(text(statement))
                for owner in ("a", "b"):
                    assert (names(connection, owner), pets(connection, owner)) == read_again(connection, owner)
            (transaction.commit if commits else transaction.rollback)()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(st.tuples(st.lists(st.sampled_from(_STATEMENTS), max_size=3), st.booleans()), max_size=6))
def test_what_readers_are_given_is_what_they_would_read(
    engines: SqliteEngines, writes: list[tuple[list[str], bool]]
) -> None:
    data = Database(engines, FixedClock(NOON), {})
    for statements, commits in writes:
        with suppress(ZeroDivisionError), data.write(None) as unit:
            for statement in statements:
                unit.connection.execute(text(statement))
            if not commits:
                raise ZeroDivisionError
        for owner in ("a", "b"):
            shown = data.settled(names, owner), data.settled(pets, owner)
            with data.read() as connection:
                assert shown == read_again(connection, owner)


def test_readers_ask_again_only_after_a_commit_that_wrote_to_the_columns(engines: SqliteEngines) -> None:
    data = Database(engines, FixedClock(NOON), {})
    _READ.clear()
    for statement in ("UPDATE people SET seen = 1 WHERE id = 1", "DELETE FROM pets WHERE id = 9"):
        assert data.settled(names, "a") == ()
        with data.write(None) as unit:
            unit.connection.execute(text(statement))
    assert data.settled(names, "a") == ()
    assert _READ == ["a"]
    with data.write(None) as unit:
        unit.connection.execute(text("INSERT INTO people (owner, name) VALUES ('a', 'Ann')"))
    assert data.settled(names, "a") == ("Ann",)
    assert _READ == ["a", "a"]


def test_a_write_to_other_columns_lets_it_stand_and_one_to_its_own_does_not(engines: SqliteEngines) -> None:
    _READ.clear()
    for statement in ("SELECT 1", "UPDATE people SET seen = 1 WHERE id = 1", "DELETE FROM pets WHERE id = 9"):
        with engines.writer.begin() as connection:
            connection.execute(text(statement))
            names(connection, "a")
    assert _READ == ["a"]
    with engines.writer.begin() as connection:
        connection.execute(text("INSERT INTO people (owner, name) VALUES ('a', 'Ann')"))
        assert names(connection, "a") == ("Ann",)
    with engines.reader.connect() as connection:
        assert names(connection, "a") == ("Ann",)
    assert _READ == ["a", "a", "a"]


def test_a_statement_that_is_not_understood_could_have_written_anything() -> None:
    for statement in (
        "CREATE TABLE x (id)",
        "REPLACE INTO people (id) VALUES (1)",
        "WITH a AS (SELECT 1) DELETE FROM b",
        "DROP TRIGGER t",
    ):
        assert columns_written(statement) is None
    assert columns_written("WITH a AS (SELECT 1) SELECT * FROM a") == frozenset()
    set_by = columns_written('UPDATE "people" SET "name"=?, seen = 1 WHERE people.id = ?')
    assert set_by == frozenset(("people", "people.name", "people.seen"))
