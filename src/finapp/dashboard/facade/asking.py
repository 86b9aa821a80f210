"""Asks many questions side by side, each within its time; late answers are kept for the next time."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from contextvars import copy_context
from typing import Any

import structlog

from finapp.kernel.errors import FinappError, Unavailable

log = structlog.get_logger()
KEPT = 512

Ask = Callable[[], Any]


class Missing(Exception):
    """A question has no answer. The text says which, and whether it is `down`, `slow` or `failed`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{reason}: {name}")
        self.name = name
        self.reason = reason


class Answered:
    """Answers by the name of their question."""

    def __init__(self, futures: Mapping[str, Future[Any]]) -> None:
        self._futures = futures

    def value(self, name: str) -> Any:
        """The answer. Raises Missing when there is none (yet)."""
        future = self._futures[name]
        if not future.done():
            raise Missing(name, "slow")
        fault = future.exception()
        if fault is not None:
            raise Missing(name, "down" if isinstance(fault, Unavailable) else "failed")
        return future.result()


class Asking:
    """Runs questions in threads of their own, so that one that hangs costs only its own answer.

    A question is known by its key: while an answer is under way or known under the same key, nobody is asked again.
    Whoever is asked for the first time in this process is waited for `first_seconds`, because libraries load then.
    """

    def __init__(self, *, seconds: float, first_seconds: float) -> None:
        self._seconds, self._first_seconds = seconds, first_seconds
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Future[Any]] = OrderedDict()
        self._asked: set[str] = set()

    def all(self, questions: Mapping[str, Ask], *, key: str | None = None) -> Answered:
        """Asks everything and waits its time. Without `key` nothing is kept."""
        futures = {name: self._future(name, ask, key) for name, ask in questions.items()}
        newcomers = [future for name, future in futures.items() if name not in self._asked]
        self._asked |= questions.keys()
        wait(futures.values(), timeout=self._seconds)
        wait(newcomers, timeout=max(self._first_seconds - self._seconds, 0))
        return Answered(futures)

    def _future(self, name: str, ask: Ask, key: str | None) -> Future[Any]:
        if key is None:
            return _started(name, ask)
        known_as = f"{name}\n{key}"
        with self._lock:
            found = self._known.get(known_as)
            if found is None or (found.done() and found.exception() is not None):
                found = self._known[known_as] = _started(name, ask)
            self._known.move_to_end(known_as)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return found


def _started(name: str, ask: Ask) -> Future[Any]:
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(ask())
        except FinappError as refusal:
            future.set_exception(refusal)
        except Exception as fault:  # Whatever goes wrong on one tile must not cost the others.
            log.exception("a reading failed", reading=name)
            future.set_exception(fault)

    # Daemon threads: a neighbour that hangs does not keep the process from ending.
    threading.Thread(target=copy_context().run, args=(run,), name=f"dashboard-{name}", daemon=True).start()
    return future
