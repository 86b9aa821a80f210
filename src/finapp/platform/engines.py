"""Connections of one context: pragmas and locks of SQLite, schema and role of PostgreSQL."""

import fcntl
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from finapp.kernel.errors import Unavailable
from finapp.platform import driver, standing

BUSY_SECONDS = 10
_SYNC = "synchronous"


class DataInUse(Unavailable):
    """Another process holds this data directory."""

    code = "data_in_use"
    title = "Another finapp process holds this data directory"


class DataUnreadable(Unavailable):
    """The data of a context cannot be opened."""

    code = "data_unreadable"
    title = "The data cannot be opened"


class Engines(Protocol):
    """What `Database` needs of a storage."""

    context: str
    reader: Engine
    writer: Engine
    one_writer: bool
    """True when only this process writes, so that versions may be remembered and writes queue in it."""

    def writing(self, *, interim: bool) -> AbstractContextManager[Connection]:
        """One transaction that writes. An interim one need not be on the disk before the next that is none."""

    def close(self) -> None:
        """Releases every connection."""


class SqliteEngines:
    """One file per context, in WAL mode.

    SQLite before 3.51.3 can corrupt a WAL file when one connection checkpoints while another commits, so one writer
    connection does all writes and checkpoints, readers are `query_only`, and a lock file refuses a second process.
    """

    one_writer = True

    def __init__(self, directory: Path, context: str) -> None:
        self.context = context
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = _lock(directory / f"{context}.lock")
        path = directory / f"{context}.sqlite3"
        # Readable by the owner alone; SQLite gives its side files the same mode.
        path.touch(mode=0o600)
        # Inserts touch pages of every index: with the default of 2 MB each page would be written many times.
        # The log is copied back once it has 32 MB: pages that many writes touch are copied once, not after each.
        pragmas = {
            "synchronous": "FULL",
            "foreign_keys": "ON",
            "cache_size": "-16000",
            "wal_autocheckpoint": "8000",
        }
        self.writer = _sqlite(path, "BEGIN IMMEDIATE", pragmas, size=1)
        self.reader = _sqlite(path, "BEGIN", {"query_only": "ON", "wal_autocheckpoint": "0"}, size=16)
        standing.watch(self.writer)
        try:
            with self.writer.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self, *, interim: bool) -> Iterator[Connection]:
        """One transaction that writes. A commit in FULL mode puts every earlier one on the disk with it."""
        with self.writer.connect() as connection:
            wanted = "NORMAL" if interim else "FULL"
            if connection.info.get(_SYNC, "FULL") != wanted:
                # Not inside a transaction: there SQLite leaves it as it is.
                connection.connection.cursor().execute(f"PRAGMA synchronous = {wanted}")
                connection.info[_SYNC] = wanted
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Closes the files and frees the lock."""
        self.reader.dispose()
        self.writer.dispose()
        self._lock.close()


class PostgresEngines:
    """One schema and one role per context in one database; the login role may `SET ROLE` to each."""

    one_writer = False

    def __init__(self, url: str, context: str) -> None:
        self.context = context
        self.writer = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
        event.listen(self.writer, "connect", self._assume_role)
        # By itself PostgreSQL shows each statement what was committed by then: an export would be torn.
        self.reader: Engine = self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def writing(self, *, interim: bool) -> Iterator[Connection]:
        """One transaction that writes. A commit that waits for the disk waits for every earlier one."""
        with self.writer.begin() as connection:
            if interim:
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection

    def close(self) -> None:
        """Closes the connections."""
        self.writer.dispose()

    def _assume_role(self, connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "finapp_{self.context}"')
            cursor.execute(f'SET search_path TO "{self.context}"')
        connection.commit()


def make_postgres_home(url: str, context: str) -> None:
    """Creates the context's role and schema where they are missing. The login role must be allowed to."""
    role, engine = f"finapp_{context}", create_engine(url)
    with engine.begin() as connection:
        known = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).first()
        if known is None:
            connection.exec_driver_sql(f'CREATE ROLE "{role}" NOLOGIN')
            connection.exec_driver_sql(f'GRANT "{role}" TO CURRENT_USER')
        # For searching texts by their letters; a known one is left alone, because asking again may need more rights.
        if connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'").first() is None:
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{context}" AUTHORIZATION "{role}"')
    engine.dispose()


def is_held(path: Path) -> bool:
    """Whether a process holds this lock file."""
    with path.open("r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _lock(path: Path) -> IO[str]:
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise DataInUse(f"another process already serves {path.stem} from this data directory") from None
    return handle


def _sqlite(path: Path, begin: str, pragmas: Mapping[str, str], size: int) -> Engine:
    def connect() -> sqlite3.Connection:
        # isolation_level None: Python must not open transactions of its own before ours.
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=0)
    event.listen(engine, "begin", lambda connection: driver.execute(connection, begin))
    return engine
