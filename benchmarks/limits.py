"""What the machine allows: the same questions in a few lines of SQL on the same file, in the same process."""

import itertools
import json
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.session import Session
from finapp.kernel import ids

_PAGE = "SELECT * FROM transactions WHERE {where} ORDER BY date DESC, id DESC LIMIT 50"
_MONTHS = (
    "SELECT period, category_id, flow, sum(amount) FROM monthly_sums WHERE owner = ? AND period >= ? GROUP BY 1, 2, 3"
)
_MERCHANTS = (
    "SELECT merchant_id, sum(amount) FROM merchant_sums WHERE owner = ? AND period >= ? "
    "GROUP BY merchant_id ORDER BY 2 LIMIT 20"
)
_BALANCES = "SELECT account_id, period, sum(amount) FROM monthly_sums WHERE owner = ? AND period >= ? GROUP BY 1, 2"
_LATEST = "SELECT account_id, sum(amount) FROM monthly_sums WHERE owner = ? GROUP BY 1"
_MATCH = "SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH ? LIMIT 50"


def limits_of(data: Path, session: Session, repeats: int) -> dict[str, float]:
    """Name of a workload -> the median milliseconds of CPU of its few lines."""
    with closing(sqlite3.connect(f"file:{data / 'transactions.sqlite3'}?mode=ro", uri=True)) as connection:
        owner = ids.to_number(session.owner)

        def asking(query: str, *values: object) -> Callable[[], object]:
            return lambda: json.dumps(connection.execute(query, values).fetchall())

        def searching(words: list[str]) -> Callable[[], object]:
            # Of the words that are asked for, one after the other.
            turns = itertools.cycle(words[:repeats])
            return lambda: json.dumps(connection.execute(_MATCH, (f'"{next(turns)}"',)).fetchall())

        def looking() -> object:
            newest = connection.execute(_PAGE.format(where="owner = ?"), (owner,)).fetchall()
            asked = ((_MONTHS, "2025-07"), (_MERCHANTS, "2026-06"), (_BALANCES, "2025-07"))
            told = [connection.execute(query, (owner, first)).fetchall() for query, first in asked]
            return json.dumps([newest[:10], told, connection.execute(_LATEST, (owner,)).fetchall()])

        pages = {
            "no filter": asking(_PAGE.format(where="owner = ?"), owner),
            "a category": asking(_PAGE.format(where="owner = ? AND category_id = ?"), owner, session.category_id),
            "an account": asking(
                _PAGE.format(where="owner = ? AND account_id = ?"), owner, ids.to_number(session.account_id)
            ),
        }
        ends = ("first page", "first after a write")
        asked = {
            **{f"list of 50, {name}, {end}": page for name, page in pages.items() for end in ends},
            "dashboard, first after a write": looking,
            "count by month": asking(
                "SELECT period, sum(count) FROM monthly_sums WHERE owner = ? GROUP BY period", owner
            ),
            "count of a category by month": asking(
                "SELECT period, sum(count) FROM monthly_sums WHERE owner = ? AND category_id = ? GROUP BY period",
                owner,
                session.category_id,
            ),
            "search, common word": searching(session.common),
            "search, rare word": searching(session.rare),
            "search, absent word": searching(session.absent),
            "summary of a year, after a write": asking(_MONTHS, owner, "2025-07"),
            "cash flow by month, after a write": asking(_MONTHS, owner, "2021-01"),
            "categories, after a write": asking(_MONTHS, owner, "2021-01"),
            "net worth by month, after a write": asking(_BALANCES, owner, "2021-01"),
            "top merchants, after a write": asking(_MERCHANTS, owner, "2021-01"),
        }
        return {name: _median(ask, repeats) for name, ask in asked.items()}


def _median(ask: Callable[[], object], repeats: int) -> float:
    spent = []
    for _ in range(repeats + 1):
        before = time.process_time()
        ask()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent[1:])
