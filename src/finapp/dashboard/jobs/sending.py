"""Sends what webhooks are to be told, in a thread of its own that runs once there is one."""

import threading
from datetime import timedelta

import structlog

from finapp.dashboard import store
from finapp.dashboard.domain import webhooks
from finapp.dashboard.public import Delivery
from finapp.kernel.clock import Clock
from finapp.kernel.errors import FinappError, Unavailable
from finapp.platform import outgoing
from finapp.platform.database import Database
from finapp.transactions.public import TransactionFilter, Transactions

log = structlog.get_logger()
POLL_SECONDS = 2.0
BATCH, LISTED = 20, 100
KEPT = timedelta(days=30)


class Sender:
    """Looks for messages that are due, every two seconds while the household has webhooks, or when woken."""

    def __init__(self, *, database: Database, transactions: Transactions, clock: Clock) -> None:
        self._database, self._transactions, self._clock = database, transactions, clock
        self._woken = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start_when_needed(self) -> None:
        """Starts the thread when there is a webhook already."""
        with self._database.read() as connection:
            needed = store.has_webhooks(connection)
        if needed:
            self.wake()

    def wake(self) -> None:
        """Starts the thread, or makes it look at once."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
                self._thread.start()
        self._woken.set()

    def _run(self) -> None:
        while True:
            self._woken.wait(POLL_SECONDS)
            self._woken.clear()
            try:
                self.send_due()
            except Exception:  # The database may be closing; the next look will tell.
                log.warning("webhooks could not be looked at")
                return

    def send_due(self) -> int:
        """Tries every message that is due, once; returns how many were sent."""
        now = self._clock.now()
        with self._database.read() as connection:
            due = store.due(connection, now, BATCH)
        for owner, delivery in due:
            self._match(owner, delivery) if delivery.status == "matching" else self._send(owner, delivery)
        return len(due)

    def _match(self, owner: str, delivery: Delivery) -> None:
        """Turns a look at an import's rows into a message, or into nothing when the query finds none."""
        with self._database.read() as connection:
            hook = store.webhook(connection, owner, delivery.webhook_id)
        where = TransactionFilter(query=hook.query, import_id=store.import_of(delivery))
        try:
            page = self._transactions.transactions(owner=owner, where=where, limit=LISTED, cursor=None)
        except FinappError as refusal:
            self._again(owner, delivery, None, refusal.code)
            return
        with self._database.write(None) as unit:
            if not page.items:
                store.forget_delivery(unit.connection, delivery.id)
                return
            facts = {
                "query": hook.query,
                "import_id": store.import_of(delivery),
                "transaction_ids": [row.id for row in page.items],
                "more": page.next_cursor is not None,
            }
            store.matched(unit.connection, delivery, facts)
        self._woken.set()

    def _send(self, owner: str, delivery: Delivery) -> None:
        with self._database.read() as connection:
            hook, secret = store.with_secret(connection, owner, delivery.webhook_id)
        payload = delivery.payload.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "finapp-webhook",
            webhooks.SIGNATURE: webhooks.signature(secret, self._clock.now(), payload),
        }
        try:
            reply = outgoing.send("POST", hook.url, body=payload, headers=headers)
        except Unavailable as fault:
            self._again(owner, delivery, None, fault.detail)
        except FinappError as refusal:
            with self._database.write(None) as unit:
                store.settle(unit.connection, delivery.id, "failed", delivery.attempts + 1, None, refusal.detail)
        else:
            if 200 <= reply.status < 300:
                with self._database.write(None) as unit:
                    store.settle(unit.connection, delivery.id, "sent", delivery.attempts + 1, reply.status, None)
                    store.forget_older(unit.connection, self._clock.now() - KEPT)
            else:
                self._again(owner, delivery, reply.status, f"answered {reply.status}")

    def _again(self, owner: str, delivery: Delivery, answered: int | None, error: str) -> None:
        attempts = delivery.attempts + 1
        with self._database.write(None) as unit:
            if attempts >= webhooks.MOST_ATTEMPTS:
                store.settle(unit.connection, delivery.id, "failed", attempts, answered, error)
            else:
                due_at = self._clock.now() + webhooks.wait(attempts)
                store.postpone(unit.connection, delivery.id, attempts, due_at, answered, error)
