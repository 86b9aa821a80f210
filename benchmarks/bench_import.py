"""A large statement taken in: read, categorized, paired, stored with its sums; and what reading it back costs."""

import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from finapp.transactions.public import TransactionFilter
from tests.transactions.ledger import OWNER, PERSON, Ledger

_SHOPS = ("SWIGGY", "DMART READY", "UBER TRIP", "BIGBASKET", "SHELL FUEL", "APOLLO PHARMACY", "NETFLIX.COM", "IRCTC")
_SIZES = (20_000, 100_000)


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


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def main(quick: bool) -> None:
    """Prints seconds (clock, CPU) and the peak of memory."""
    rows = _SIZES[0] if quick else _SIZES[1]
    content = statement(rows)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        account = ledger.account()
        ledger.take(statement(50), ledger.account("Warm"))
        report(f"import of {rows:,} rows", lambda: ledger.take(content, account))
        report("the same file again", lambda: ledger.take(content, account))
        for query in ("swiggy", "amount>4000 category:dining -tag:x", "description:/^POS SWIGGY \\d+$/"):
            where = TransactionFilter(query=query)
            report(
                f"first page of {query}",
                lambda where=where: ledger.facade.transactions(owner=OWNER, where=where, limit=50, cursor=None),
            )
        _, taken, _ = ledger.facade.imports(owner=OWNER, limit=3, cursor=None).items
        report("taking it back", lambda: ledger.facade.undo_import(owner=OWNER, person=PERSON, import_id=taken.id))
        wrong = {name: count for name, count in ledger.recounted().items() if count}
        print(f"  sums that differ from a recount: {wrong or 'none'}")
        ledger.database.close()
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def report(name: str, work: Callable[[], object]) -> None:
    """Runs and prints one line."""
    clock, cpu = timed(work)
    print(f"  {name:48} {clock:8.2f} s  {cpu:8.2f} s CPU", flush=True)
