"""What the process counts of its requests, for Prometheus."""

from functools import lru_cache

from prometheus_client import Histogram

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are words that a stranger chose; each new one would be kept for ever."""

_REQUESTS = Histogram(
    "finapp_request_seconds",
    "Time from the first byte of a request to the last of its answer.",
    ("method", "route", "status"),
    buckets=SECONDS,
)


@lru_cache(maxsize=4_000)
def _of(method: str, route: str, status: int) -> Histogram:
    # Looking a label up takes the library longer than counting.
    return _REQUESTS.labels(method, route, status)


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Counts an answered request by the shape of its path, which holds no id."""
    _of(method if method in _METHODS else "other", route, status).observe(seconds)
