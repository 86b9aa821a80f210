"""Rows that contain a text, found by its letters instead of by reading every row."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select, text
from sqlalchemy.exc import DatabaseError

from finapp.kernel import ids
from finapp.platform.bulk import execute_many
from finapp.platform.columns import Id
from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.search import How
from finapp.transactions.store import letters
from finapp.transactions.tables import transaction_texts, transactions
from finapp.transactions.tables.texts import FORGET, LEARN

Condition = ColumnElement[bool]
TEXTS = {"description": transactions.c.description, "merchant": transactions.c.merchant, "note": transactions.c.note}
household: ColumnElement[str] = literal_column("+transactions.owner", Id())
"""For rows that are few and named: the plus keeps SQLite from walking through all rows of the household for them."""
_LETTERS = 3
MANY = 20
FEW = 5_000
"""So many rows are fetched and sorted; a text that more rows have is soon met when they are read in order."""
NAMED = 500
"""So many rows are named by their ids, so that a page, its total and its months need not look for the text again."""
_FIRST = text("SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH :match LIMIT :most")
_HITS = text(
    "SELECT count(*) FROM (SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH :match LIMIT :most)"
)

_LEARN = "INSERT INTO transaction_texts (rowid, description, merchant, note) VALUES (?, ?, ?, ?)"
_COMMAND = "INSERT INTO transaction_texts (transaction_texts"
_FORGET = f"{_COMMAND}, rowid, description, merchant, note) VALUES ('delete', ?, ?, ?, ?)"


@dataclass(frozen=True)
class Containing:
    """The condition that a row contains a text; `few` when reading the rows it finds is the best way to them."""

    condition: Condition
    few: bool


def containing(connection: Connection, wanted: str, field: str) -> Containing:
    """Rows that have a text in their description, merchant or note, or in `any` of them, whatever the letters' case."""
    columns = tuple(TEXTS) if field == "any" else (field,)
    if connection.dialect.name == "postgresql":
        # pg_trgm's indexes serve LIKE on exactly these expressions.
        lowered = partial(_lowered_like, f"%{escaped(wanted.lower())}%")
        return Containing(_in(columns, lowered), False)
    found = _few(connection, wanted, columns) if len(wanted) > 1 and "\0" not in wanted else None
    if found is not None:
        return Containing(found, True)
    # LIKE knows the case of ASCII letters only.
    cases = (wanted,) if wanted.isascii() else (wanted.lower(), wanted.upper())
    return Containing(or_(*(_in(columns, partial(_like, f"%{escaped(case)}%")) for case in cases)), False)


def _few(connection: Connection, wanted: str, columns: tuple[str, ...]) -> Condition | None:
    """The condition by the index of texts; None when too many rows have the text, or the index cannot tell."""
    terms: Sequence[str] | None = (wanted,)
    short: list[int] = []
    if len(wanted) < _LETTERS:
        terms, short = letters.terms_with(connection, wanted), letters.too_short(connection, wanted, columns, NAMED)
    if terms is None or len(short) >= NAMED:
        return None
    if not terms:
        return literal_column("transactions.id").in_(short)
    quoted = " OR ".join(f'"{term.replace(chr(34), chr(34) * 2)}"' for term in terms)
    match = f"{{{' '.join(columns)}}} : ({quoted})"
    named = connection.execute(_FIRST, {"match": match, "most": NAMED + 1}).scalars().all()
    if len(named) <= NAMED:
        return literal_column("transactions.id").in_([*named, *short])
    if connection.execute(_HITS, {"match": match, "most": FEW + 1}).scalar_one() > FEW:
        return None
    hits = select(transaction_texts.c.rowid).where(literal_column("transaction_texts").op("MATCH")(match))
    found: Condition = literal_column("transactions.id").in_(hits)
    return or_(found, literal_column("transactions.id").in_(short)) if short else found


def _lowered_like(pattern: str, column: Any) -> Condition:
    found: Condition = func.lower(func.coalesce(column, "")).like(pattern, escape="\\")
    return found


def _like(pattern: str, column: Any) -> Condition:
    found: Condition = func.coalesce(column, "").like(pattern, escape="\\")
    return found


def _in(columns: tuple[str, ...], condition: Callable[[Any], Condition]) -> Condition:
    return or_(*(condition(TEXTS[name]) for name in columns))


def escaped(wanted: str) -> str:
    """A text for LIKE, where it stands for itself."""
    return wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def compared(how: How, wanted: str) -> str:
    """A text for LIKE that a whole text is compared with."""
    return {"is": "{}", "begins": "{}%", "ends": "%{}", "contains": "%{}%"}[how].format(escaped(wanted))


@contextmanager
def learning_at_once(connection: Connection, rows: Sequence[LedgerRow]) -> Iterator[None]:
    """Inserts the rows inside; their texts are learned together afterwards.

    SQLite writes an index of texts down after each statement of a trigger, so that many rows one by one take ten
    times as long.
    """
    if _apart(connection, rows):
        connection.execute(text("DROP TRIGGER transactions_text_added"))
        yield
        execute_many(connection, _LEARN, _told(rows))
        connection.execute(text(LEARN))
    else:
        yield


@contextmanager
def forgetting_at_once(connection: Connection, rows: Sequence[LedgerRow]) -> Iterator[None]:
    """Deletes the rows inside, whose texts are as stored; they are forgotten together before."""
    if _apart(connection, rows):
        execute_many(connection, _FORGET, _told(rows))
        connection.execute(text("DROP TRIGGER transactions_text_removed"))
        yield
        connection.execute(text(FORGET))
    else:
        yield


def _apart(connection: Connection, rows: Sequence[LedgerRow]) -> bool:
    """Whether the texts of so many rows are better written by themselves."""
    return connection.dialect.name != "postgresql" and len(rows) >= MANY


def _told(rows: Sequence[LedgerRow]) -> list[tuple[int, str, str, str | None]]:
    return [(ids.to_number(row.id), row.description, row.merchant, row.note) for row in rows]


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
