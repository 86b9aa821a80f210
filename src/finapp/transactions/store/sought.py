"""Rows that contain texts, on SQLite: named by the index of texts where they are few, else met in their order.

How many rows have a text is told by asking for some of them, first for no more than a page: each costs the index some
microseconds. Where they are many, the newest are soon met by reading all rows in order; where reading meets too few,
every row that has the text is fetched and sorted. The queries of each way are built once, and the texts are bound.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Select, Text, and_, bindparam, or_, select

from finapp.kernel.months import Month
from finapp.platform.columns import Whole
from finapp.platform.database import Database
from finapp.platform.prepared import Prepared
from finapp.transactions.domain.search import Contains, TextField
from finapp.transactions.store import texts
from finapp.transactions.store.listing import Found, Place, counted_by_day, months_of
from finapp.transactions.store.rendering import STATES, State
from finapp.transactions.store.wording import escaped
from finapp.transactions.tables import transactions

_LETTERS = 3
_NAMED = 500
"""So many rows are named by their ids."""
_WAYS = ((0, 1_000), (_NAMED, 2_000), (2_500, 40_000))
"""Rows that are sooner named than met by reading so many in order: for a text that every page has, for one that most
pages have, and for a rarer one. None of them is less than a page."""
_NONE = "[]"
_c = transactions.c


def can_be_sought(found: Sequence[Contains]) -> bool:
    """Whether the index of texts knows all of these: it learns three letters at a time, and ends at a NUL."""
    return all(len(each.text) >= _LETTERS and "\0" not in each.text for each in found)


def _hits() -> Select[Any]:
    found = texts.hits(bindparam("match", None, type_=Text()))
    return found.limit(bindparam("most", None, type_=Whole()))


class Sought:
    """A filter beside so many texts in these fields, with its queries for each way to find the rows."""

    def __init__(self, database: Database, owner: str, rest: Found, fields: Sequence[TextField]) -> None:
        self._database = database
        self._owner = owner
        self.rest = rest
        self._fields = fields
        self._prepared: dict[tuple[object, ...], Prepared] = {}

    def states(self, wanted: Sequence[Contains], limit: int, place: Place | None) -> Sequence[State]:
        """The states of a page's rows and of one more."""
        given = {"most": limit + 1, **({} if place is None else place.parameters)}
        match, is_met = texts.match_of(wanted), False
        # Reading compares only English letters whatever their case.
        ways = _WAYS if all(each.text.isascii() for each in wanted) else ()
        for most, read in ways:
            named = None if is_met else self._few(match, max(most, limit))
            if named is not None:
                return self._named(named, place, given)
            found = self._met(wanted, place, given, read)
            if len(found) > limit or not self._goes_on(place, given, read):
                return found
            # Reading twice as many will probably do.
            is_met = len(found) * 2 > limit
        named = None if ways else self._few(match, _NAMED)
        if named is not None:
            return self._named(named, place, given)
        return self._ask(("fetched", *_shape(place)), place, {**given, "match": match})

    def _named(self, named: str, place: Place | None, given: Mapping[str, Any]) -> Sequence[State]:
        if named == _NONE:
            return ()
        return self._ask(("named", *_shape(place)), place, {**given, "named": named})

    def by_month(self, wanted: Sequence[Contains]) -> list[tuple[Month, int]]:
        """How many there are of each month, newest month first."""
        match = texts.match_of(wanted)
        named = self._few(match, _NAMED)
        way, given = ("fetched", {"match": match}) if named is None else ("named", {"named": named})
        prepared = self._prepare(("months", way), lambda: counted_by_day(self._narrowed(way).conditions))
        return months_of(self._database.fetch(prepared, given))

    def _few(self, match: str, most: int) -> str | None:
        """The ids of the rows that the index finds, as a JSON list; None when they are more."""
        prepared = self._prepare(("match",), _hits)
        found = self._database.fetch(prepared, {"match": match, "most": most + 1})
        return None if len(found) > most else json.dumps([number for (number,) in found])

    def _met(
        self, wanted: Sequence[Contains], place: Place | None, given: Mapping[str, Any], read: int
    ) -> Sequence[State]:
        patterns = {f"text_{number}": f"%{escaped(each.text)}%" for number, each in enumerate(wanted)}
        asked = {**given, "most": read, "shown": given["most"], **patterns}
        return self._ask(("met", *_shape(place)), place, asked)

    def _goes_on(self, place: Place | None, given: Mapping[str, Any], read: int) -> bool:
        """Whether there are more rows than were read."""
        beyond = {**given, "most": 1, "read": read}
        return bool(self._ask(("beyond", *_shape(place)), place, beyond))

    def _ask(self, way: tuple[object, ...], place: Place | None, given: Mapping[str, Any]) -> Sequence[State]:
        prepared = self._prepare(way, lambda: self._query(str(way[0]), place))
        return cast(Sequence[State], self._database.fetch(prepared, given))

    def _prepare(self, key: tuple[object, ...], query: Callable[[], Select[Any]]) -> Prepared:
        known = self._prepared.get(key)
        if known is None:
            known = self._prepared[key] = self._database.prepare(query())
        return known

    def _query(self, way: str, place: Place | None) -> Select[Any]:
        if way == "met":
            return self._reading(place)
        if way == "beyond":
            return self.rest.narrowed(STATES, 1, place).offset(bindparam("read", None, type_=Whole()))
        return self._narrowed(way).narrowed(STATES, 1, place)

    def _narrowed(self, way: str) -> Found:
        bound = bindparam("named" if way == "named" else "match", None, type_=Text())
        condition = texts.listed(bound) if way == "named" else texts.matching(bound)
        return self.rest.among_few(self._owner, condition)

    def _reading(self, place: Place | None) -> Select[Any]:
        # SQLite hands the rows of a limited query on in their order, and stops when enough are found.
        columns = (*STATES.selected_columns, *(_c[name] for name in texts.TEXTS))
        read = self.rest.narrowed(select(*columns), 1, place).subquery().c
        alike = [
            or_(*(texts.like(read[name], bindparam(f"text_{number}", None, type_=Text())) for name in columns_of))
            for number, columns_of in enumerate(map(texts.columns_of, self._fields))
        ]
        return select(read.id, read.version).where(and_(*alike)).limit(bindparam("shown", None, type_=Whole()))


def _shape(place: Place | None) -> tuple[bool, ...]:
    return () if place is None else (place.jumps,)
