"""Two letters in the texts of rows, found by SQLite's index of every three."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from finapp.platform import driver
from finapp.transactions.tables.texts import TOO_SHORT

_MOST_BEGINNINGS = 300
"""Writings with more letters than that, such as Chinese, would make a question of thousands of terms."""
_LAST = 0x10FFFF
_NEXT_TERM = "SELECT term FROM transaction_terms WHERE term >= ? LIMIT 1"
_BETWEEN = "SELECT term FROM transaction_terms WHERE term >= ? AND term < ?"
# Only names of our own are put into the text.
_SHORT = f"SELECT id FROM transactions INDEXED BY ix_transactions_short WHERE ({TOO_SHORT}) AND (%s) LIMIT ?"  # noqa: S608


def terms_with(connection: Connection, pair: str) -> list[str] | None:
    """Every three letters in the index of texts, and perhaps others, that two are among; None when they are too many
    to ask for, or their case is not as plain as that of English letters."""
    if not (pair.isascii() or pair.lower() == pair.upper()) or ord(pair[1]) >= _LAST:
        return None
    pair = pair.lower()
    first = list(_beginnings(connection))
    # A question to the index ends at a NUL.
    if len(first) > _MOST_BEGINNINGS or "\0" in first:
        return None
    found = driver.execute(connection, _BETWEEN, (pair, pair[0] + _after(pair[1]))).fetchall()
    return [*(term for (term,) in found), *(letter + pair for letter in first)]


def too_short(connection: Connection, pair: str, columns: Sequence[str], most: int) -> list[int]:
    """The ids of rows that have a text of two letters, which the index leaves out, with exactly these."""
    alike = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    values: list[Any] = [f"%{_escaped(pair)}%"] * len(columns)
    return [number for (number,) in driver.execute(connection, _SHORT % alike, (*values, most)).fetchall()]


def _beginnings(connection: Connection) -> Iterator[str]:
    """The letters that terms begin with: a step down the index for each."""
    after = ""
    while after is not None:
        found = driver.execute(connection, _NEXT_TERM, (after,)).fetchone()
        if found is None or ord(found[0][0]) >= _LAST:
            return
        yield found[0][0]
        after = _after(found[0][0])


def _after(letter: str) -> str:
    number = ord(letter) + 1
    # No text holds a surrogate.
    return chr(0xE000 if 0xD800 <= number <= 0xDFFF else number)


def _escaped(wanted: str) -> str:
    return wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
