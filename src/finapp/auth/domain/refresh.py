"""Refresh tokens: opaque, one family per sign-in, each generation following from the one before.

A token is `<session>.<generation>.<mac>`. Two tabs that refresh at once with the same token get the same successor,
so a race ends with one lineage; a token older than the direct predecessor can only come from a copy.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from finapp.kernel.errors import Unauthenticated

OVERLAP = timedelta(seconds=10)
IDLE = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """A token taken apart; its mac has been checked."""

    session_id: str
    generation: int


def make(secret: bytes, session_id: str, generation: int) -> str:
    """The token of one generation of a session."""
    message = f"{session_id}.{generation}"
    return f"{message}.{_mac(secret, message)}"


def read(secret: bytes, token: str) -> RefreshToken:
    """Takes a token apart. Raises Unauthenticated for a text that was not made with this secret."""
    message, _, mac = token.rpartition(".")
    session_id, _, generation = message.partition(".")
    genuine = hmac.compare_digest(_mac(secret, message).encode(), mac.encode("utf-8", "replace"))
    if not genuine or not generation.isdigit():
        raise Unauthenticated("this refresh token is not good")
    return RefreshToken(session_id=session_id, generation=int(generation))


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def verdict(
    token: RefreshToken, current: int, rotated_at: datetime, now: datetime
) -> Literal["rotate", "repeat", "expired", "stolen"]:
    """What to do with a genuine token when the session is at generation `current`.

    `repeat`: the direct predecessor within 10 seconds, answered with the current generation again.
    """
    if now - rotated_at > IDLE:
        return "expired"
    if token.generation == current:
        return "rotate"
    if token.generation == current - 1 and now - rotated_at <= OVERLAP:
        return "repeat"
    return "stolen"


def _mac(secret: bytes, message: str) -> str:
    return hmac.new(secret, message.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
