"""Access and refresh tokens of people, with this deployment's key."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from finapp.auth.domain import refresh
from finapp.kernel.errors import Unauthenticated
from finapp.platform import keys, tokens

ISSUER, AUDIENCE = "finapp", "finapp-api"
KEY = "people"
TICKETS = "finapp-passkeys"
"""The audience of passkey tickets: they open nothing else, and nothing else opens as one."""
ACCESS_SECONDS = 15 * 60


@dataclass(frozen=True, kw_only=True)
class Access:
    """What a verified access token says."""

    person: str
    household: str
    session_id: str
    expires_at: float


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What a passkey was asked to sign, for whom and under which address."""

    id: str
    subject: str
    challenge: str
    origin: str


class AccessTokens:
    """Signs and reads the tokens; the key is made on first use."""

    def __init__(self, directory: Path) -> None:
        self._key = keys.ensure_private(directory, KEY)
        self._ring = keys.KeyRing(directory, KEY)
        # Refresh tokens never leave this context, so a secret derived from the same key file is enough for them.
        self._secret = hashlib.sha256(b"finapp refresh tokens\n" + self._key.pem.encode()).digest()

    def access_token(self, person: str, household: str, session_id: str) -> tuple[str, int]:
        """A fresh access token and the seconds it is good for."""
        extra = {"household": household, "sid": session_id}
        token = tokens.sign(
            self._key, issuer=ISSUER, audience=AUDIENCE, subject=person, seconds=ACCESS_SECONDS, extra=extra
        )
        return token, ACCESS_SECONDS

    def read(self, token: str) -> Access:
        """What an access token says. Raises Unauthenticated."""
        claims = tokens.verify(token, issuer=ISSUER, audience=AUDIENCE, ring=self._ring)
        household, session_id = claims.extra.get("household"), claims.extra.get("sid")
        if not isinstance(household, str) or not isinstance(session_id, str):
            raise Unauthenticated("the token is not valid")
        return Access(
            person=claims.subject, household=household, session_id=session_id, expires_at=float(claims.expires_at)
        )

    def refresh_token(self, session_id: str, generation: int) -> str:
        """The refresh token of one generation of a session."""
        return refresh.make(self._secret, session_id, generation)

    def read_refresh(self, token: str) -> refresh.RefreshToken:
        """A refresh token taken apart. Raises Unauthenticated for one that was not made here."""
        return refresh.read(self._secret, token)

    def ticket(self, subject: str, challenge: str, origin: str, seconds: int) -> str:
        """A challenge and its address in a form that only this server could have made."""
        extra = {"challenge": challenge, "origin": origin}
        return tokens.sign(self._key, issuer=ISSUER, audience=TICKETS, subject=subject, seconds=seconds, extra=extra)

    def read_ticket(self, ticket: str) -> Ticket:
        """What a ticket says. Raises Unauthenticated."""
        claims = tokens.verify(ticket, issuer=ISSUER, audience=TICKETS, ring=self._ring)
        return Ticket(
            id=claims.token_id,
            subject=claims.subject,
            challenge=str(claims.extra["challenge"]),
            origin=str(claims.extra["origin"]),
        )

    def jwks(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """The public keys that verify access tokens."""
        return self._ring.jwks()
