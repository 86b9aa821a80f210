"""Webhooks over HTTP."""

from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from finapp.dashboard.public import Dashboard, Delivery, DeliveryPage, Webhook, WebhookPage
from finapp.dashboard.schemas import WebhookBody, WebhookChanges
from finapp.platform.identity import Caller
from finapp.platform.operations import Router
from finapp.platform.routes import Cursor, Expected, Limit, OnceKey, given, tagged

router = Router()
Facade = Annotated[Dashboard, given("dashboard")]


@router.get("/webhooks")
def webhooks(caller: Caller, facade: Facade) -> WebhookPage:
    """Addresses that are told when something happens."""
    return facade.webhooks(owner=caller.household)


@router.post("/webhooks", status_code=201)
def create_webhook(body: WebhookBody, caller: Caller, facade: Facade, once: OnceKey) -> Webhook:
    """Adds an address. Its secret is told this once; addresses inside a network are refused."""
    return facade.create_webhook(owner=caller.household, person=caller.person, new=body.value(), once=once)


@router.get("/webhooks/{webhook_id}", response_model=Webhook)
def webhook(webhook_id: str, request: Request, caller: Caller, facade: Facade) -> Response:
    """A webhook."""
    found = facade.webhook(owner=caller.household, webhook_id=webhook_id)
    return tagged(request, found, found.version)


@router.patch("/webhooks/{webhook_id}", response_model=Webhook)
def change_webhook(
    webhook_id: str, body: WebhookChanges, request: Request, caller: Caller, facade: Facade, expected: Expected
) -> Response:
    """Changes a webhook; its secret stays."""
    found = facade.webhook(owner=caller.household, webhook_id=webhook_id)
    changed = facade.change_webhook(
        owner=caller.household,
        person=caller.person,
        webhook_id=webhook_id,
        new=body.on(found),
        expected=found.version if expected is None else expected,
    )
    return tagged(request, changed, changed.version)


@router.delete("/webhooks/{webhook_id}", status_code=204)
def delete_webhook(webhook_id: str, caller: Caller, facade: Facade, expected: Expected) -> None:
    """Deletes a webhook and what was sent to it."""
    facade.delete_webhook(owner=caller.household, person=caller.person, webhook_id=webhook_id, expected=expected)


@router.post("/webhooks/{webhook_id}/test", status_code=202)
def test_webhook(webhook_id: str, caller: Caller, facade: Facade) -> Delivery:
    """Sends a message of the event `test`."""
    return facade.test_webhook(owner=caller.household, person=caller.person, webhook_id=webhook_id)


@router.get("/webhooks/{webhook_id}/deliveries")
def deliveries(
    webhook_id: str, caller: Caller, facade: Facade, limit: Limit = 50, cursor: Cursor = None
) -> DeliveryPage:
    """What was sent, newest first: how often it was tried, and what came back."""
    return facade.deliveries(owner=caller.household, webhook_id=webhook_id, limit=limit, cursor=cursor)
