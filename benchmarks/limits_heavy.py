"""What the machine allows of heavy work: a few lines of numpy, of SQL and of Python, without checks and decisions."""

import csv
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.heavy import ALL_ANEW, PATHS, YEARS
from benchmarks.session import Session
from finapp.kernel import ids

_MOST_FOUND = 200_000
"""As many rows as the product looks for recurring payments in."""
_MOST_STORED = 50_000
_KEPT = ("transactions", "monthly_sums", "daily_sums")
_COPIED = 20_000
_MONTH = (
    "UPDATE monthly_sums SET amount = amount + 1, count = count + 1 "
    "WHERE (owner, period, account_id, category_id, flow, need, currency) = "
    "(SELECT owner, period, account_id, category_id, flow, need, currency FROM monthly_sums LIMIT 1)"
)
_LEARN = "INSERT INTO transaction_texts (rowid, description, merchant, note) VALUES (?, ?, ?, ?)"
_NEWEST = "SELECT merchant_id, julianday(date), amount FROM transactions WHERE owner = ? ORDER BY date DESC LIMIT ?"
_MIXED = np.array((0.04, 0.12))


def heavy_limits(data: Path, session: Session, repeats: int) -> dict[str, float]:
    """Name of a workload -> the median milliseconds of CPU of its few lines."""
    found = {ALL_ANEW: _median(_grouped(data, session), 3)}
    for steps, name, kept in (
        (1, "simulation, 10,000 x 60, yearly", "simulation, yearly, kept shocks"),
        (12, "simulation, 10,000 x 60, monthly with bands", "simulation, monthly with bands, kept shocks"),
    ):
        shocks = _drawn(steps)
        found[name] = _median(lambda steps=steps: _product(_drawn(steps)), 3)  # type: ignore[misc]  # a loop's lambda
        found[kept] = _median(lambda shocks=shocks: _product(shocks), 3)  # type: ignore[misc]
    with _scratch(data) as (connection, row):
        spent: dict[str, list[float]] = {"create one": [], "change one": [], "delete one": []}
        for number in range(repeats):
            new = (number + 1, *row[1:])
            spent["create one"].append(_cost(lambda new=new: _inserted(connection, new)))  # type: ignore[misc]
            for name, query in (
                ("change one", "UPDATE transactions SET amount = amount - 1, version = 2 WHERE id = ?"),
                ("delete one", "DELETE FROM transactions WHERE id = ?"),
            ):
                asked = (query, (number + 1,))
                spent[name].append(_cost(lambda asked=asked: _committed(connection, asked)))  # type: ignore[misc]
    return found | {name: sorted(costs)[len(costs) // 2] for name, costs in spent.items()}


def upload_limits(data: Path, file: Path) -> dict[str, float]:
    """Rows per second of CPU: a file read and stored in bulk, and a file whose every row is looked up in a set."""
    with file.open(newline="", encoding="utf-8", errors="replace") as opened:
        lines = [line for line, _ in zip(opened, range(_MOST_STORED), strict=False)]
    known = set(lines)

    def store() -> None:
        with _scratch(data, copied=0) as (connection, row):
            read = [line for line in csv.reader(lines) if line]
            made = ((number, *row[1:5], number, row[6], " ".join(line), *row[8:]) for number, line in enumerate(read))
            connection.execute("BEGIN")
            connection.executemany(_insert(row), made)
            connection.executemany(_LEARN, ((number, " ".join(line), row[9], None) for number, line in enumerate(read)))
            connection.execute("COMMIT")

    def look() -> None:
        if not all(line in known and cells is not None for line, cells in zip(lines, csv.reader(lines), strict=True)):
            raise RuntimeError("a line is not known")

    return {
        "upload of new rows": len(lines) / _cost(store) * 1000,
        "upload of known rows, another file": len(lines) / _cost(look) * 1000,
        "upload of the same file again": len(lines) / _cost(look) * 1000,
    }


def _grouped(data: Path, session: Session) -> Callable[[], object]:
    """Sorts rows by merchant and day, and takes the median step and the sum of each group."""
    with closing(sqlite3.connect(f"file:{data / 'transactions.sqlite3'}?mode=ro", uri=True)) as connection:
        query = (
            "SELECT merchant_id, julianday(date), amount FROM transactions WHERE owner = ? ORDER BY date DESC LIMIT ?"
        )
        rows = connection.execute(query, (ids.to_number(session.owner), _MOST_FOUND)).fetchall()
    merchants = np.unique([row[0] for row in rows], return_inverse=True)[1]
    days, amounts = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])

    def group() -> object:
        order = np.lexsort((days, merchants))
        begins = np.flatnonzero(np.diff(merchants[order], prepend=-1))
        steps = np.diff(days[order], prepend=days[order[0]])
        return [np.add.reduceat(steps, begins), np.add.reduceat(amounts[order], begins), np.sort(steps)]

    return group


def _drawn(steps: int) -> Any:
    generator = np.random.Generator(np.random.PCG64(1))
    return generator.standard_normal((YEARS * steps, PATHS))


def _product(shocks: Any) -> object:
    """The wealth of every path at every step, and five percentiles of each year."""
    growth = np.exp(_MIXED[0] + _MIXED[1] * shocks)
    wealth, years = np.ones(PATHS), []
    for step, factors in enumerate(growth):
        wealth = np.maximum(wealth * factors - 0.04, 0)
        if (step + 1) % (len(growth) // YEARS) == 0:
            years.append(wealth)
    return np.percentile(np.array(years), (10, 25, 50, 75, 90), axis=1)


@contextmanager
def _scratch(data: Path, copied: int = _COPIED) -> Iterator[tuple[sqlite3.Connection, tuple[Any, ...]]]:
    """A file with the ledger's own tables, indexes and triggers, some of its rows, and one of them."""
    with TemporaryDirectory() as home, closing(sqlite3.connect(f"file:{home}/s.sqlite3", uri=True)) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS kept", (f"file:{data / 'transactions.sqlite3'}?mode=ro",))
        told = connection.execute("SELECT type, tbl_name, sql FROM kept.sqlite_master WHERE sql IS NOT NULL").fetchall()
        wanted = [each for each in told if each[1] in (*_KEPT, "transaction_texts")]
        for _, _, statement in sorted(wanted, key=lambda each: ("table", "index", "trigger").index(each[0])):
            connection.execute(statement)
        for table in _KEPT:
            connection.execute(f"INSERT INTO {table} SELECT * FROM kept.{table} LIMIT ?", (copied,))
        connection.execute("INSERT INTO transaction_texts (transaction_texts) VALUES ('rebuild')")
        row: tuple[Any, ...] = connection.execute("SELECT * FROM kept.transactions LIMIT 1").fetchone()
        yield connection, row


def _insert(row: tuple[Any, ...]) -> str:
    return f"INSERT INTO transactions VALUES ({', '.join('?' * len(row))})"


def _inserted(connection: sqlite3.Connection, row: tuple[Any, ...]) -> None:
    # The place of a row among equal ones is its own.
    learned = _LEARN, (row[0], row[7], row[9], None)
    _committed(connection, (_insert(row), (*row[:5], 1_000_000 + row[0], *row[6:])), learned)


def _committed(connection: sqlite3.Connection, *statements: tuple[str, tuple[Any, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for query, values in statements:
        connection.execute(query, values)
    connection.execute(_MONTH)
    connection.execute(_MONTH.replace("monthly", "daily"))
    connection.execute("COMMIT")


def _cost(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def _median(work: Callable[[], object], times: int) -> float:
    return sorted(_cost(work) for _ in range(times))[times // 2]
