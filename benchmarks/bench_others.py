"""How long a small question waits while the server signs people in, simulates and takes a statement in."""

import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.bench_import import statement
from benchmarks.servers import running

API = "/api/v1"
EMAIL, PASSWORD = "household@example.com", "violet-anchor-tundra-42"
TIMES, MORE_MS = 2.0, 5.0
"""The 99th percentile under load is at most so many times the one at rest, or so many milliseconds above it."""
_PAUSE = 0.01
Ask = Callable[[str, str, bytes | None, dict[str, str]], bytes]


class Refused(RuntimeError):
    """The server did not do what was asked."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def main(quick: bool) -> None:
    """Prints the percentiles of `GET /health/live` at rest and under each load, and whether each is within bounds."""
    asked, rows = (200, 5_000) if quick else (1_000, 100_000)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (_, port):
        ask = _connected(port)
        who = {"email": EMAIL, "password": PASSWORD, "display_name": "H", "currency": "INR", "locale": "en-IN"}
        _json(ask, "POST", "/auth/register", who)
        token = _token(ask)
        head = {"authorization": f"Bearer {token}"}
        account = _json(ask, "POST", "/accounts", {"name": "A", "kind": "checking", "currency": "INR"}, head)["id"]
        body = _upload(statement(rows), account)
        loads: dict[str, Callable[[Ask, int], None]] = {
            "sign-ins": lambda mine, number: _be_refused(mine, number),
            "simulations": lambda mine, number: _simulate(mine, number, head),
            "an import": lambda mine, number: _import(mine, number, body, head),
        }
        quiet = _waited(port, asked)
        print(f"  at rest: {_told(quiet)}")
        bound = max(TIMES * _p99(quiet), _p99(quiet) + MORE_MS)
        for name, load in loads.items():
            with _busy(port, load):
                waited = _waited(port, asked)
            within = "within" if _p99(waited) <= bound else "NOT within"
            print(f"  during {name}: {_told(waited)}, {within} {bound:.1f} ms", flush=True)


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
def _busy(port: int, load: Callable[[Ask, int], None]) -> Iterator[None]:
    """Somebody who lets the server work without a pause."""
    ended = threading.Event()

    def work() -> None:
        ask, number = _connected(port), 0
        while not ended.is_set():
            number += 1
            load(ask, number)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    try:
        yield
    finally:
        ended.set()
        thread.join()


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


def _token(ask: Ask) -> str:
    form = urlencode({"username": EMAIL, "password": PASSWORD}).encode()
    found = json.loads(ask("POST", f"{API}/auth/token", form, {"content-type": "application/x-www-form-urlencoded"}))
    token: str = found["access_token"]
    return token


def _be_refused(ask: Ask, number: int) -> None:
    """A sign-in of somebody unknown: the password is hashed as for everybody, and nobody tries too often."""
    form = urlencode({"username": f"nobody{number}@example.com", "password": PASSWORD}).encode()
    try:
        ask("POST", f"{API}/auth/token", form, {"content-type": "application/x-www-form-urlencoded"})
    except Refused as refusal:
        if refusal.status != 401:
            raise


def _json(ask: Ask, method: str, path: str, body: object, head: dict[str, str] | None = None) -> dict[str, str]:
    headers = {"content-type": "application/json", **(head or {})}
    found: dict[str, str] = json.loads(ask(method, API + path, json.dumps(body).encode(), headers))
    return found


def _simulate(ask: Ask, number: int, head: dict[str, str]) -> None:
    plan = {"portfolio": "1000000", "annual_spending": "40000", "years": 60, "mean": 0.05, "volatility": 0.12}
    _json(ask, "POST", "/fire/simulation", {**plan, "paths": 10_000, "seed": number}, head)


def _upload(content: bytes, account_id: str) -> bytes:
    part = "--bound\r\nContent-Disposition: form-data; name="
    named = '"file"; filename="s.csv"\r\nContent-Type: text/csv\r\n\r\n'
    head = f'{part}"account_id"\r\n\r\n{account_id}\r\n{part}{named}'
    return head.encode() + content + b"\r\n--bound--\r\n"


def _import(ask: Ask, number: int, body: bytes, head: dict[str, str]) -> None:
    """Uploads once and watches the import; afterwards known rows come again."""
    headers = {**head, "content-type": "multipart/form-data; boundary=bound"}
    found = json.loads(ask("POST", f"{API}/imports", body, headers))
    while found["status"] in ("queued", "running"):
        time.sleep(0.2)
        found = json.loads(ask("GET", f"{API}/imports/{found['id']}", None, head))
