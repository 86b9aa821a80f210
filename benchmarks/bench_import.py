"""A large statement taken in while somebody reads: read, categorized, paired, stored with its sums, and taken back."""

import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from finapp.transactions.public import TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

_SHOPS = ("SWIGGY", "DMART READY", "UBER TRIP", "BIGBASKET", "SHELL FUEL", "APOLLO PHARMACY", "NETFLIX.COM", "IRCTC")
_SIZES = (20_000, 100_000, 1_000_000)
_BETWEEN = 0.05


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
    """Prints seconds of the clock, rows for each second of CPU, the peak of memory, and how long others waited."""
    for rows in (_SIZES[0],) if quick else _SIZES:
        measure(statement(rows), rows)


def measure(content: bytes, rows: int) -> None:
    """A statement taken in, taken in again and taken back, on a ledger of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        account = ledger.account()
        ledger.take(statement(50), ledger.account("Warm"))
        print(f"  before {resident():.0f} MB")
        report(f"import of {rows:,} rows", rows, ledger, lambda: ledger.take(content, account))
        report("the same file again", rows, ledger, lambda: ledger.take(content, account))
        _, taken, _ = ledger.facade.imports(owner=OWNER, limit=3, cursor=None).items
        undo = ledger.facade.undo_import
        report("taking it back", rows, ledger, lambda: undo(owner=OWNER, person=PERSON, import_id=taken.id))
        wrong = {name: count for name, count in ledger.recounted().items() if count}
        print(f"  sums that differ from a recount: {wrong or 'none'}")
        ledger.database.close()


class Others:
    """Somebody who asks for a page of rows every few moments, and how long each answer took."""

    def __init__(self, ledger: Ledger) -> None:
        self.waited: list[float] = []
        self.peak = resident()
        self._ledger = ledger
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> "Others":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._ended.wait(_BETWEEN):
            began = time.perf_counter()
            self._ledger.facade.transactions(owner=OWNER, where=TransactionFilter(), limit=50, cursor=None)
            self.waited.append((time.perf_counter() - began) * 1000)
            self.peak = max(self.peak, resident())


def report(name: str, rows: int, ledger: Ledger, work: Callable[[], object]) -> None:
    """Runs and prints one line."""
    clock, cpu, children = time.perf_counter(), time.process_time(), children_cpu()
    with Others(ledger) as others:
        work()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    children = children_cpu() - children
    waited = sorted(others.waited) or [0.0]
    print(
        f"  {name:28} {clock:7.1f} s  {rows / clock:8,.0f} rows/s  CPU {cpu:6.1f} s here, {children:5.1f} s apart "
        f"({rows / (cpu + children):7,.0f} rows/s)  peak {others.peak:4.0f} MB  "
        f"others p95 {waited[int(len(waited) * 0.95)]:5.0f} ms",
        flush=True,
    )


def children_cpu() -> float:
    """Seconds of CPU that children which have ended have spent."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def resident() -> float:
    """Megabytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024 / 1024
