"""Two letters in the texts of rows, found by SQLite's index of every three."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from finapp.platform import driver
from finapp.transactions.store.wording import escaped
from finapp.transactions.tables.texts import TOO_SHORT

_MOST_BEGINNINGS = 300
"""Writings with more letters than that, such as Chinese, would make a question of thousands of terms."""
_LAST = 0x10FFFF
# Asked for places, SQLite does not read every row that a term is in, to count them.
_NEXT_TERM = "SELECT term FROM transaction_places WHERE term >= ? LIMIT 1"
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
    return [*_beginning_with(connection, pair), *(letter + pair for letter in first)]


def too_short(connection: Connection, pair: str, columns: Sequence[str], most: int) -> list[int]:
    """The ids of rows that have a text of two letters, which the index leaves out, with exactly these."""
    alike = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    values: list[Any] = [f"%{escaped(pair)}%"] * len(columns)
    return [number for (number,) in driver.execute(connection, _SHORT % alike, (*values, most)).fetchall()]


def _beginnings(connection: Connection) -> Iterator[str]:
    """The letters that terms begin with: a step down the index for each."""
    after = ""
    while (term := _next(connection, after)) is not None:
        yield term[0]
        after = _after(term[0])


def _beginning_with(connection: Connection, pair: str) -> Iterator[str]:
    """The terms that begin with two letters."""
    after = pair
    while (term := _next(connection, after)) is not None and term.startswith(pair):
        yield term
        if ord(term[2]) >= _LAST:
            return
        after = pair + _after(term[2])


def _next(connection: Connection, after: str) -> str | None:
    """The first term from here on; None at the end, which is where letters are that no text has."""
    found = driver.execute(connection, _NEXT_TERM, (after,)).fetchone()
    return None if found is None or ord(found[0][0]) >= _LAST else found[0]


def _after(letter: str) -> str:
    number = ord(letter) + 1
    # No text holds a surrogate.
    return chr(0xE000 if 0xD800 <= number <= 0xDFFF else number)
