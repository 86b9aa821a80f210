"""Background work of one process: queued after the commit that asked for it, run once, one at a time."""

import threading
from collections.abc import Callable
from queue import Queue

import structlog

log = structlog.get_logger()


class Jobs:
    """Runs named jobs on one worker thread. What must survive a restart keeps its own row and is queued again."""

    def __init__(self) -> None:
        self._known: dict[str, Callable[[str], None]] = {}
        self._waiting: Queue[tuple[str, str] | None] = Queue()
        self._worker: threading.Thread | None = None

    def register(self, name: str, work: Callable[[str], None]) -> None:
        """Says what `name` does with its argument."""
        self._known[name] = work

    def submit(self, name: str, argument: str) -> None:
        """Queues a job. Call it after the commit that recorded it, never inside an open write."""
        self._waiting.put((name, argument))

    def start(self) -> None:
        """Starts the worker."""
        self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._worker.start()

    def stop(self) -> None:
        """Finishes the running job and stops; what is still queued is found again at the next start."""
        if self._worker is not None:
            self._waiting.put(None)
            self._worker.join(timeout=10)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            name, argument = job
            try:
                self._known[name](argument)
            except Exception:
                log.exception("job failed", job=name)
