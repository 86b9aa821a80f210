"""Webhooks: kept here, told by the sender."""

import secrets
from collections.abc import Callable
from datetime import date

from finapp.dashboard import store
from finapp.dashboard.domain import webhooks
from finapp.dashboard.facade.insights import InsightDesk
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.public import Delivery, DeliveryPage, NewWebhook, Webhook, WebhookPage
from finapp.kernel.clock import Clock
from finapp.kernel.errors import Invalid
from finapp.kernel.once import Once, require_version
from finapp.platform import outgoing
from finapp.platform.database import Database
from finapp.platform.paging import from_cursor, to_cursor
from finapp.transactions.public import TransactionFilter


class WebhookDesk(InsightDesk):
    """The part of the facade that keeps webhooks."""

    def __init__(
        self, *, database: Database, neighbours: Neighbours, clock: Clock, wake: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(database=database, neighbours=neighbours)
        self._clock = clock
        self._wake = wake

    def webhooks(self, *, owner: str) -> WebhookPage:
        with self._database.read() as connection:
            return WebhookPage(items=tuple(store.webhooks_of(connection, owner)), next_cursor=None)

    def webhook(self, *, owner: str, webhook_id: str) -> Webhook:
        with self._database.read() as connection:
            return store.webhook(connection, owner, webhook_id)

    def create_webhook(self, *, owner: str, person: str, new: NewWebhook, once: Once | None = None) -> Webhook:
        self._check(owner, new)
        secret = secrets.token_urlsafe(32)
        with self._database.write(owner) as unit:
            if len(store.webhooks_of(unit.connection, owner)) >= webhooks.MOST:
                raise Invalid("url", f"a household has at most {webhooks.MOST} webhooks")
            made = unit.once(once, Webhook, lambda: store.insert_webhook(unit.connection, owner, person, new, secret))
        self._wake()
        return made

    def change_webhook(
        self, *, owner: str, person: str, webhook_id: str, new: NewWebhook, expected: int | None = None
    ) -> Webhook:
        self._check(owner, new)
        with self._database.write(owner) as unit:
            require_version(expected, store.webhook(unit.connection, owner, webhook_id).version)
            return store.replace_webhook(unit.connection, owner, person, webhook_id, new)

    def delete_webhook(self, *, owner: str, person: str, webhook_id: str, expected: int | None = None) -> None:
        with self._database.write(owner) as unit:
            require_version(expected, store.webhook(unit.connection, owner, webhook_id).version)
            store.delete_webhook(unit.connection, owner, webhook_id)

    def test_webhook(self, *, owner: str, person: str, webhook_id: str) -> Delivery:
        with self._database.write(owner) as unit:
            store.webhook(unit.connection, owner, webhook_id)
            made = store.queue(unit.connection, owner, webhook_id, "test", {}, self._clock.now())
        self._wake()
        return made

    def deliveries(self, *, owner: str, webhook_id: str, limit: int, cursor: str | None) -> DeliveryPage:
        before = None if cursor is None else str(from_cursor(cursor, str)[0])
        with self._database.read() as connection:
            store.webhook(connection, owner, webhook_id)
            found = store.deliveries_of(connection, owner, webhook_id, limit + 1, before)
        shown = found[:limit]
        return DeliveryPage(items=tuple(shown), next_cursor=to_cursor(shown[-1].id) if len(found) > limit else None)

    def _check(self, owner: str, new: NewWebhook) -> None:
        webhooks.check(new)
        outgoing.require_public(new.url)
        if new.query:
            # A query that cannot be read is refused now, and not each time something happens.
            where = TransactionFilter(query=new.query, last=date.min)
            self._neighbours.transactions.transactions(owner=owner, where=where, limit=1, cursor=None)
