"""Commands that take effect once, and only on the version they were meant for."""

from dataclasses import dataclass

from finapp.kernel.errors import PreconditionFailed


@dataclass(frozen=True, kw_only=True)
class Once:
    """An Idempotency-Key: who sent it, the key, and the digest of method, path and body."""

    person: str
    key: str
    digest: str


def require_version(expected: int | None, current: int) -> None:
    """Raises PreconditionFailed when a version was asked for and is not the current one."""
    if expected is not None and expected != current:
        raise PreconditionFailed("it has changed since it was read", current=f'"v{current}"')
