"""Webhooks: addresses outside that are told when something happens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from finapp.kernel.errors import NotFound

WebhookEvent = Literal["statement_imported", "plan_changed", "alert_raised", "query_matched", "test"]
DeliveryStatus = Literal["matching", "queued", "sent", "failed"]


@dataclass(frozen=True, kw_only=True)
class NewWebhook:
    """An address to tell.

    `alert_raised` tells of alerts of saved searches. `query_matched` needs a `query` in the search language, and tells
    of each import whose rows it finds.
    """

    url: str
    events: tuple[WebhookEvent, ...]
    query: str | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class Webhook(NewWebhook):
    """A stored webhook."""

    id: str
    version: int
    secret: str | None
    """Signs the messages; told once, when the webhook is made."""


@dataclass(frozen=True, kw_only=True)
class WebhookPage:
    """Every webhook of the household, oldest first."""

    items: tuple[Webhook, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message, as it stands."""

    id: str
    webhook_id: str
    event: WebhookEvent
    payload: str
    """The body that is sent, to the byte."""
    status: DeliveryStatus
    """`matching` while the rows of an import are looked at; `failed` when it is no longer tried."""
    attempts: int
    made_at: datetime
    due_at: datetime
    answered: int | None
    """The status that the address answered last."""
    error: str | None


@dataclass(frozen=True, kw_only=True)
class DeliveryPage:
    """Messages of a webhook, newest first."""

    items: tuple[Delivery, ...]
    next_cursor: str | None


class WebhookNotFound(NotFound):
    """No webhook of this household has this id."""

    code = "webhook_not_found"
    title = "No such webhook"
