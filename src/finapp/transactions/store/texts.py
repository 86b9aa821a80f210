"""Rows that contain a text, found by its letters instead of by reading every row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, func, literal, literal_column, or_, select, text
from sqlalchemy.exc import DatabaseError

from finapp.kernel import ids
from finapp.platform.bulk import execute_many
from finapp.platform.columns import Id
from finapp.platform.driver import execute
from finapp.transactions.domain.search import Contains, TextField
from finapp.transactions.store import letters
from finapp.transactions.store.wording import comparing, escaped
from finapp.transactions.tables import transaction_texts, transactions

Condition = ColumnElement[bool]
Texts = tuple[int, str, str, str | None]
"""The number of a row, its description, merchant and note."""
TEXTS = {"description": transactions.c.description, "merchant": transactions.c.merchant, "note": transactions.c.note}
household: ColumnElement[str] = literal_column("+transactions.owner", Id())
"""For rows that are few and named: the plus keeps SQLite from walking through all rows of the household for them."""
_LETTERS = 3
FEW = 5_000
"""So many rows are fetched and sorted; a text that more rows have is soon met when they are read in order."""
COUNTED = 200_000
"""So many rows are sooner counted by finding them than by reading every row."""
NAMED = 500
"""So many rows are named by their ids, so that a page, its total and its months need not look for the text again."""
_FIRST = text("SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH :match LIMIT :most")
_HITS = text(
    "SELECT count(*) FROM (SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH :match LIMIT :most)"
)

_LEARN = "INSERT INTO transaction_texts (rowid, description, merchant, note) VALUES (?, ?, ?, ?)"
_LEARN_THE_REST = (
    "INSERT INTO transaction_texts (rowid, description, merchant, note) SELECT id, description, merchant, note "
    "FROM transactions WHERE owner = ? AND id NOT IN (SELECT id FROM transaction_texts_docsize)"
)
_COMMAND = "INSERT INTO transaction_texts (transaction_texts"


@dataclass(frozen=True)
class Containing:
    """The condition that a row contains a text; `few` when reading the rows it finds is the best way to them."""

    condition: Condition
    few: bool


def containing(connection: Connection, wanted: str, field: TextField, most: int = FEW) -> Containing:
    """Rows that have a text in their description, merchant or note, or in `any` of them, whatever the letters' case;
    found by the index of texts when they are at most so many."""
    columns = columns_of(field)
    if connection.dialect.name == "postgresql":
        # pg_trgm's indexes serve LIKE on exactly these expressions.
        pattern = f"%{escaped(wanted.lower())}%"
        return Containing(or_(*(_lowered_like(pattern, TEXTS[name]) for name in columns)), False)
    found = _few(connection, wanted, columns, most) if len(wanted) > 1 and "\0" not in wanted else None
    if found is not None:
        return Containing(found, True)
    if len(wanted) < _LETTERS:
        patterns = [f"%{escaped(writing)}%" for writing in _writings(wanted)]
        return Containing(or_(*(like(TEXTS[name], pattern) for pattern in patterns for name in columns)), False)
    alike = comparing(connection, "contains", wanted)
    return Containing(or_(*(alike(func.coalesce(TEXTS[name], "")) for name in columns)), False)


def _writings(wanted: str) -> list[str]:
    """A text in either case of each letter that is no English one: LIKE knows the case of those alone."""
    letters_of = ({letter} if letter.isascii() else {letter, letter.lower(), letter.upper()} for letter in wanted)
    return sorted(map("".join, product(*letters_of)))


def _few(connection: Connection, wanted: str, columns: tuple[str, ...], most: int) -> Condition | None:
    """The condition by the index of texts; None when too many rows have the text, or the index cannot tell."""
    terms: Sequence[str] | None = (wanted,)
    short: list[int] = []
    if len(wanted) < _LETTERS:
        terms, short = letters.terms_with(connection, wanted), letters.too_short(connection, wanted, columns, NAMED)
    if terms is None or len(short) >= NAMED:
        return None
    if not terms:
        return among(short)
    match = _within(columns, " OR ".join(map(quoted, terms)))
    named = connection.execute(_FIRST, {"match": match, "most": NAMED + 1}).scalars().all()
    if len(named) <= NAMED:
        return among([*named, *short])
    if connection.execute(_HITS, {"match": match, "most": most + 1}).scalar_one() > most:
        return None
    found = matching(literal(match, Text()))
    return or_(found, among(short)) if short else found


def quoted(wanted: str) -> str:
    """A text as a question to SQLite's index says it."""
    doubled = wanted.replace('"', '""')
    return f'"{doubled}"'


def _within(columns: Sequence[str], question: str) -> str:
    # Naming every column costs the index a third of its time, and says nothing.
    return question if len(columns) == len(TEXTS) else f"{{{' '.join(columns)}}} : ({question})"


def match_of(texts: Sequence[Contains]) -> str:
    """The question to SQLite's index for rows that contain every text. Each has three letters or more, and no NUL."""
    return " AND ".join(f"({_within(columns_of(each.field), quoted(each.text))})" for each in texts)


def columns_of(field: TextField) -> tuple[str, ...]:
    """The columns that a search looks at."""
    return tuple(TEXTS) if field == "any" else (field,)


def among(numbers: Sequence[int]) -> Condition:
    """Rows of these ids: one value however many they are, so that the query is the same."""
    return listed(literal(json.dumps(numbers), Text()))


def listed(numbers: ColumnElement[str]) -> Condition:
    """Rows of the ids in a JSON list."""
    return literal_column("transactions.id").in_(select(func.json_each(numbers).table_valued("value").c.value))


def matching(match: ColumnElement[str]) -> Condition:
    """Rows that SQLite's index finds for a question."""
    return literal_column("transactions.id").in_(hits(match))


def hits(match: ColumnElement[str]) -> Select[tuple[int]]:
    """The ids that SQLite's index finds for a question."""
    return select(transaction_texts.c.rowid).where(literal_column("transaction_texts").op("MATCH")(match))


def like(column: ColumnElement[str], pattern: Any) -> Condition:
    """A column that is like a pattern; a missing text is like none."""
    found: Condition = func.coalesce(column, "").like(pattern, escape="\\")
    return found


def _lowered_like(pattern: str, column: Any) -> Condition:
    found: Condition = func.lower(func.coalesce(column, "")).like(pattern, escape="\\")
    return found


def learn(connection: Connection, texts: Sequence[Texts]) -> None:
    """Puts the texts of new rows into SQLite's index; PostgreSQL has done it by itself."""
    if connection.dialect.name != "postgresql":
        execute_many(connection, _LEARN, texts)


def learn_the_rest(connection: Connection, owner: str) -> None:
    """Puts the texts of those rows of a household into SQLite's index that are not in it."""
    if connection.dialect.name != "postgresql":
        execute(connection, _LEARN_THE_REST, (ids.to_number(owner),))


def differing(connection: Connection) -> int:
    """1 when SQLite's index of texts is not what the rows say, else 0. Needs a write; PostgreSQL needs no check."""
    if connection.dialect.name == "postgresql":
        return 0
    try:
        with connection.begin_nested():
            connection.execute(text(f"{_COMMAND}, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError:
        return 1
    return 0


def rebuild(connection: Connection) -> None:
    """Makes SQLite's index of texts again from the rows."""
    if connection.dialect.name != "postgresql":
        connection.execute(text(f"{_COMMAND}) VALUES ('rebuild')"))
