"""Runs a function in a process of its own with limits on memory, CPU and time: for files that strangers made.

The function is a plain module-level one; what it is given and answers is JSON. A generator's values are handed over
as they come, and one that it yields as `Asking` is answered by who reads it (`send`). The child has no database, no
socket of ours and an environment of its own, so that a file which breaks its reader breaks nothing else.
"""

import gc
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

from finapp.platform.spare import Child, Spare, end

_LOOK = 0.2
"""Seconds between looks at whether the work is still wanted."""
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_BETWEEN_COLLECTIONS = 50_000
"""Objects that a child makes between two looks for garbage: seventy times fewer looks than usual, and few megabytes."""
_ENDED_BY = {-signal.SIGXCPU: "time", -signal.SIGKILL: "time", -signal.SIGABRT: "memory"}
"""An interpreter that has no memory left even for the error that says so aborts."""
_spare = Spare()
_POLITE = 5
"""How much a child steps back for the process that answers people."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child may use."""

    seconds: float = 120
    """Of the clock; half of it of CPU."""
    memory: int = 1024 * 1024 * 1024
    """Bytes of address space."""


@dataclass(frozen=True)
class Asking:
    """A value that the child's generator yields to be sent an answer."""

    value: Any


class ChildFailed(Exception):
    """The child gave no answer. `why` is `time`, `memory`, `stopped` or `broken`."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the child process gave no answer: {why}")
        self.why = why


def run(
    work: Callable[[Any], Any], argument: Any, *, limits: Limits | None = None, wanted: Callable[[], bool] | None = None
) -> Any:
    """`work(argument)`, computed in a child process. Raises ChildFailed when it gives no answer within the limits.

    `wanted` is asked several times a second; when it says no, the child is ended.
    """
    return list(stream(work, argument, limits=limits, wanted=wanted))[-1]


def stream(
    work: Callable[[Any], Any],
    argument: Any,
    *,
    limits: Limits | None = None,
    wanted: Callable[[], bool] | None = None,
    keep: bool = False,
) -> Generator[Any, Any]:
    """What the generator `work(argument)` yields in a child process, as it comes; the child waits for its reader.

    Raises ChildFailed when the child ends early or passes a limit. Closing the generator ends the child. With `keep`
    the child may be one that has answered such work before, and is kept for the next when it has answered all of this:
    only for work that cannot be made to harm what comes after it.
    """
    limits = limits or Limits()
    request = json.dumps([work.__module__, work.__qualname__, argument, limits.memory, limits.seconds, keep])
    child = (_spare.take() if keep else None) or _started()
    guard = _Guard(child, limits.seconds, wanted or (lambda: True))
    answered = False
    try:
        yield from _values(child, request.encode(), guard)
        answered = True
    finally:
        guard.leave()
        if keep and answered and guard.why is None:
            _spare.keep(child)
        else:
            end(child)


def _started() -> Child:
    # Only our own interpreter is started, with a fixed command.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", f"from {__name__} import _serve; _serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **dict.fromkeys(_THREADS, "1")},
        start_new_session=True,
    )


class _Guard:
    """Ends a child whose time is over or whose work nobody wants any more."""

    def __init__(self, child: Child, seconds: float, wanted: Callable[[], bool]) -> None:
        self.why: str | None = None
        self._child = child
        self._ends = time.monotonic() + seconds
        self._wanted = wanted
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="child-guard", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Stops watching."""
        self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._left.wait(_LOOK):
            if time.monotonic() > self._ends:
                self.why = "time"
            elif not self._wanted():
                self.why = "stopped"
            if self.why is not None:
                self._child.kill()
                return


def _values(child: Child, request: bytes, guard: _Guard) -> Generator[Any, Any]:
    assert child.stdout is not None  # noqa: S101 (both pipes were asked for)
    _tell(child, request, guard)
    for line in child.stdout:
        try:
            word, value = json.loads(line)
        except ValueError:
            break
        if word == "end":
            return
        if word not in ("value", "ask"):
            raise ChildFailed(str(word))
        answer = yield value
        if word == "ask":
            _tell(child, json.dumps(answer).encode(), guard)
    raise ChildFailed(guard.why or _ENDED_BY.get(child.wait(), "broken"))


def _tell(child: Child, line: bytes, guard: _Guard) -> None:
    assert child.stdin is not None  # noqa: S101
    try:
        child.stdin.write(line + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        raise ChildFailed(guard.why or "broken") from None


def _serve() -> None:
    """The child's side: requests and answers on standard input, a line on standard output for each value.

    It ends with its first work, unless that may be followed by more, and when nobody can ask any more.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_POLITE)
    for line in iter(sys.stdin.buffer.readline, b""):
        module, name, argument, memory, seconds, keep = json.loads(line)
        _limit(memory, max(1, int(seconds / 2)), more=keep)
        _answer(module, name, argument)
        if not keep:
            return


def _limit(memory: int, seconds: int, *, more: bool) -> None:
    """Limits this process; where more work may follow, so that the next limits can be others."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, resource.RLIM_INFINITY if more else cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY if more else memory))


def _answer(module: str, name: str, argument: Any) -> None:
    try:
        work = getattr(importlib.import_module(module), name)
        # What was imported is no garbage, and what a work leaves is little.
        gc.freeze()
        gc.set_threshold(_BETWEEN_COLLECTIONS)
        found = work(argument)
        _say_all(found) if isinstance(found, GeneratorType) else _say(["value", found])
        _say(["end", None])
    except MemoryError:
        _say(["memory", None])
    except Exception:
        _say(["broken", None])


def _say_all(values: Generator[Any, Any]) -> None:
    answer = None
    with suppress(StopIteration):
        while True:
            value = values.send(answer)
            asks = isinstance(value, Asking)
            _say(["ask", value.value] if asks else ["value", value])
            answer = json.loads(sys.stdin.buffer.readline()) if asks else None


def _say(message: list[Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()
