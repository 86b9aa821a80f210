"""The person behind a request."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Who:
    """The person behind a request, as auth knows them."""

    person: str
    household: str
    session: str
    """The sign-in or the API token the request came with."""
    administrator: bool
    scopes: tuple[str, ...] | None
    """What an API token may do (`transactions:read`); None for a person's own session, which may do all."""
    expires_at: float
    """Seconds since 1970."""

    def may(self, context: str, verb: str) -> bool:
        """Whether `verb` (read or write) on a context is allowed. Writing includes reading."""
        if self.scopes is None:
            return True
        return f"{context}:write" in self.scopes or f"{context}:{verb}" in self.scopes
