"""Units of work, idempotent answers and events on real databases."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from finapp.kernel import ids
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import IdempotencyConflict, Unavailable
from finapp.kernel.events import Event
from finapp.kernel.once import Once
from finapp.platform import database
from finapp.platform.courier import Courier, Envelope, Mailbox
from finapp.platform.database import Database
from finapp.platform.engines import DataInUse, SqliteEngines
from finapp.platform.migrating import is_current, migrate
from finapp.platform.unit import Unit
from tests.support import NOON

OWNER = ids.new_id()


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    what: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    number: int


def opened(directory: Path, context: str, clock: FixedClock, listeners: tuple[str, ...] = ()) -> Database:
    engines = SqliteEngines(directory, context)
    migrate(engines)
    return Database(engines, clock, {"Happened": listeners})


def test_a_write_raises_the_version_and_a_refused_one_does_not(tmp_path: Path) -> None:
    data = opened(tmp_path, "auth", FixedClock(NOON))
    assert data.version(OWNER) == 0
    with data.write(OWNER):
        pass
    with pytest.raises(ZeroDivisionError), data.write(OWNER):
        raise ZeroDivisionError
    assert data.version(OWNER) == 1
    data.close()
    again = opened(tmp_path, "auth", FixedClock(NOON))
    assert again.version(OWNER) == 1
    again.close()


def test_interim_writes_move_the_version_once_in_some_seconds_and_any_other_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(database, "time", SimpleNamespace(monotonic=lambda: now[0]))
    data, told = opened(tmp_path, "auth", FixedClock(NOON)), list[str]()
    data.after_committing = told.append
    seen = []
    for seconds, interim in ((0.0, True), (1.0, True), (3.0, True), (1.0, True), (1.0, True), (1.0, False)):
        now[0] += seconds
        with data.write(OWNER, interim=interim):
            pass
        seen.append(data.version(OWNER))
    assert (seen, told) == ([1, 1, 1, 4, 4, 6], [OWNER] * 3)
    data.close()


def test_only_interim_writes_go_on_before_the_disk_has_them(tmp_path: Path) -> None:
    data, modes = opened(tmp_path, "auth", FixedClock(NOON)), []
    for interim in (False, True, True, False):
        with data.write(OWNER, interim=interim) as unit:
            modes.append(unit.connection.execute(text("PRAGMA synchronous")).scalar())
    full, normal = 2, 1
    assert modes == [full, normal, normal, full]
    data.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    data = opened(tmp_path, "auth", FixedClock(NOON))
    with pytest.raises(OperationalError), data.read() as connection:
        connection.execute(text("DELETE FROM versions"))
    data.close()


def test_opening_any_database_inside_an_open_write_is_refused(tmp_path: Path) -> None:
    one, other = opened(tmp_path, "auth", FixedClock(NOON)), opened(tmp_path, "assets", FixedClock(NOON))
    with one.write(OWNER), pytest.raises(RuntimeError, match="inside an open write of auth"), other.read():
        pass
    one.close()
    other.close()


def test_a_second_process_on_the_same_data_is_refused(tmp_path: Path) -> None:
    data = opened(tmp_path, "auth", FixedClock(NOON))
    with pytest.raises(DataInUse):
        SqliteEngines(tmp_path, "auth")
    data.close()
    opened(tmp_path, "auth", FixedClock(NOON)).close()


def test_the_newest_migration_is_known_without_running_it(tmp_path: Path) -> None:
    engines = SqliteEngines(tmp_path, "auth")
    assert not is_current(engines)
    migrate(engines)
    assert is_current(engines)
    migrate(engines, "base")
    assert not is_current(engines)
    engines.close()


def test_the_same_key_gives_the_first_answer_and_another_body_a_conflict(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    data = opened(tmp_path, "auth", clock)
    once = Once(person=ids.new_id(), key="k", digest="a")
    made: list[int] = []

    def ask(asked: Once) -> Answer:
        with data.write(OWNER) as unit:
            return unit.once(asked, Answer, lambda: made.append(1) or Answer(number=len(made)))

    assert ask(once) == ask(once) == Answer(number=1)
    with pytest.raises(IdempotencyConflict):
        ask(Once(person=once.person, key="k", digest="b"))
    assert ask(Once(person=ids.new_id(), key="k", digest="b")) == Answer(number=2)
    clock.instant += timedelta(hours=25)
    assert ask(once) == Answer(number=3)
    data.close()


class Post:
    """An announcing and a listening context, with a road between them that may be closed."""

    def __init__(self, directory: Path, clock: FixedClock) -> None:
        self.clock = clock
        self.sender = opened(directory, "auth", clock, ("assets",))
        self.receiver = opened(directory, "assets", clock)
        self.heard: list[str] = []
        self.mailbox = Mailbox(self.receiver, clock, lambda: {Happened: self._hear})
        self.fault: Exception | None = None
        self.envelopes: list[Envelope] = []
        self.courier = Courier({"auth": self.sender}, self._deliver, clock, frozenset({"assets"}))

    def announce(self, what: str) -> None:
        with self.sender.write(OWNER) as unit:
            unit.announce(Happened(owner=OWNER, what=what))

    def waiting(self) -> list[tuple[int, int]]:
        with self.sender.read() as connection:
            return [(row.attempts, row.parked) for row in connection.execute(text("SELECT * FROM outbox"))]

    def close(self) -> None:
        self.sender.close()
        self.receiver.close()

    def _deliver(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)
        if self.fault is not None:
            raise self.fault
        self.mailbox.receive(envelope)

    def _hear(self, unit: Unit, event: Happened) -> None:
        self.heard.append(event.what)


def test_an_event_arrives_before_the_announcer_goes_on(tmp_path: Path) -> None:
    post = Post(tmp_path, FixedClock(NOON))
    post.announce("first")
    assert post.heard == ["first"]
    assert post.waiting() == []
    post.close()


def test_an_event_of_a_write_that_failed_was_never_announced(tmp_path: Path) -> None:
    post = Post(tmp_path, FixedClock(NOON))

    def fail() -> None:
        with post.sender.write(OWNER) as unit:
            unit.announce(Happened(owner=OWNER, what="never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    post.courier.sweep()
    assert post.heard == []
    post.close()


def test_an_event_delivered_twice_takes_effect_once(tmp_path: Path) -> None:
    post = Post(tmp_path, FixedClock(NOON))
    post.announce("first")
    post.mailbox.receive(post.envelopes[0])
    assert post.heard == ["first"]
    post.close()


def test_an_event_waits_for_a_neighbour_that_is_down_however_long(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    post = Post(tmp_path, clock)
    post.fault = Unavailable()
    post.announce("late")
    for _ in range(20):
        clock.instant += timedelta(minutes=1)
        post.courier.sweep()
    assert post.waiting() == [(21, 0)]
    post.fault = None
    clock.instant += timedelta(minutes=1)
    post.courier.sweep()
    assert post.heard == ["late"]
    assert post.waiting() == []
    post.close()


def test_an_event_that_keeps_failing_is_parked(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    post = Post(tmp_path, clock)
    post.fault = KeyError("bug")
    post.announce("broken")
    for _ in range(10):
        clock.instant += timedelta(minutes=1)
        post.courier.sweep()
    assert post.waiting() == [(8, 1)]
    post.close()
