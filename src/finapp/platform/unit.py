"""A unit of work: the open connection of one write, what it announces, and its idempotent answers."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, text

from finapp.kernel import ids
from finapp.kernel.clock import Clock
from finapp.kernel.errors import IdempotencyConflict
from finapp.kernel.events import Event
from finapp.kernel.once import Once
from finapp.platform import codec
from finapp.platform.columns import microseconds

T = TypeVar("T")
KEPT_FOR = timedelta(hours=24)

_ANNOUNCE = text(
    "INSERT INTO outbox (id, event_id, subscriber, name, owner, payload, attempts, due_at, parked) "
    "VALUES (:id, :event_id, :subscriber, :name, :owner, :payload, 0, :due_at, 0)"
)
_ANSWERED = text("SELECT digest, answer FROM idempotency WHERE person = :person AND key = :key AND created_at > :since")
_REMEMBER = text(
    "INSERT INTO idempotency (person, key, digest, answer, created_at) VALUES (:person, :key, :digest, :answer, :now) "
    "ON CONFLICT (person, key) DO UPDATE SET digest = excluded.digest, answer = excluded.answer, "
    "created_at = excluded.created_at"
)
_FORGET_OLD = text("DELETE FROM idempotency WHERE created_at <= :since")


class Unit:
    """What a facade works with inside `Database.write`."""

    def __init__(
        self, connection: Connection, owner: str | None, clock: Clock, subscribers: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.connection = connection
        self.owner = owner
        self.announced = False
        self._clock = clock
        self._subscribers = subscribers

    def announce(self, event: Event) -> None:
        """Writes the event to the outbox, once for each context that listens to it, in this commit."""
        name = type(event).__name__
        event_id = ids.new_number()
        for subscriber in self._subscribers.get(name, ()):
            self.announced = True
            row = {
                "id": ids.new_number(),
                "event_id": event_id,
                "subscriber": subscriber,
                "name": name,
                "owner": ids.to_number(event.owner),
                "payload": codec.to_bytes(event, type(event)).decode(),
                "due_at": self._now(),
            }
            self.connection.execute(_ANNOUNCE, row)

    def now(self) -> datetime:
        """The instant, by the clock of the process: listeners are given none of their own."""
        return self._clock.now()

    def once(self, once: Once | None, kind: type[T], make: Callable[[], T]) -> T:
        """`make()`, or the answer it gave before for the same idempotency key and body.

        The answer is stored in this commit and kept 24 hours. Raises IdempotencyConflict for another body.
        """
        if once is None:
            return make()
        since = self._now() - KEPT_FOR // timedelta(microseconds=1)
        person = ids.to_number(once.person)
        found = self.connection.execute(_ANSWERED, {"person": person, "key": once.key, "since": since}).first()
        if found is not None:
            if found.digest != once.digest:
                raise IdempotencyConflict()
            answer: T = codec.from_bytes(found.answer.encode(), kind)
            return answer
        made = make()
        self.connection.execute(_FORGET_OLD, {"since": since})
        row = {"person": person, "key": once.key, "digest": once.digest, "now": self._now()}
        self.connection.execute(_REMEMBER, {**row, "answer": codec.to_bytes(made, kind).decode()})
        return made

    def _now(self) -> int:
        return microseconds(self._clock.now())
