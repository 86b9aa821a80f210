"""How often something may be tried."""

import time

from finapp.kernel.errors import TooMany


class Throttle:
    """Counts attempts by key in this process; `rate` is written as `10/minute`."""

    def __init__(self, rate: str) -> None:
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._rate = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, key: str) -> None:
        """Counts one attempt. Raises TooMany, with the seconds to wait, when there were too many."""
        if not self._limiter.hit(self._rate, key):
            reset = self._limiter.get_window_stats(self._rate, key).reset_time
            raise TooMany("too many attempts; wait a little", retry_after=max(1, int(reset - time.time()) + 1))
