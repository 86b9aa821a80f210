"""Pages of rows as JSON: which rows a page has is asked by prepared queries, and each row is written once.

A row is known by its id and version, so what was written of it stands until its version rises.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import cast

from sqlalchemy import bindparam, type_coerce

from finapp.kernel import ids
from finapp.kernel.months import Month
from finapp.platform.columns import Whole
from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.platform.prepared import Prepared
from finapp.transactions.domain import search
from finapp.transactions.domain.search import Contains
from finapp.transactions.public import AccountNotFound, TransactionFilter
from finapp.transactions.store import accounts, categories, counted, listing, rendering
from finapp.transactions.store.listing import Found, Place
from finapp.transactions.store.rendering import SELECTED, STATES, Line, State
from finapp.transactions.store.sought import Sought, can_be_sought
from finapp.transactions.store.wording import OWN_FUNCTIONS, know_texts
from finapp.transactions.tables import transactions

Asking = Callable[[int, Place | None], Sequence[State]]
"""How many rows and where from -> the states of these rows and of one more."""
_MOST_LINES = 8_000
"""Some 6 MB of rows; when there are more, writing begins anew."""
_SIZES = (1, 4, 16, 64, 256, 500)
"""Rows are fetched by so many ids, the last repeated, so that few queries are prepared."""


class Question:
    """A filter that has been understood, with its queries for each way a page may begin."""

    def __init__(self, database: Database, wanted: Found) -> None:
        self.wanted = wanted
        self._database = database
        self._prepared: dict[tuple[bool, ...], Prepared] = {}

    def states(self, limit: int, place: Place | None) -> Sequence[State]:
        """The states of a page's rows and of one more."""
        shape = () if place is None else (place.jumps,)
        prepared = self._prepared.get(shape)
        if prepared is None:
            prepared = self._prepared[shape] = self._database.prepare(self.wanted.narrowed(STATES, limit, place))
        given = {"most": limit + 1} if place is None else {"most": limit + 1, **place.parameters}
        if OWN_FUNCTIONS not in prepared.text:
            return cast(Sequence[State], self._database.fetch(prepared, given))
        with self._database.read() as connection:
            # Perhaps another connection than the one that the filter was understood by.
            know_texts(connection)
            cursor = connection.connection.cursor()
            cursor.execute(prepared.text, prepared.bound(given))
            return cast(Sequence[State], cursor.fetchall())


class Pages:
    """Writes pages of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._questions: Memory[Question] = Memory()
        self._searches: Memory[Sought] = Memory()
        self._by_ids: dict[int, Prepared] = {}
        self._lines: dict[State, Line] = {}

    def page(self, owner: str, asked: TransactionFilter, today: date, limit: int, cursor: str | None) -> str:
        """The JSON of a `TransactionPage`. Raises Invalid for a text that is no cursor, InvalidQuery,
        AccountNotFound, CategoryNotFound."""
        wanted, ask = self._asking(owner, asked, today)
        place = None if cursor is None else wanted.place(cursor)
        written: list[Line] | None = None
        while written is None:
            # A row that somebody changes between the two questions is asked for again.
            states = ask(limit, place)
            written = self._written(states[:limit])
        last = written[-1] if len(states) > limit else None
        more = None if last is None else wanted.cursor(last.amount, last.date, ids.to_text(last.id))
        return rendering.page(written, more)

    def by_month(self, owner: str, asked: TransactionFilter, today: date) -> list[tuple[Month, int]]:
        """Month and count of a filter's rows, newest month first. Raises InvalidQuery, AccountNotFound,
        CategoryNotFound."""
        texts, rest = self._texts(asked, today)
        if texts:
            return self._sought(owner, rest, texts, today).by_month(texts)
        if not listing.is_summed(asked):
            with self._database.read() as connection:
                return listing.outline(connection, owner, asked, today)
        self.require_account(owner, asked.account_id)
        below = self._below(owner, asked.category_id)
        with self._database.glance() as glance:
            return counted.by_month(glance, owner, asked, below)

    def _asking(self, owner: str, asked: TransactionFilter, today: date) -> tuple[Found, Asking]:
        """What a filter means, and what answers it with the states of a page's rows."""
        texts, rest = self._texts(asked, today)
        if texts:
            sought = self._sought(owner, rest, texts, today)
            return sought.rest, partial(sought.states, texts)
        question = self._question(owner, asked, today)
        return question.wanted, question.states

    def _texts(self, asked: TransactionFilter, today: date) -> tuple[tuple[Contains, ...], TransactionFilter]:
        """The texts that a filter asks for, and the rest of it; none where it is not best answered by them."""
        sized = asked.min_amount is not None or asked.max_amount is not None
        if not asked.query or sized or not self._is_sqlite:
            return (), asked
        query = search.parse(asked.query, today=today)
        texts = search.texts_alone(query.where)
        if texts is None or not can_be_sought(texts):
            return (), asked
        return texts, replace(asked, query=None, order=query.order or asked.order)

    @cached_property
    def _is_sqlite(self) -> bool:
        with self._database.read() as connection:
            return connection.dialect.name == "sqlite"

    def _sought(self, owner: str, rest: TransactionFilter, texts: Sequence[Contains], today: date) -> Sought:
        fields = tuple(each.field for each in texts)

        def understand() -> Sought:
            with self._database.read() as connection:
                return Sought(self._database, owner, listing.found(connection, owner, rest, today), fields)

        return self._searches.answer((owner, rest, fields, today, self._depends(owner, rest)), understand)

    def _question(self, owner: str, asked: TransactionFilter, today: date) -> Question:
        def understand() -> Question:
            with self._database.read() as connection:
                return Question(self._database, listing.found(connection, owner, asked, today))

        return self._questions.answer((owner, asked, today, self._depends(owner, asked)), understand)

    def _depends(self, owner: str, asked: TransactionFilter) -> object:
        """What of the household's data decides what a filter means."""
        if asked.query is not None or asked.min_amount is not None or asked.max_amount is not None:
            return self._database.version(owner)
        self.require_account(owner, asked.account_id)
        return self._below(owner, asked.category_id)

    def _below(self, owner: str, category_id: str | None) -> tuple[str, ...] | None:
        """A category and everything below it; None for none. Raises CategoryNotFound."""
        if category_id is None:
            return None
        return tuple(categories.below(self._database.settled(categories.tree, owner), category_id))

    def require_account(self, owner: str, account_id: str | None) -> None:
        """Raises AccountNotFound for one that is not there."""
        if account_id is not None and account_id not in self._database.settled(accounts.kinds, owner):
            raise AccountNotFound()

    def _written(self, states: Sequence[State]) -> list[Line] | None:
        """What is written of rows; None when one of them is not in its state any more."""
        known: Mapping[State, Line] = self._lines
        missing = [state[0] for state in states if state not in known]
        if missing:
            fresh: dict[State, Line] = {}
            for start in range(0, len(missing), _SIZES[-1]):
                fresh |= self._write(missing[start : start + _SIZES[-1]])
            known = {**{state: known[state] for state in states if state in known}, **fresh}
        try:
            return [known[state] for state in states]
        except KeyError:
            return None

    def _write(self, numbers: Sequence[int]) -> Mapping[State, Line]:
        size = next(size for size in _SIZES if size >= len(numbers))
        prepared = self._by_ids.get(size)
        if prepared is None:
            some = [bindparam(f"id_{number}", None, type_=Whole()) for number in range(size)]
            query = SELECTED.where(type_coerce(transactions.c.id, Whole()).in_(some))
            prepared = self._by_ids[size] = self._database.prepare(query)
        wanted = [*numbers, *[numbers[-1]] * (size - len(numbers))]
        found = self._database.fetch(prepared, {f"id_{number}": each for number, each in enumerate(wanted)})
        fresh = rendering.lines(found)
        if len(self._lines) > _MOST_LINES:
            self._lines = {}
        self._lines |= fresh
        return fresh
