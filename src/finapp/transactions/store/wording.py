"""How texts and tags are compared in SQL, alike on both databases."""

import unicodedata
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, column, func, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from finapp.transactions.domain import search
from finapp.transactions.domain.search.matching import holds
from finapp.transactions.domain.search.patterns import LOOKED_AT

Condition = ColumnElement[bool]
Comparison = Callable[[Any], Condition]
OWN_FUNCTIONS = "finapp_"
"""What the names of functions begin with that a connection has to be told of."""


def know_texts(connection: Connection) -> None:
    """SQLite asks Python whether a pattern holds, and for small letters; a connection is told once how."""
    if not connection.info.get("finapp_texts"):
        raw: Any = connection.connection.driver_connection
        raw.create_function("finapp_holds", 2, holds, deterministic=True)
        raw.create_function("finapp_lower", 1, str.lower, deterministic=True)
        connection.info["finapp_texts"] = True


def comparing(connection: Connection, how: search.How, wanted: str) -> Comparison:
    """Whether a column is, begins with, ends with or contains a text, whatever the case."""
    lowered: Callable[[Any], Any] = func.lower
    if connection.dialect.name != "postgresql":
        # LIKE on SQLite knows the case of ASCII letters, and of no others.
        know_texts(connection)
        lowered = _as_it_is if wanted.isascii() else func.finapp_lower

    def comparison(text: Any) -> Condition:
        found: Condition = lowered(text).like(compared(how, wanted.lower()), escape="\\")
        return found

    return comparison


def begin_of(text: Any) -> Any:
    """What a pattern looks at."""
    return func.substr(text, 1, LOOKED_AT)


def compared(how: search.How, wanted: str) -> str:
    """A text for LIKE that a whole text is compared with."""
    return {"is": "{}", "begins": "{}%", "ends": "%{}", "contains": "%{}%"}[how].format(escaped(wanted))


def escaped(wanted: str) -> str:
    """A text for LIKE, where it stands for itself."""
    return wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def tagged(tag: str) -> Condition:
    """Rows that carry exactly this tag."""
    wanted = unicodedata.normalize("NFC", tag)
    return with_tag(lambda each: each == wanted)


def with_tag(fits: Comparison) -> Condition:
    """Rows with a tag that fits."""
    each = _EachTag().table_valued(column("value", Text))
    # As the index of rows with tags says it.
    some: Condition = literal_column("transactions.tags <> '[]'")
    return and_(some, select(each.c.value).where(fits(each.c.value)).exists())


def _as_it_is(text: Any) -> Any:
    return text


class _EachTag(FunctionElement[str]):
    """The tags of a row as a table of one column, `value`."""

    inherit_cache = True
    name = "each_tag"


@compiles(_EachTag)
def _each_tag(element: _EachTag, compiler: Any, **options: Any) -> str:
    return "json_each(transactions.tags)"


@compiles(_EachTag, "postgresql")
def _each_tag_on_postgres(element: _EachTag, compiler: Any, **options: Any) -> str:
    return "json_array_elements_text(CAST(transactions.tags AS json))"
