"""A query taken apart once: its text and values as the driver takes them, so that asking it again builds nothing."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select

from finapp.platform.driver import Glance

Stored = Any
"""A value as the database holds it: an id is a number, a date is a text."""
Read = Callable[[Any], Any] | None
"""Turns a stored value into one of the code; None where they are the same."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text of a query, the values it always has, and what turns the others into stored ones."""

    text: str
    values: Mapping[str, Stored]
    converts: Mapping[str, Callable[[Any], Stored]]
    order: Sequence[str] | None
    """The names of the values in the order of the text's marks; None where it names them."""

    def bound(self, given: Mapping[str, Any]) -> Mapping[str, Stored] | Sequence[Stored]:
        """Every value of the query for the driver; those given are as the code knows them."""
        converts = self.converts
        bound = dict(self.values)
        for name, value in given.items():
            bound[name] = converts[name](value) if name in converts else value
        return bound if self.order is None else [bound[name] for name in self.order]


def prepare(query: Select[Any], dialect: Dialect) -> Prepared:
    """Takes a query apart. Parameters that are to be given later are `bindparam(name, None, type_=...)`."""
    compiled = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    converts = {}
    for name, parameter in compiled.binds.items():
        convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            converts[name] = convert
    values = {name: _stored(converts, name, value) for name, value in compiled.params.items()}
    return Prepared(str(compiled), values, converts, compiled.positiontup)


class Query:
    """A reading of a store that is asked again and again within a transaction: built and taken apart once.

    Its parameters are `bindparam(name, None, type_=...)`; its rows are named tuples of values as the code knows them.
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        make: Any = namedtuple
        self._row = make("Row", [column.key for column in query.selected_columns], rename=True)._make
        self._known: dict[str, tuple[Prepared, list[Read]]] = {}

    def rows(self, connection: Connection | Glance, **given: Any) -> list[Any]:
        """Every row for these values of the parameters."""
        prepared, reads = self._known.get(connection.dialect.name) or self._prepare(connection.dialect)
        cursor = connection.connection.cursor()
        cursor.execute(prepared.text, prepared.bound(given))
        found = cursor.fetchall()
        # Most readings find one row or none: a comprehension costs a third less than a generator handed over.
        return [
            self._row([value if read is None else read(value) for value, read in zip(row, reads, strict=True)])
            for row in found
        ]

    def _prepare(self, dialect: Dialect) -> tuple[Prepared, list[Read]]:
        types = (column.type.dialect_impl(dialect) for column in self._query.selected_columns)
        reads: list[Read] = [kind.result_processor(dialect, None) for kind in types]
        made = prepare(self._query, dialect), reads
        self._known[dialect.name] = made
        return made


def _stored(converts: Mapping[str, Callable[[Any], Stored]], name: str, value: Any) -> Stored:
    # The values of a list are numbered after the name of the list: `kind_1_1`, `kind_1_2`.
    convert = converts.get(name) or converts.get(name.rpartition("_")[0])
    return value if convert is None or value is None else convert(value)
