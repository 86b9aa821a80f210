"""Errors with codes. A context declares its own in `public.py`; they cross processes and HTTP by code."""

from typing import Any, ClassVar


class FinappError(Exception):
    """Base of every refusal a caller may see. `code` is stable; `status` is the HTTP status it becomes."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request was refused"

    def __init__(self, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.facts = facts
        """JSON-ready facts that make the refusal actionable (ids, limits); shown in the problem document."""


class Invalid(FinappError):
    """One field of the input is wrong. Becomes 422 with the field and the reason."""

    code = "invalid"
    status = 422
    title = "The input is not valid"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", errors=[{"field": field, "message": message}])
        self.field = field
        self.message = message


class NotFound(FinappError):
    """The id is unknown, or belongs to another household: the two are answered alike."""

    code = "not_found"
    status = 404
    title = "Not found"


class Conflict(FinappError):
    """The request contradicts what is stored."""

    code = "conflict"
    status = 409
    title = "In conflict with what is stored"


class IdempotencyConflict(Conflict):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_conflict"
    title = "The idempotency key was used with another body"


class PreconditionFailed(FinappError):
    """`If-Match` named a version that is no longer current."""

    code = "precondition_failed"
    status = 412
    title = "The resource has changed meanwhile"


class Unauthenticated(FinappError):
    """No valid proof of who is asking."""

    code = "unauthenticated"
    status = 401
    title = "Sign in first"


class Forbidden(FinappError):
    """Known, but not allowed."""

    code = "forbidden"
    status = 403
    title = "Not allowed"


class TooLarge(FinappError):
    """The body or the work is over a stated limit."""

    code = "too_large"
    status = 413
    title = "Too large"


class TooMany(FinappError):
    """Asked too often. `retry_after` seconds stand in the facts."""

    code = "too_many_requests"
    status = 429
    title = "Too many requests"


class Unavailable(FinappError):
    """A neighbour or the storage cannot answer now. Becomes 503 with Retry-After."""

    code = "unavailable"
    status = 503
    title = "Temporarily unavailable"
