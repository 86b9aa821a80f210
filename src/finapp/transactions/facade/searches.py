"""Searches that a person keeps, and the alerts on them."""

from dataclasses import replace

from sqlalchemy import Connection

from finapp.kernel.errors import Invalid
from finapp.kernel.once import Once, require_version
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.facade.base import Base
from finapp.transactions.public import (
    Alert,
    AlertHitPage,
    InvalidQuery,
    NewSavedSearch,
    SavedSearch,
    SavedSearchChanges,
    SavedSearchPage,
    TransactionFilter,
)
from finapp.transactions.store import listing, rows, searches

MOST_SEARCHES = 200


class Searches(Base):
    """Saved searches."""

    def saved_searches(self, *, owner: str) -> SavedSearchPage:
        """Every saved search, oldest first."""
        with self._database.read() as connection:
            return SavedSearchPage(items=tuple(searches.of_household(connection, owner)), next_cursor=None)

    def saved_search(self, *, owner: str, search_id: str) -> SavedSearch:
        """A saved search. Raises SavedSearchNotFound."""
        with self._database.read() as connection:
            return searches.one(connection, owner, search_id)

    def save_search(self, *, owner: str, person: str, new: NewSavedSearch, once: Once | None = None) -> SavedSearch:
        """Keeps a search. Its alert looks at rows from now on. Raises InvalidQuery, Invalid."""
        with self._database.write(owner) as unit:

            def keep() -> SavedSearch:
                self._require_search(unit.connection, owner, new.query, new.alert)
                if len(searches.of_household(unit.connection, owner)) >= MOST_SEARCHES:
                    raise Invalid("name", f"there are {MOST_SEARCHES} saved searches already")
                with self._changing(unit, person, ()).keeping("search", saved_searches={}):
                    search_id = searches.add(unit.connection, owner, person, new)
                return searches.one(unit.connection, owner, search_id)

            return unit.once(once, SavedSearch, keep)

    def change_search(
        self, *, owner: str, person: str, search_id: str, changes: SavedSearchChanges, expected: int | None = None
    ) -> SavedSearch:
        """Changes a saved search. Raises SavedSearchNotFound, InvalidQuery, Invalid, PreconditionFailed."""
        with self._database.write(owner) as unit:
            before = searches.one(unit.connection, owner, search_id)
            require_version(expected, before.version)
            alert = None if changes.drop_alert else changes.alert or before.alert
            name, query = changes.name or before.name, changes.query or before.query
            self._require_search(unit.connection, owner, query, alert)
            with self._changing(unit, person, ()).keeping("search", saved_searches={"id": search_id}):
                searches.change(unit.connection, owner, replace(before, name=name, query=query, alert=alert))
            return searches.one(unit.connection, owner, search_id)

    def delete_search(self, *, owner: str, person: str, search_id: str) -> None:
        """Forgets a saved search with its hits. Raises SavedSearchNotFound."""
        kept = {"saved_searches": {"id": search_id}, "alert_hits": {"search_id": search_id}}
        with self._database.write(owner) as unit:
            searches.one(unit.connection, owner, search_id)
            with self._changing(unit, person, ()).keeping("search", **kept):
                searches.remove(unit.connection, owner, search_id)

    def alert_hits(self, *, owner: str, search_id: str | None, limit: int, cursor: str | None) -> AlertHitPage:
        """How often alerts were raised, newest first; of one search, or of all. Raises SavedSearchNotFound."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        with self._database.read() as connection:
            if search_id is not None:
                searches.one(connection, owner, search_id)
            found = searches.hits(connection, owner, search_id, before, limit + 1)
            named = [row_id for _, row_id in found if row_id is not None]
            there = {row.id: rows.shown(row) for row in rows.by_ids(connection, owner, named)}
        items = tuple(replace(hit, transaction=there.get(row_id or "")) for hit, row_id in found[:limit])
        return AlertHitPage(items=items, next_cursor=to_cursor(items[-1].id) if len(found) > limit else None)

    def _require_search(self, connection: Connection, owner: str, query: str, alert: Alert | None) -> None:
        if not query.strip():
            raise Invalid("query", "is empty: a saved search says which rows it finds")
        try:
            listing.found(connection, owner, TransactionFilter(query=query), self._clock.today())
        except InvalidQuery as refusal:
            raise refusal.of("query") from None
        if alert is None:
            return
        if alert.kind == "each" and alert.period is not None:
            raise Invalid("alert.period", "is of what rows come to: leave it out for each row")
        if alert.kind != "each" and (alert.threshold is None or alert.threshold <= 0):
            raise Invalid("alert.threshold", "say from which amount on to hear of it")
