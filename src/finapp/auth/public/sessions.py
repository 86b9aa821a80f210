"""Sign-ins and their second factor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from finapp.kernel.errors import Conflict, Invalid, NotFound, Unauthenticated
from finapp.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A sign-in's tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"]
    expires_in: int
    """Seconds the access token is good for."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One sign-in and everything refreshed from it."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    agent: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class SessionPage:
    """One page of sign-ins."""

    items: tuple[Session, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class TotpEnrolment:
    """A new shared secret for an authenticator app (RFC 6238); it counts once a code of it has been confirmed."""

    secret: str
    """Base 32, for typing in."""
    uri: str
    """`otpauth://totp/...`."""
    qr_svg: str
    """The same as a picture to scan: one `<svg>` element."""


@dataclass(frozen=True, kw_only=True)
class SessionEnded(Event):
    """A sign-in or an API token is over: what was shown for it is no longer good."""

    session_id: str
    """The sign-in, or the API token."""


class WrongCredentials(Unauthenticated):
    """Unknown address, wrong password or disabled person: answered alike."""

    code = "wrong_credentials"
    title = "Wrong address or password"


class TotpRequired(Unauthenticated):
    """The password is right; a code of the authenticator app is missing."""

    code = "totp_required"
    title = "Send a code of the authenticator app too"


class WrongTotp(Invalid):
    """The code does not fit the secret that is to be confirmed."""

    code = "wrong_totp"
    title = "The code is wrong"


class TotpActive(Conflict):
    """A second factor is active already; delete it first."""

    code = "totp_active"
    title = "A second factor is active already"


class TotpNotFound(NotFound):
    """There is no second factor, or none that waits to be confirmed."""

    code = "totp_not_found"
    title = "There is no such second factor"
