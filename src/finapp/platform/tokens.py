"""Signed tokens (JWT, ES256): the one module that knows python-jose.

The library accepts a token without `exp` or `aud` and takes the algorithm from the token unless told otherwise, so
everything is required here, and the header is checked before the signature. A signature can be rewritten into another
that is good too: tell tokens apart by their `jti`, not by their text.
"""

import re
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jose import jwk, jwt
from jose.backends.base import Key
from jose.exceptions import ExpiredSignatureError, JOSEError

from finapp.kernel.errors import Unauthenticated
from finapp.platform.keys import KeyRing, PrivateKey, PublicKey, ensure_private

ALGORITHM = "ES256"
LEEWAY_SECONDS = 5
LONGEST_TOKEN = 4096
SERVICE_SECONDS = 60
# A cached service token is replaced this long before it ends, so that none expires on its way.
RENEWED_BEFORE_SECONDS = 15
SERVICE_KEY = "service-"

_REQUIRED = ("exp", "iat", "sub", "jti", "iss", "aud")
_OPTIONS = {**{f"require_{name}": True for name in _REQUIRED}, "leeway": LEEWAY_SECONDS}
# Three parts: signed. Five parts would be encrypted, which is never accepted.
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a verified token says."""

    subject: str
    token_id: str
    issued_at: int
    expires_at: int
    """Seconds since 1970."""
    extra: Mapping[str, Any]
    """The claims beyond the required ones."""


def sign(
    key: PrivateKey,
    *,
    issuer: str,
    audience: str,
    subject: str,
    seconds: int,
    extra: Mapping[str, Any] | None = None,
) -> str:
    """A token that is good for `seconds` from now, with a fresh `jti`.

    Raises ValueError when `extra` sets a claim that is set here.
    """
    if reserved := (extra or {}).keys() & {*_REQUIRED, "nbf"}:
        raise ValueError(f"{', '.join(sorted(reserved))} cannot be set")
    now = int(time.time())
    times = {"iat": now, "exp": now + seconds}
    claims = {**(extra or {}), **times, "iss": issuer, "aud": audience, "sub": subject, "jti": uuid.uuid4().hex}
    return jwt.encode(claims, _prepared(key.pem), algorithm=ALGORITHM, headers={"kid": key.kid})


def verify(token: str, *, issuer: str, audience: str, ring: KeyRing) -> Claims:
    """What a token says, once its form, algorithm, key, signature, times, issuer and audience all hold.

    Raises Unauthenticated for everything else.
    """
    return _verify(token, _signer(token, ring), issuer, audience)


def _signer(token: str, ring: KeyRing) -> PublicKey:
    if len(token) > LONGEST_TOKEN or not _COMPACT.fullmatch(token):
        raise Unauthenticated("this is not a token")
    try:
        header = jwt.get_unverified_header(token)
    except JOSEError:
        raise Unauthenticated("this is not a token") from None
    kid = header.get("kid")
    key = ring.find(kid) if isinstance(kid, str) else None
    if header.get("alg") != ALGORITHM or "crit" in header or key is None:
        raise Unauthenticated("the token is not signed by a key of this server")
    return key


def _verify(token: str, key: PublicKey, issuer: str, audience: str) -> Claims:
    try:
        claims = jwt.decode(
            token, _prepared(key.pem), algorithms=[ALGORITHM], options=_OPTIONS, issuer=issuer, audience=audience
        )
    except ExpiredSignatureError:
        raise Unauthenticated("the token has expired") from None
    except (JOSEError, ValueError, TypeError, OverflowError, RecursionError):
        raise Unauthenticated("the token is not valid") from None
    texts = all(isinstance(claims[name], str) for name in ("sub", "jti", "iss", "aud"))
    times = all(type(claims[name]) is int for name in ("iat", "exp"))
    if not texts or not times or claims["iat"] > time.time() + LEEWAY_SECONDS:
        raise Unauthenticated("the token is not valid")
    return Claims(
        subject=claims["sub"],
        token_id=claims["jti"],
        issued_at=claims["iat"],
        expires_at=claims["exp"],
        extra={name: value for name, value in claims.items() if name not in _REQUIRED},
    )


@lru_cache(maxsize=64)
def _prepared(pem: str) -> Key:
    return jwk.construct(pem, ALGORITHM)


class ServiceTokens:
    """What one context shows its neighbours, and how it knows them.

    Each context signs with a key of its own (`service-<name>`), separate from the key of people's tokens, so that a
    lifted context can speak for itself alone.
    """

    def __init__(self, name: str, directory: Path) -> None:
        self._name = name
        self._key = ensure_private(directory, SERVICE_KEY + name)
        self._ring = KeyRing(directory)
        self._kept: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def for_calls_to(self, called: str) -> str:
        """A token with this context as issuer and `called` as audience, the same one until it nears its end."""
        with self._lock:
            token, good_until = self._kept.get(called, ("", 0.0))
            now = time.time()
            if now >= good_until:
                token = sign(self._key, issuer=self._name, audience=called, subject=self._name, seconds=SERVICE_SECONDS)
                self._kept[called] = token, now + SERVICE_SECONDS - RENEWED_BEFORE_SECONDS
            return token

    def verify(self, token: str) -> str:
        """The name of the context that calls this one. Raises Unauthenticated."""
        key = _signer(token, self._ring)
        if not key.name.startswith(SERVICE_KEY):
            raise Unauthenticated("this is not a service's token")
        caller = key.name.removeprefix(SERVICE_KEY)
        _verify(token, key, issuer=caller, audience=self._name)
        return caller
