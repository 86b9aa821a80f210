"""A child process that has done its work and waits a while for the next: starting another costs what reading thousands
of rows costs."""

import atexit
import resource
import subprocess
import threading
from pathlib import Path

_WAITS = 120.0
"""Seconds for which a child waits for more work."""
_LARGEST = 160 * 1024 * 1024
"""Bytes in memory from which a child is not kept."""

Child = subprocess.Popen[bytes]


class Spare:
    """At most one child that waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._clock: threading.Timer | None = None
        atexit.register(self.end)

    def take(self) -> Child | None:
        """The child that waits, if one does: nobody else has it from now on."""
        with self._lock:
            child, self._child = self._child, None
            if self._clock is not None:
                self._clock.cancel()
        if child is not None and child.poll() is not None:
            end(child)
            return None
        return child

    def keep(self, child: Child) -> None:
        """Lets a child wait that has answered all it was asked; one that has grown large, or a second one, is ended."""
        with self._lock:
            kept = self._child is None and child.poll() is None and _resident(child) < _LARGEST
            if kept:
                self._child = child
                self._clock = threading.Timer(_WAITS, self.end)
                self._clock.daemon = True
                self._clock.start()
        if not kept:
            end(child)

    def end(self) -> None:
        """Ends the child that waits."""
        child = self.take()
        if child is not None:
            end(child)


def end(child: Child) -> None:
    """Ends a child, whatever it does."""
    if child.poll() is None:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
    child.wait()


def _resident(child: Child) -> int:
    try:
        pages = int(Path(f"/proc/{child.pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return _LARGEST
    return pages * resource.getpagesize()
