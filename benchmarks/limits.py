"""What the machine allows: the same questions in a few lines of SQL on the same file, in the same process."""

import json
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.workloads import Session
from finapp.kernel import ids

_PAGE = "SELECT * FROM transactions WHERE {where} ORDER BY date DESC, id DESC LIMIT 50"
_MONTHS = (
    "SELECT period, category_id, flow, sum(amount) FROM monthly_sums WHERE owner = ? AND period >= ? GROUP BY 1, 2, 3"
)
_MERCHANTS = (
    "SELECT merchant_id, sum(amount) FROM merchant_sums WHERE owner = ? AND period >= ? "
    "GROUP BY merchant_id ORDER BY 2 LIMIT 20"
)
_MATCH = "SELECT rowid FROM transaction_texts WHERE transaction_texts MATCH ? LIMIT 50"


def limits_of(data: Path, session: Session, repeats: int) -> dict[str, float]:
    """Name of a workload -> the median milliseconds of CPU of its few lines."""
    with closing(sqlite3.connect(f"file:{data / 'transactions.sqlite3'}?mode=ro", uri=True)) as connection:
        owner = ids.to_number(session.owner)

        def asking(query: str, *values: object) -> Callable[[], object]:
            return lambda: json.dumps(connection.execute(query, values).fetchall())

        asked = {
            "list of 50, no filter, first page": asking(_PAGE.format(where="owner = ?"), owner),
            "list of 50, a category, first page": asking(
                _PAGE.format(where="owner = ? AND category_id = ?"), owner, session.category_id
            ),
            "list of 50, an account, first page": asking(
                _PAGE.format(where="owner = ? AND account_id = ?"), owner, ids.to_number(session.account_id)
            ),
            "count by month": asking(
                "SELECT period, sum(count) FROM monthly_sums WHERE owner = ? GROUP BY period", owner
            ),
            "search, common word": asking(_MATCH, f'"{session.common[0]}"'),
            "search, rare word": asking(_MATCH, f'"{session.rare[0]}"'),
            "search, absent word": asking(_MATCH, '"zqxjvabsent"'),
            "summary of a year, after a write": asking(_MONTHS, owner, "2025-07"),
            "cash flow by month, after a write": asking(_MONTHS, owner, "2021-01"),
            "categories, after a write": asking(_MONTHS, owner, "2021-01"),
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
