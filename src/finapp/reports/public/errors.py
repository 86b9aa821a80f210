"""Refusals of the reports context."""

from finapp.kernel.errors import NotFound


class StreamNotFound(NotFound):
    """No recurring stream of this household has this id."""

    code = "stream_not_found"
    title = "No such recurring payment"
