"""Delivers the events of the outboxes: at least once, each taking effect once, here or at a lifted neighbour."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import structlog
from sqlalchemy import Row, text

from finapp.kernel import ids
from finapp.kernel.clock import Clock
from finapp.kernel.errors import Unavailable
from finapp.kernel.events import Event
from finapp.platform import codec
from finapp.platform.columns import microseconds
from finapp.platform.database import Database
from finapp.platform.plugs import Listener, Listeners

log = structlog.get_logger()
PARKED_AFTER = 8
LONGEST_WAIT = timedelta(seconds=30)
SWEEP_SECONDS = 1.0
BATCH = 200

_DUE = text(
    "SELECT id, event_id, subscriber, name, payload, attempts FROM outbox "
    "WHERE parked = 0 AND due_at <= :now ORDER BY id LIMIT :batch"
)
_DONE = text("DELETE FROM outbox WHERE id = :id")
_AGAIN = text(
    "UPDATE outbox SET attempts = :attempts, due_at = :due_at, parked = :parked, error = :error WHERE id = :id"
)
_RECEIVE = text("INSERT INTO inbox (event_id, received_at) VALUES (:event_id, :now) ON CONFLICT (event_id) DO NOTHING")


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One event on its way to one context."""

    event_id: str
    subscriber: str
    name: str
    payload: str


class Mailbox:
    """Receives events for one context that lives in this process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        listeners: Callable[[], Listeners],
    ) -> None:
        self._database = database
        self._clock = clock
        self._find = listeners

    def receive(self, envelope: Envelope) -> None:
        """Runs the listener in one write together with the memory of the event, so a repeat does nothing."""
        kind, listener = self._by_name[envelope.name]
        event = codec.from_bytes(envelope.payload.encode(), kind)
        with self._database.write(event.owner) as unit:
            row = {"event_id": ids.to_number(envelope.event_id), "now": microseconds(self._clock.now())}
            if unit.connection.execute(_RECEIVE, row).rowcount:
                listener(unit, event)

    @cached_property
    def _by_name(self) -> dict[str, tuple[type[Event], Listener]]:
        return {kind.__name__: (kind, listener) for kind, listener in self._find().items()}


Deliver = Callable[[Envelope], None]
"""Hands an envelope to its subscriber; raises when it was not taken."""


class Courier:
    """Sweeps the outboxes of the contexts in this process."""

    def __init__(self, databases: Mapping[str, Database], deliver: Deliver, clock: Clock, here: frozenset[str]) -> None:
        self._databases = databases
        self._deliver = deliver
        self._here = here
        self._clock = clock
        self._wake = threading.Event()
        self._stopped = False
        self._sweeping = threading.Lock()
        self._thread: threading.Thread | None = None
        for database in databases.values():
            database.after_announcing = self._deliver_now

    def start(self) -> None:
        """Starts the sweep that retries what could not be delivered at once."""
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops the sweep; undelivered events stay in their outbox."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def sweep(self) -> None:
        """Tries every event that is due, once."""
        with self._sweeping:
            self._sweep(elsewhere=True)

    def _deliver_now(self) -> None:
        # Contexts in this process learn of it before the request is answered, unless a sweep is already at it;
        # what goes over the network waits for the sweeper.
        if self._sweeping.acquire(blocking=False):
            try:
                self._sweep(elsewhere=False)
            finally:
                self._sweeping.release()
        self._wake.set()

    def _sweep(self, elsewhere: bool) -> None:
        for database in self._databases.values():
            for row in self._due(database):
                if elsewhere or row.subscriber in self._here:
                    self._try(database, row)

    def _run(self) -> None:
        while not self._stopped:
            self._wake.wait(SWEEP_SECONDS)
            self._wake.clear()
            try:
                self.sweep()
            except Exception:
                log.exception("event sweep failed")

    def _due(self, database: Database) -> Sequence[Row[Any]]:
        with database.read() as connection:
            due = {"now": microseconds(self._clock.now()), "batch": BATCH}
            return connection.execute(_DUE, due).all()

    def _try(self, database: Database, row: Row[Any]) -> None:
        row_id, attempts = row.id, row.attempts
        envelope = Envelope(
            event_id=ids.to_text(row.event_id), subscriber=row.subscriber, name=row.name, payload=row.payload
        )
        try:
            self._deliver(envelope)
        except Exception as fault:
            self._put_back(database, row_id, attempts + 1, fault)
            return
        with database.write(None) as unit:
            unit.connection.execute(_DONE, {"id": row_id})

    def _put_back(self, database: Database, row_id: int, attempts: int, fault: Exception) -> None:
        # A neighbour that is down is no fault of the event: it is never parked for that.
        parked = attempts >= PARKED_AFTER and not isinstance(fault, Unavailable)
        log.warning("event not delivered", attempts=attempts, parked=parked, reason=type(fault).__name__)
        due_at = self._clock.now() + min(timedelta(seconds=2 ** min(attempts - 1, 10)), LONGEST_WAIT)
        values = {"attempts": attempts, "parked": int(parked), "error": type(fault).__name__}
        with database.write(None) as unit:
            unit.connection.execute(_AGAIN, {**values, "due_at": microseconds(due_at), "id": row_id})
