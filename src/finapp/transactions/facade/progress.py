"""How far imports are, known only to the process that runs them."""

import threading
import time
from decimal import Decimal

from finapp.transactions.public import Phase, Progress


class Track:
    """The progress of running imports, and which of them a person has cancelled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = threading.Condition(self._lock)
        self._at: dict[str, tuple[Phase, int, int | None, float]] = {}
        self._cancelled: set[str] = set()

    def moved(self, import_id: str, phase: Phase, done: int = 0, total: int | None = None) -> None:
        """Says how many rows of a phase are done."""
        with self._lock:
            known = self._at.get(import_id)
            began = known[3] if known is not None and known[0] == phase else time.monotonic()
            self._at[import_id] = phase, done, total, began

    def finished(self, import_id: str) -> None:
        """Forgets an import."""
        with self._lock:
            self._at.pop(import_id, None)
            self._cancelled.discard(import_id)
            self._ended.notify_all()

    def wait(self, import_id: str, seconds: float) -> None:
        """Waits until an import that runs here has ended, but not longer than that."""
        with self._lock:
            self._ended.wait_for(lambda: import_id not in self._at, seconds)

    def cancel(self, import_id: str) -> None:
        """Asks the running import to stop."""
        with self._lock:
            if import_id in self._at:
                self._cancelled.add(import_id)

    def wanted(self, import_id: str) -> bool:
        """Whether nobody has cancelled the import."""
        return import_id not in self._cancelled

    def progress(self, import_id: str) -> Progress | None:
        """How far a running import is; None when this process does not run it."""
        with self._lock:
            known = self._at.get(import_id)
        if known is None:
            return None
        phase, done, total, began = known
        taken = time.monotonic() - began
        speed = Decimal(round(done / taken)) if done and taken > 0 else None
        left = round((total - done) / speed) if total is not None and speed else None
        return Progress(rows_read=done, rows_total=total, phase=phase, rows_per_second=speed, seconds_left=left)
