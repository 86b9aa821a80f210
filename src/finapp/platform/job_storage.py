"""What huey's queue keeps, and how a waiting worker learns of a new job at once."""

import json
import threading
from typing import Any

from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import MemoryStorage, SqliteStorage

_IDLE = 1.0
"""Seconds between two looks at a queue that nobody has put anything into."""


class JsonMessages(Serializer):  # type: ignore[misc]  # huey has no types
    """Messages of jobs that run at once: names and texts, so nothing in the queue can run code of its own."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps({"id": data.id, "name": data.name, "args": data.args}).encode()

    def _deserialize(self, data: bytes) -> Message:
        kept = json.loads(data)
        return Message(
            id=kept["id"], name=kept["name"], args=tuple(kept["args"] or ()), kwargs={}, retries=0, retry_delay=0
        )


class _Waking:
    """A worker that waits is woken by whoever queues, instead of looking every moment."""

    blocking = True

    def __init__(self, *args: Any, **options: Any) -> None:
        self._woken = threading.Event()
        super().__init__(*args, **options)

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Queues a message."""
        super().enqueue(data, priority)  # type: ignore[misc]  # of huey's storage
        self.wake()

    def dequeue(self) -> bytes | None:
        """The next message; None after a moment without any."""
        found: bytes | None = super().dequeue()  # type: ignore[misc]
        if found is None and self._woken.wait(_IDLE):
            self._woken.clear()
            found = super().dequeue()  # type: ignore[misc]
        return found

    def wake(self) -> None:
        """Ends the wait of a worker."""
        self._woken.set()


class WakingSqlite(_Waking, SqliteStorage):  # type: ignore[misc]
    """The queue of a deployment."""


class WakingMemory(_Waking, MemoryStorage):  # type: ignore[misc]
    """The queue of a process without a data directory."""
