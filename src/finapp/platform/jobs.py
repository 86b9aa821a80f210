"""Background work of one process on huey: queued after the commit that asked for it, run once, one at a time.

The queue is a SQLite file of its own and holds JSON, never pickles. Its consumer is a thread of this process.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import structlog

from finapp.platform.absent import absent

log = structlog.get_logger()
_PATIENCE = 10
"""Seconds that a running job has to end when the process stops."""


_OTHER_STORAGE = ("redis", "psycopg")
"""What huey imports when it is installed: 16 MB that a queue in a file never needs."""


@dataclass(frozen=True, kw_only=True)
class Every:
    """When a job runs by itself: every so many minutes of the hour, or once a day at an hour and minute (UTC)."""

    minutes: int | None = None
    """A divisor of 60."""
    hour: int | None = None
    minute: int = 0

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.hour is None) or (self.minutes is not None and 60 % self.minutes):
            raise ValueError("say either minutes, a divisor of 60, or an hour")

    def is_due(self, now: datetime) -> bool:
        """Whether the job runs in this minute."""
        if self.minutes is not None:
            return now.minute % self.minutes == 0
        return (now.hour, now.minute) == (self.hour, self.minute)


class Jobs:
    """Runs named jobs on one worker thread. What must survive a restart keeps its own row and is queued again."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the file of the queue; without one it is kept in memory."""
        self._path = path
        self._known: dict[str, Callable[[str], None]] = {}
        self._schedule: dict[str, Every] = {}
        self._lock = threading.Lock()
        self._waiting: set[tuple[str, str]] = set()
        self._consumer: Any = None

    def register(self, name: str, work: Callable[[str], None]) -> None:
        """Says what `name` does with its argument."""
        self._known[name] = work

    def every(self, name: str, when: Every, work: Callable[[], None]) -> None:
        """Runs `work` by the clock. Call it before `start`."""
        self._known[name] = lambda _: work()
        self._schedule[name] = when

    def submit(self, name: str, argument: str) -> None:
        """Queues a job, unless it is waiting already. Call it after the commit that recorded it, never inside an open
        write."""
        with self._lock:
            if (name, argument) in self._waiting:
                return
            self._waiting.add((name, argument))
        self._task(name, argument)

    def start(self) -> None:
        """Starts the worker and the clock."""
        with absent(*_OTHER_STORAGE):
            from huey.consumer import Consumer

        class InThisProcess(Consumer):  # type: ignore[misc]  # huey has no types
            """Leaves the signals of the process to the server."""

            def _set_signal_handlers(self) -> None:
                return

        logging.getLogger("huey").setLevel(logging.WARNING)
        # What a stopped process left in the queue keeps a row of its own, by which it has been queued again.
        for name, when in self._schedule.items():
            self._add_periodic(name, when)
        self._consumer = InThisProcess(
            self._huey, workers=1, periodic=bool(self._schedule), check_worker_health=False, scheduler_interval=60
        )
        self._consumer.start()

    def stop(self) -> None:
        """Lets the running job end and stops; what is still queued is found again at the next start."""
        if self._consumer is None:
            return
        self._consumer.stop_flag.set()
        self._huey.storage.wake()
        for _, thread in self._consumer.worker_threads:
            thread.join(_PATIENCE)
        self._consumer = None

    @cached_property
    def _huey(self) -> Any:
        with absent(*_OTHER_STORAGE):
            from huey import Huey

            from finapp.platform.job_storage import JsonMessages, WakingMemory, WakingSqlite

        if self._path is None:
            return Huey("finapp", results=False, serializer=JsonMessages(), storage_class=WakingMemory)
        # Readable by the owner alone; SQLite gives its side files the same mode.
        self._path.touch(mode=0o600)
        storage = {"storage_class": WakingSqlite, "filename": str(self._path)}
        made = Huey("finapp", results=False, serializer=JsonMessages(), **storage)
        made.flush()
        return made

    @cached_property
    def _task(self) -> Any:
        return self._huey.task(name="run")(self._run)

    def _add_periodic(self, name: str, when: Every) -> None:
        self._huey.periodic_task(when.is_due, name=f"every {name}")(lambda: self._run(name, ""))

    def _run(self, name: str, argument: str) -> None:
        with self._lock:
            self._waiting.discard((name, argument))
        try:
            self._known[name](argument)
        except Exception:
            log.exception("job failed", job=name)
