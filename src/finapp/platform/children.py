"""Runs a function in a process of its own with limits on memory, CPU and time: for files that strangers made.

The function is a plain module-level one; what it is given and answers is JSON. The child has no database, no socket
of ours and an environment of its own, so that a file which breaks its reader breaks nothing else.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_LOOK = 0.2
"""Seconds between looks at whether the work is still wanted."""
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a child may use."""

    seconds: float = 120
    """Of the clock; half of it of CPU."""
    memory: int = 1024 * 1024 * 1024
    """Bytes of address space."""


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
    limits = limits or Limits()
    request = json.dumps([work.__module__, work.__qualname__, argument, limits.memory, limits.seconds])
    # Only our own interpreter is started, with a fixed command.
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **dict.fromkeys(_THREADS, "1")},
        start_new_session=True,
    )
    try:
        output = _answer(child, request.encode(), limits.seconds, wanted or (lambda: True))
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()
    return _result(output, child.returncode)


def _answer(child: "subprocess.Popen[bytes]", request: bytes, seconds: float, wanted: Callable[[], bool]) -> bytes:
    ends = time.monotonic() + seconds
    given: bytes | None = request
    while True:
        try:
            return child.communicate(given, timeout=_LOOK)[0]
        except subprocess.TimeoutExpired:
            given = None
            if time.monotonic() > ends:
                raise ChildFailed("time") from None
            if not wanted():
                raise ChildFailed("stopped") from None


def _result(output: bytes, code: int) -> Any:
    try:
        word, value = json.loads(output)
    except ValueError:
        raise ChildFailed("time" if code in (-24, -9) else "broken") from None
    if word != "answer":
        raise ChildFailed(str(word))
    return value


def _serve() -> None:
    """The child's side: one request on standard input, one answer on standard output."""
    module, name, argument, memory, seconds = json.loads(sys.stdin.buffer.read())
    cpu = max(1, int(seconds / 2))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work = getattr(importlib.import_module(module), name)
        answer = json.dumps(["answer", work(argument)])
    except MemoryError:
        answer = json.dumps(["memory", None])
    except Exception:
        answer = json.dumps(["broken", None])
    sys.stdout.write(answer)


if __name__ == "__main__":
    _serve()
