"""A large statement uploaded to a running server while somebody else asks and writes: read, categorized, paired, stored
with its sums, uploaded once more as the same file and as another with the same rows, and taken back.

`python -m benchmarks.bench_import 100000 1000000` measures the given numbers of rows.
"""

import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx

from benchmarks.processes import children_of, resident_mb, seconds_of
from benchmarks.servers import running

_SHOPS = ("SWIGGY", "DMART READY", "UBER TRIP", "BIGBASKET", "SHELL FUEL", "APOLLO PHARMACY", "NETFLIX.COM", "IRCTC")
_SIZES = (10_000, 100_000, 1_000_000)
_BETWEEN = 0.05
_LOOK = 0.1
_ASKED = ("/transactions?limit=50", "/dashboard", "/transactions?limit=50&q=swiggy", "/accounts")
_PERSON = {"email": "bench@example.com", "password": "a plain sentence 7"}


def statement(rows: int, seed: int = 7) -> bytes:
    """A household's years: shops, people, salaries and own transfers, with a running balance."""
    chance = random.Random(seed)
    balance, first = 1_000_000_00, date(2010, 1, 1)
    lines = ["Date,Description,Amount,Balance"]
    for number in range(rows):
        day = first + timedelta(days=number * 5000 // rows)
        kind = chance.random()
        if kind < 0.03:
            amount, text = 9_000_000, "SALARY ACME LTD"
        elif kind < 0.08:
            amount, text = -chance.randrange(1, 50) * 100_000, "IMPS-TRANSFER TO SAVINGS"
        elif kind < 0.6:
            amount, text = -chance.randrange(1000, 500_000), f"UPI-{chance.choice(_SHOPS)}-{number:08d}@ybl"
        else:
            amount, text = -chance.randrange(1000, 90_000), f"POS {chance.choice(_SHOPS)} {chance.randrange(4000)}"
        balance += amount
        lines.append(f"{day},{text},{amount / 100:.2f},{balance / 100:.2f}")
    return "\n".join(lines).encode()


def main(quick: bool) -> None:
    """Prints seconds of the clock and of CPU, memory above serving, and how long others waited."""
    for rows in (_SIZES[0],) if quick else _SIZES:
        measure(rows)


def measure(rows: int) -> None:
    """A statement taken in, taken in again and taken back, by a server of its own."""
    content = statement(rows)
    closing = content.rpartition(b",")[2].decode()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, server.client() as client:
        account = client.post("/accounts", json=_account("Bench")).json()["id"]
        other = client.post("/accounts", json=_account("Other")).json()["id"]
        _ended(client, _upload(client, other, statement(50)))
        taken = _timed(server, f"{rows:,} rows", rows, lambda: _ended(client, _upload(client, account, content)))
        again = _timed(server, "the same file", rows, lambda: _ended(client, _upload(client, account, content)))
        known = content + b"\n"
        same = _timed(server, "the same rows", rows, lambda: _ended(client, _upload(client, account, known)))
        held = client.get(f"/accounts/{account}").json()["balance"]
        print(f"  balance {held}, closing balance of the file {closing}", flush=True)
        for each in (again, same):
            client.delete(f"/imports/{each['id']}").raise_for_status()
        _timed(server, "taking it back", rows, lambda: client.delete(f"/imports/{taken['id']}").raise_for_status())
        print(f"  balance without it {client.get(f'/accounts/{account}').json()['balance']}", flush=True)


def _account(name: str) -> dict[str, str]:
    return {"name": name, "kind": "checking", "currency": "INR"}


def _upload(client: httpx.Client, account: str, content: bytes) -> str:
    answer = client.post("/imports", data={"account_id": account}, files={"file": ("statement.csv", content)})
    return str(answer.raise_for_status().json()["id"])


def _ended(client: httpx.Client, import_id: str) -> Any:
    while True:
        found = client.get(f"/imports/{import_id}").raise_for_status().json()
        if found["status"] not in ("queued", "running"):
            return found
        time.sleep(_LOOK)


def _timed(server: "Server", name: str, rows: int, work: Any) -> Any:
    idle, cpu, clock = server.memory(), server.cpu(), time.perf_counter()
    with Others(server) as others:
        found = work()
        clock = time.perf_counter() - clock
    cpu = [after - before for before, after in zip(cpu, server.cpu(), strict=True)]
    print(
        f"  {name:18} {clock:6.1f} s {rows / clock:8,.0f} rows/s  CPU {cpu[0]:5.1f} s here {cpu[1]:5.1f} s apart  "
        f"memory {idle[0]:.0f} MB, +{others.peak[0] - idle[0]:.0f} here, {others.peak[1]:.0f} apart  "
        f"others p95 {others.waits()}",
        flush=True,
    )
    return found


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server in a process of its own, with one person signed in."""

    process: "subprocess.Popen[bytes]"
    url: str
    token: str

    def client(self) -> httpx.Client:
        """A connection of that person."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, timeout=300)

    def cpu(self) -> tuple[float, float]:
        """Seconds of CPU of the server, and of its children."""
        return seconds_of(self.process.pid)

    def memory(self) -> tuple[float, float]:
        """Megabytes of the server, and of its children."""
        return resident_mb(self.process.pid), sum(map(resident_mb, children_of(self.process.pid)))


@contextmanager
def serving(data: Path) -> Iterator[Server]:
    """A server on an empty directory."""
    with running(data) as (process, port):
        url = f"http://127.0.0.1:{port}/api/v1"
        home = {"display_name": "Bench", "currency": "INR", "locale": "en-IN"}
        httpx.post(f"{url}/auth/register", json={**_PERSON, **home}).raise_for_status()
        said = {"username": _PERSON["email"], "password": _PERSON["password"]}
        token = httpx.post(f"{url}/auth/token", data=said).raise_for_status().json()["access_token"]
        yield Server(process=process, url=url, token=token)


@dataclass
class Others:
    """Somebody who asks for a page of something every few moments, and now and then enters a row."""

    server: Server
    waited: dict[str, list[float]] = field(default_factory=dict)
    peak: tuple[float, float] = (0.0, 0.0)

    def __enter__(self) -> "Others":
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def waits(self) -> str:
        """Milliseconds within which 95 of 100 answers came, for each thing asked."""
        return ", ".join(
            f"{sorted(waited)[int(len(waited) * 0.95)]:.0f} ms {name} ({len(waited)})"
            for name, waited in sorted(self.waited.items())
        )

    def _work(self) -> None:
        with self.server.client() as client:
            account = client.post("/accounts", json=_account("Purse")).json()["id"]
            turn = 0
            while not self._ended.wait(_BETWEEN):
                turn += 1
                began = time.perf_counter()
                if turn % 10:
                    asked = _ASKED[turn % len(_ASKED)]
                    client.get(asked).raise_for_status()
                else:
                    asked = "POST /transactions"
                    row = {"account_id": account, "date": "2026-01-15", "amount": "-12.50"}
                    client.post("/transactions", json={**row, "description": f"TEA {turn}"}).raise_for_status()
                self.waited.setdefault(asked, []).append((time.perf_counter() - began) * 1000)
                here, apart = self.server.memory()
                self.peak = max(self.peak[0], here), max(self.peak[1], apart)


if __name__ == "__main__":
    for size in sys.argv[1:]:
        measure(int(size))
