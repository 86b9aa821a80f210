"""What a write reads of tables that seldom change, kept between writes until somebody writes to these tables.

All writes of a context go through one connection on SQLite, so that it sees every statement that could change what it
has read: each INSERT and UPDATE is asked which columns it sets. Elsewhere nothing is kept.
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, event

T = TypeVar("T")
Reading = TypeVar("Reading", bound=Callable[..., Any])
"""Takes a connection, a household, and what else it asks for."""
_KEY = "standing"
_EVERY = "*"
_MOST = 2_000
_INSERT = re.compile(r'INSERT\s+(?:OR\s+\w+\s+)?INTO\s+"?(\w+)"?\s*\(([^)]*)\)(.*)', re.DOTALL)
_UPDATE = re.compile(r'UPDATE\s+"?(\w+)"?\s+SET\s(.*?)(?:\sWHERE\s(.*))?$', re.DOTALL)
_DELETE = re.compile(r'DELETE\s+FROM\s+"?(\w+)"?')
_SETS = re.compile(r'"?(\w+)"?\s*=')
_WORD = re.compile(r"\w+")
_READS = re.compile(
    r"\s*(?:SELECT|BEGIN|SAVEPOINT|RELEASE|PRAGMA)\b|"
    r"\s*WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE)\b)",
    re.DOTALL,
)


class Standing:
    """What one connection has read. Its values are not to be changed by whoever is given them."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[frozenset[str], Any]] = {}
        self._read: set[str] = set()
        """The columns of all that was ever kept."""
        self._written: set[str] = set()
        self._everything = False
        self._parents: frozenset[str] | None = None
        self.changed: frozenset[str] | None = frozenset()
        """The tables and columns that the transaction which is over, or is being committed, has written to; None when
        that is not known."""

    def answer(self, key: Hashable, columns: frozenset[str], read: Callable[[], T]) -> T:
        """What was read, or `read()`, which is kept unless this transaction has written to one of the columns."""
        if self._everything or not self._written.isdisjoint(columns):
            return read()
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = (columns, read())
            self._read |= columns
        value: T = found[1]
        return value

    def saw(self, connection: Connection, statement: str) -> None:
        """Forgets what a statement may change."""
        written = columns_written(statement)
        if written is None or (written and not self._parents_of(connection).isdisjoint(written)):
            self._everything = True
            self._kept.clear()
        elif not written <= self._written:
            self._written |= written
            # Most statements write where nothing that is kept was read.
            if not self._read.isdisjoint(written):
                self._kept = {key: kept for key, kept in self._kept.items() if kept[0].isdisjoint(written)}

    def _parents_of(self, connection: Connection) -> frozenset[str]:
        """Every row of the tables that others refer to: deleting one may reach into them."""
        if self._parents is None:
            cursor = connection.connection.cursor()
            cursor.execute('SELECT DISTINCT k."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) k')
            self._parents = frozenset(f"{table}.{_EVERY}" for (table,) in cursor.fetchall())
        return self._parents

    def ended(self) -> None:
        """The transaction is over: what is read from now on stands again."""
        self.changed = None if self._everything else frozenset(self._written)
        self._written.clear()
        self._everything = False


@lru_cache(4_096)
def columns_written(statement: str) -> frozenset[str] | None:
    """The table that a statement writes to and the columns it sets, as `table` and `table.column`. `table.*` stands for
    a deletion. None of them for a reading; None if it is not understood."""
    if _READS.match(statement):
        return frozenset()
    if found := _INSERT.match(statement):
        table, names, rest = found.groups()
        return _of(table, *_WORD.findall(names), *_SETS.findall(rest))
    if (found := _UPDATE.match(statement)) and "WHERE" not in (found[3] or ""):
        return _of(found[1], *_SETS.findall(found[2]))
    if found := _DELETE.match(statement):
        return _of(found[1], _EVERY)
    return None


def _of(table: str, *names: str) -> frozenset[str]:
    return frozenset((table, *(f"{table}.{name}" for name in names)))


def watch(writer: Engine) -> None:
    """Keeps what the connections of an engine read; it must have all writes to itself."""

    @event.listens_for(writer, "connect")
    def begin(connection: Any, record: Any) -> None:
        record.info[_KEY] = Standing()

    @event.listens_for(writer, "before_cursor_execute")
    def execute(connection: Connection, *rest: Any) -> None:
        connection.info[_KEY].saw(connection, rest[1])

    for ending in ("commit", "rollback"):
        event.listen(writer, ending, lambda connection: connection.info[_KEY].ended())


def of(connection: Connection) -> Standing | None:
    """What a connection has read, when it is watched."""
    found: Standing | None = connection.info.get(_KEY)
    return found


class WrittenColumns:
    """How often the columns of a database were written to by commits that are seen."""

    def __init__(self) -> None:
        self._commits = 0
        self._last: dict[str, int] = {}
        """The number of the last commit that has written to a column."""
        self._everything = 0
        """That of the last one of which it is not known."""

    def add(self, changed: frozenset[str] | None) -> None:
        """A commit is seen that has written to these."""
        self._commits += 1
        if changed is None:
            self._everything = self._commits
        else:
            self._last.update(dict.fromkeys(changed, self._commits))

    def of(self, columns: frozenset[str]) -> int:
        """A number that rises when one of the columns is written to."""
        return max([self._everything, *[self._last.get(column, 0) for column in columns]])


def saw(connection: Connection, statement: str) -> None:
    """Tells of a statement that is handed to the driver without SQLAlchemy, which would have told of it."""
    kept = of(connection)
    if kept is not None:
        kept.saw(connection, statement)


def standing(*columns: str) -> Callable[[Reading], Reading]:
    """For a reading of a store that depends on nothing but its arguments and these, each a `table` or `table.column`.

    Of columns one must be among them that every insertion names which matters.
    """
    wanted = frozenset((*columns, *(f"{column.partition('.')[0]}.{_EVERY}" for column in columns if "." in column)))

    def decorate(read: Reading) -> Reading:
        @wraps(read)
        def asked(connection: Connection, owner: str, *rest: Hashable) -> Any:
            kept = of(connection)
            if kept is None:
                return read(connection, owner, *rest)
            return kept.answer((read, owner, *rest), wanted, lambda: read(connection, owner, *rest))

        asked.stands_on = wanted  # type: ignore[attr-defined]
        return cast(Reading, asked)

    return decorate
