"""Asks many questions side by side, each within its time; late answers are kept for the next time."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, wait
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

import structlog

from finapp.kernel.errors import FinappError, Unavailable

log = structlog.get_logger()
KEPT = 512
AT_ONCE = 0.05
"""Seconds that one thread is given before others help it."""

Ask = Callable[[], Any]
Run = Callable[[], None]


class Missing(Exception):
    """A question has no answer. The text says which, and whether it is `down`, `slow` or `failed`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{reason}: {name}")
        self.name = name
        self.reason = reason


class Answered:
    """Answers by the name of their question, as far as they were there in time."""

    def __init__(self, futures: Mapping[str, Future[Any]]) -> None:
        self._values: dict[str, Any] = {}
        self._faults: dict[str, BaseException | None] = {}
        for name, future in futures.items():
            if not future.done():
                self._faults[name] = None
            elif (fault := future.exception()) is not None:
                self._faults[name] = fault
            else:
                self._values[name] = future.result()

    def value(self, name: str) -> Any:
        """The answer. Raises Missing when there is none (yet)."""
        if name in self._values:
            return self._values[name]
        fault = self._faults[name]
        raise Missing(name, "slow" if fault is None else "down" if isinstance(fault, Unavailable) else "failed")


class Asking:
    """Runs questions in threads of their own, so that one that hangs costs only its own answer.

    Questions that are answered at once are answered one after the other in one thread: side by side they would only
    hold each other up. Once that takes longer, each that is left gets its own.

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
        waiting = SimpleQueue[Run]()
        futures = {name: self._future(name, ask, key, waiting) for name, ask in questions.items()}
        newcomers = [future for name, future in futures.items() if name not in self._asked]
        self._asked |= questions.keys()
        self._run(waiting, futures.values())
        wait(futures.values(), timeout=self._seconds)
        wait(newcomers, timeout=max(self._first_seconds - self._seconds, 0))
        return Answered(futures)

    @staticmethod
    def _run(waiting: SimpleQueue[Run], futures: Collection[Future[Any]]) -> None:
        """Has everything that waits done: by one thread while it is quick about it, then by as many as needed."""
        if not waiting.empty():
            _thread(waiting)
            wait(futures, timeout=AT_ONCE)
            for _ in range(waiting.qsize()):
                _thread(waiting)

    def _future(self, name: str, ask: Ask, key: str | None, waiting: SimpleQueue[Run]) -> Future[Any]:
        if key is None:
            return _asked(name, ask, waiting)
        known_as = f"{name}\n{key}"
        with self._lock:
            found = self._known.get(known_as)
            if found is None or (found.done() and found.exception() is not None):
                found = self._known[known_as] = _asked(name, ask, waiting)
            self._known.move_to_end(known_as)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return found


def _asked(name: str, ask: Ask, waiting: SimpleQueue[Run]) -> Future[Any]:
    """Puts a question among those that wait for a thread."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(ask())
        except FinappError as refusal:
            future.set_exception(refusal)
        except Exception as fault:  # Whatever goes wrong on one tile must not cost the others.
            log.exception("a reading failed", reading=name)
            future.set_exception(fault)

    waiting.put(partial(copy_context().run, run))
    return future


def _thread(waiting: SimpleQueue[Run]) -> None:
    """Starts a thread that does what waits until nothing does."""

    def work() -> None:
        with suppress(Empty):
            while True:
                waiting.get_nowait()()

    # A daemon: a neighbour that hangs does not keep the process from ending.
    threading.Thread(target=work, name="dashboard", daemon=True).start()
