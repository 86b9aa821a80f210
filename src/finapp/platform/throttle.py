"""How often something may be tried."""

import time
from functools import cached_property
from typing import Any

from finapp.kernel.errors import TooMany


class Throttle:
    """Counts attempts by key in this process; `rate` is written as `10/minute`."""

    def __init__(self, rate: str) -> None:
        self._written = rate

    def hit(self, key: str) -> None:
        """Counts one attempt. Raises TooMany, with the seconds to wait, when there were too many."""
        rate, limiter = self._counting
        if not limiter.hit(rate, key):
            reset = limiter.get_window_stats(rate, key).reset_time
            raise TooMany("too many attempts; wait a little", retry_after=max(1, int(reset - time.time()) + 1))

    @cached_property
    def _counting(self) -> tuple[Any, Any]:
        # Most of the library is for storage elsewhere.
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        return parse(self._written), MovingWindowRateLimiter(MemoryStorage())
