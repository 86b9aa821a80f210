"""What is remembered of a lifted auth, so that the other contexts answer while it is down."""

import threading
import time
from typing import TYPE_CHECKING, Any

from finapp.kernel.errors import Unavailable

if TYPE_CHECKING:
    from finapp.auth.public import Household

FRESH_SECONDS = 5.0


class RememberedHouseholds:
    """auth's facade in another process, asked for a household at most every five seconds.

    While auth does not answer, the household is as it was last told: its currency, locale and names.
    """

    def __init__(self, auth: Any) -> None:
        self._auth = auth
        self._told: dict[str, tuple[float, Household]] = {}
        self._lock = threading.Lock()

    def household(self, *, owner: str) -> "Household":
        """A household. Raises NotFound, and Unavailable for one that was never told."""
        at, known = self._told.get(owner, (0.0, None))
        if known is not None and time.monotonic() - at < FRESH_SECONDS:
            return known
        try:
            found: Household = self._auth.household(owner=owner)
        except Unavailable:
            if known is None:
                raise
            return known
        with self._lock:
            self._told[owner] = time.monotonic(), found
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._auth, name)
