"""How messages to webhooks are signed and when they are tried again."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from finapp.dashboard.public import NewWebhook
from finapp.kernel.errors import Invalid

SIGNATURE = "X-Finapp-Signature"
MOST = 20
MOST_ATTEMPTS = 9
LONGEST_URL, LONGEST_QUERY = 2_000, 1_000
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=6)


def check(new: NewWebhook) -> None:
    """Raises Invalid for a webhook that makes no sense. Whether the address may be called is not asked here."""
    if not new.url.startswith(("http://", "https://")) or len(new.url) > LONGEST_URL:
        raise Invalid("url", "must be an http or https address")
    if not new.events or "test" in new.events:
        raise Invalid("events", "must name at least one event, and not `test`")
    if ("query_matched" in new.events) != bool(new.query):
        raise Invalid("query", "belongs to the event `query_matched`, which needs it")
    if new.query and len(new.query) > LONGEST_QUERY:
        raise Invalid("query", f"must have at most {LONGEST_QUERY} characters")


def body(event: str, delivery_id: str, made_at: datetime, data: Mapping[str, object]) -> str:
    """The message: what happened when, and facts by name."""
    return json.dumps({"event": event, "id": delivery_id, "made_at": made_at.isoformat(), "data": data}, sort_keys=True)


def signature(secret: str, at: datetime, payload: bytes) -> str:
    """`t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 with the secret over `<seconds>.<payload>`.

    A receiver computes it again over the bytes it got, and refuses old seconds, so that nobody can repeat a message.
    """
    seconds = str(int(at.timestamp()))
    mac = hmac.new(secret.encode(), f"{seconds}.".encode() + payload, hashlib.sha256)
    return f"t={seconds},v1={mac.hexdigest()}"


def wait(attempts: int) -> timedelta:
    """How long after the `attempts`-th failure it is tried again: 10 s, then four times as long each time, at most six
    hours."""
    return min(_FIRST_WAIT * int(4 ** (attempts - 1)), _LONGEST_WAIT)
