"""How long a small question waits while the server does each sort of heavy work."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.loads import Ask, Load, Person, Refused
from benchmarks.servers import running

TIMES, MORE_MS = 2.0, 5.0
"""The 99th percentile under load is at most so many times the one at rest, or so many milliseconds above it."""
_PAUSE = 0.01


def main(quick: bool) -> None:
    """Prints the percentiles of `GET /health/live` at rest and under each load, and whether each is within bounds."""
    asked, rows = (80, 5_000) if quick else (1_000, 100_000)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (_, port):
        person = Person(_connected(port))
        quiet = _waited(port, asked)
        print(f"  at rest: {_told(quiet)}")
        for name, load in person.loads(rows).items():
            # At rest once more beside each: what else the machine does changes from minute to minute.
            quiet = _waited(port, asked // 2)
            with _busy(port, load) as begun:
                waited = _waited(port, asked)
                times = begun[-1]
            bound = max(TIMES * _p99(quiet), _p99(quiet) + MORE_MS)
            within = "within" if _p99(waited) <= bound else "NOT within"
            print(f"  during {name} ({times}): {_told(waited)}, {within} {bound:.1f} ms", flush=True)


def _connected(port: int) -> Ask:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise Refused(answer.status, f"{method} {path}: {answer.status} {content[:300]!r}")
        return content

    return ask


@contextmanager
def _busy(port: int, load: Load) -> Iterator[list[int]]:
    """Somebody who lets the server work without a pause, and which pieces of work they have begun.

    Raises what stopped them.
    """
    ended, begun, failures = threading.Event(), [0], list[Exception]()

    def work() -> None:
        ask = _connected(port)
        try:
            while not ended.is_set():
                begun.append(begun[-1] + 1)
                load(ask, begun[-1])
        except Exception as failure:
            failures.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    try:
        yield begun
    finally:
        ended.set()
        thread.join()
    if failures:
        raise failures[0]


def _waited(port: int, times: int) -> list[float]:
    ask, waited = _connected(port), []
    for _ in range(times):
        began = time.perf_counter()
        ask("GET", "/health/live", None, {})
        waited.append((time.perf_counter() - began) * 1000)
        time.sleep(_PAUSE)
    return sorted(waited)


def _p99(waited: list[float]) -> float:
    return waited[int(len(waited) * 0.99)]


def _told(waited: list[float]) -> str:
    return f"median {waited[len(waited) // 2]:.1f} ms, p99 {_p99(waited):.1f} ms"
