"""One context's data by connection: its own file on SQLite, its own schema and role on PostgreSQL."""

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, MetaData, Select, Table, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from finapp.kernel import ids
from finapp.kernel.clock import Clock
from finapp.platform import driver, standing
from finapp.platform.driver import Glance
from finapp.platform.engines import Engines
from finapp.platform.memory import Memory
from finapp.platform.prepared import Prepared, Stored, prepare
from finapp.platform.standing import WrittenColumns
from finapp.platform.turns import Turns
from finapp.platform.unit import Unit

log = structlog.get_logger()
T = TypeVar("T")
_open = threading.local()
_SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"}
"""What lets all statements of a transaction see one state."""
_BEHIND = 5.0
"""Seconds by which the version of a household may be behind its interim writes."""

_RAISE_VERSION = (
    "INSERT INTO versions (owner, version) VALUES (?, 1) "
    "ON CONFLICT (owner) DO UPDATE SET version = versions.version + 1 RETURNING version"
)
_READ_VERSION = text("SELECT version FROM versions WHERE owner = :owner")


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT of the connection's dialect, which knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if connection.dialect.name != "postgresql":
        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert(table)


class Database:
    """Opens reads and writes of one context.

    Writes run one at a time and raise the household's version in the same commit. Opening a database while this
    thread has a write open raises RuntimeError: a facade is never called inside an open write.
    """

    def __init__(
        self,
        engines: Engines,
        clock: Clock,
        subscribers: Mapping[str, tuple[str, ...]],
        metadata: Callable[[], MetaData] = MetaData,
    ) -> None:
        self.context = engines.context
        self._describe = metadata
        self._engines = engines
        self._clock = clock
        self._subscribers = subscribers
        self._versions: dict[str, int] = {}
        self._moved: dict[str, float] = {}
        """When an interim write last raised a household's version for the others to see."""
        self._unseen: dict[str, int] = {}
        """Versions of interim writes that the others have not seen yet."""
        self._writing = Turns()
        self._settled = Memory[Any](most=256)
        self._written = WrittenColumns()
        self.after_announcing: Callable[[], None] = lambda: None
        """Called after a commit that announced events; the courier sets it."""
        self.after_committing: Callable[[str], None] = lambda owner: None
        """Called with the household after each commit for one."""

    @cached_property
    def metadata(self) -> MetaData:
        """The tables of the context, for what concerns all of them: to move or to forget a household."""
        return self._describe()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and cannot write."""
        self._refuse_when_writing()
        with self._engines.reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Glance]:
        """What `read` gives, for statements that are handed to the driver as they are: in a third of its time."""
        dialect = self._engines.reader.dialect
        with self._borrowed() as connection:
            connection.cursor().execute(_SNAPSHOT[dialect.name])
            yield Glance(connection, dialect)

    @contextmanager
    def _borrowed(self) -> Iterator[Any]:
        """A connection of the driver. The pool takes back any transaction that it has begun."""
        self._refuse_when_writing()
        borrowed = self._engines.reader.raw_connection()
        try:
            yield borrowed
        finally:
            borrowed.close()

    def settled(self, read: Callable[..., T], owner: str, *rest: Hashable) -> T:
        """What `read(connection, owner, *rest)` says, asked again only after a write for the household.

        It must depend on nothing but its arguments and the household's rows here, and nobody may change its answer. One
        that is `standing` is asked again only after a write to the columns that it stands on.
        """

        def ask() -> T:
            with self.read() as connection:
                return read(connection, owner, *rest)

        if not self._engines.one_writer:
            return ask()
        # Counted before anything is read: an answer is never older than what it is kept under.
        columns = getattr(read, "stands_on", None)
        state = self.version(owner) if columns is None else self._written.of(columns)
        found: T = self._settled.answer((read, owner, *rest, state), ask)
        return found

    def prepare(self, query: Select[Any]) -> Prepared:
        """A query to `fetch` again and again."""
        return prepare(query, self._engines.reader.dialect)

    def fetch(self, asked: Prepared, given: Mapping[str, Any]) -> Sequence[tuple[Stored, ...]]:
        """The rows of one prepared query as the driver gives them: a read of its own, in a tenth of `read`'s time."""
        with self._borrowed() as connection:
            cursor = connection.cursor()
            cursor.execute(asked.text, asked.bound(given))
            found: Sequence[tuple[Stored, ...]] = cursor.fetchall()
        return found

    @contextmanager
    def write(self, owner: str | None, *, interim: bool = False) -> Iterator[Unit]:
        """One unit of work: everything in it commits together, or nothing does.

        `owner` is the household whose version rises; None for housekeeping that changes no household's answers.
        `interim` is one of the many short writes of a long piece of work, which a further write ends. Only with that
        one is it sure to be on the disk, and until then the version moves once in some seconds, so that answers are not
        made anew after each.
        """
        self._refuse_when_writing()
        with self._writing if self._engines.one_writer else _no_lock():
            _open.writing = self.context
            try:
                with self._engines.writing(interim=interim) as connection:
                    version = self._raise_version(connection, owner)
                    unit = Unit(connection, owner, self._clock, self._subscribers)
                    watched = standing.of(connection)
                    yield unit
            finally:
                _open.writing = None
            self._written.add(None if watched is None else watched.changed)
            seen = owner is not None and self._shows(owner, version, interim)
        if owner is not None and seen:
            self.after_committing(owner)
        if unit.announced:
            self.after_announcing()

    def show(self, owner: str) -> None:
        """Lets the others see what interim writes have written, where the write that should end them failed."""
        with self._writing:
            version = self._unseen.pop(owner, None)
            if version is not None:
                self._versions[owner] = version
        if version is not None:
            self.after_committing(owner)

    def version(self, owner: str) -> int:
        """How many writes this context has committed for a household; equal versions mean equal answers, while none of
        them is an interim one: of these it is behind by some seconds."""
        known = self._versions.get(owner)
        if known is not None:
            return known
        with self.read() as connection:
            version = connection.execute(_READ_VERSION, {"owner": ids.to_number(owner)}).scalar() or 0
        if self._engines.one_writer:
            # A write may have committed since the read: never replace what it has set.
            return self._versions.setdefault(owner, version)
        return int(version)

    def _shows(self, owner: str, version: int, interim: bool) -> bool:
        """Lets the others see a new version, unless it is of an interim write and they have just seen one."""
        if not self._engines.one_writer:
            return True
        now = time.monotonic()
        if interim and now - self._moved.get(owner, -_BEHIND) < _BEHIND:
            self._unseen[owner] = version
            return False
        self._unseen.pop(owner, None)
        if interim:
            self._moved[owner] = now
        self._versions[owner] = version
        return True

    @property
    def waited_at(self) -> float:
        """When a write last had to wait for another, by `time.monotonic`; those that do not queue here are not seen."""
        return self._writing.waited_at

    @property
    def one_writer(self) -> bool:
        """Whether only this process writes, so that it knows every version without asking."""
        return self._engines.one_writer

    def close(self) -> None:
        """Releases every connection and the lock on the file."""
        self._engines.close()

    @staticmethod
    def _raise_version(connection: Connection, owner: str | None) -> int:
        if owner is None:
            return 0
        return int(driver.execute(connection, _RAISE_VERSION, (ids.to_number(owner),)).fetchone()[0])

    def _refuse_when_writing(self) -> None:
        writing = getattr(_open, "writing", None)
        if writing is not None:
            raise RuntimeError(
                f"{self.context} was opened inside an open write of {writing}: use the unit's connection"
            )


@contextmanager
def _no_lock() -> Iterator[None]:
    yield
