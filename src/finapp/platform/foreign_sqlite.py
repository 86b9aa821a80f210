"""Reads a SQLite database that another program made. Only for child processes: the file is a stranger's.

The content is opened in memory, never as a file, may not be written, and answers nothing but reads of its tables.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Self

MAGIC = b"SQLite format 3\x00"
_MOST_COLUMNS = 200
_LONGEST = 1_000_000
_JOURNAL = slice(18, 20)
_READS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION)


class Unreadable(Exception):
    """The content is no database, or a damaged or encrypted one."""


class ForeignDatabase:
    """The tables of one database."""

    def __init__(self, content: bytes) -> None:
        """Raises Unreadable."""
        if not content.startswith(MAGIC) or len(content) < 512:
            raise Unreadable("is not a SQLite database")
        self._connection = sqlite3.connect(":memory:")
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        self._connection.text_factory = _text
        # A database in WAL mode says so in two bytes, and could not be opened without its other files.
        plain = bytearray(content)
        plain[_JOURNAL] = b"\x01\x01"
        try:
            self._connection.deserialize(bytes(plain))
            self._connection.execute("PRAGMA trusted_schema = OFF")
            self._connection.execute("PRAGMA cell_size_check = ON")
            found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            self.tables = {str(name): self._columns(str(name)) for (name,) in found if not name.startswith("sqlite_")}
        except (sqlite3.Error, UnicodeError) as fault:
            self._connection.close()
            raise Unreadable(str(fault)) from fault
        self._connection.set_authorizer(_only_reads)

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """The rows of one of `tables`, by column in small letters. Raises Unreadable."""
        if table not in self.tables:
            raise Unreadable(f"has no table {table!r}")
        columns = self.tables[table]
        try:
            for row in self._connection.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608  # a name it has
                yield dict(zip(columns, row, strict=True))
        except (sqlite3.Error, UnicodeError) as fault:
            raise Unreadable(str(fault)) from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _columns(self, table: str) -> tuple[str, ...]:
        found = self._connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0").description  # noqa: S608
        if len(found) > _MOST_COLUMNS:
            raise Unreadable("has a table with too many columns")
        return tuple(str(column[0]).lower() for column in found)


def _text(stored: bytes) -> str:
    """A text without the one letter that PostgreSQL cannot keep."""
    return stored.decode().replace("\0", "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _only_reads(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY
