"""What an API token may do: read or write one context.

Tokens may read `auth` (the profile, sign-ins and events of their person) but never write it: a program that was given
a token can neither make itself another one, nor end sign-ins, nor change the password or the second factor.
"""

from datetime import datetime

from finapp.auth.public import NewApiToken, UnknownScope
from finapp.kernel.errors import Invalid

CONTEXTS = ("transactions", "analytics", "assets", "reports", "fire", "dashboard")
SCOPES = frozenset({"auth:read", *(f"{context}:{verb}" for context in CONTEXTS for verb in ("read", "write"))})
PREFIX = "fin_"
"""Starts every secret, so that it is recognised in logs and repositories and told apart from access tokens."""
MOST_TOKENS = 50


def require_good(new: NewApiToken, now: datetime) -> None:
    """Raises UnknownScope for a scope there is not, Invalid for no scope at all or an end that is not ahead."""
    if not new.scopes:
        raise Invalid("scopes", "name at least one")
    for scope in new.scopes:
        if scope not in SCOPES:
            raise UnknownScope("scopes", f"{scope!r} is not one of {', '.join(sorted(SCOPES))}")
    if new.expires_at is not None and new.expires_at <= now:
        raise Invalid("expires_at", "must lie ahead")
