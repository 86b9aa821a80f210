"""What happened to a person's account."""

from finapp.auth.facade.base import KEPT_FOR, Base
from finapp.auth.public import SecurityEventPage
from finapp.auth.store import events
from finapp.platform.paging import from_cursor, to_cursor


class Events(Base):
    """Sign-ins and security changes."""

    def security_events(self, *, owner: str, person: str, limit: int, cursor: str | None) -> SecurityEventPage:
        """What happened to the person's account in the last 400 days, newest first."""
        before = str(from_cursor(cursor, str)[0]) if cursor is not None else None
        since = self._clock.now() - KEPT_FOR
        with self._database.read() as connection:
            found = events.page(connection, owner, person, since, before, limit + 1)
        more = to_cursor(found[limit - 1].id) if len(found) > limit else None
        return SecurityEventPage(items=found[:limit], next_cursor=more)
