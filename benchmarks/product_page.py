"""The page docs/benchmarks.md, written from the figures; what is between its marks is a person's and stays."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from benchmarks import product_report as report
from benchmarks.figures import Measured
from benchmarks.session import Workload

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
COMMAND = "python3 dev.py bench product --write --homes DIRECTORY --peers PYTHON"
BEGIN, END = "<!-- reading -->", "<!-- /reading -->"
_QUIET = 1.5

_HOW = """\
One process serves the whole product on SQLite files and is asked through ASGI, without sockets, signed in, with logging
at WARNING. Figures are medians of the CPU time of the process, threads included. H is the CPU time of a FastAPI `async`
hello in the same process, just before and after each workload. Households are drawn by the simulator, each in a process
of its own, and come in as their banks' statements by `POST /imports`. Growth is the ratio of H from the first size to
the last. Distance is how many times an answer exceeds the worse missed of its goals, which are stated for a million
rows. "After a write" is the first answer after a row was entered, when background work is done; "unchanged" is an
answer given again from memory. Pages of lists and counts are answered anew each time: nothing of the answer is
remembered, only how its filter was understood, which the first after a write has to do again. Searches are for another
word each time. The limit is a few lines of SQL on the same file in the same process, with the rows as JSON but without
HTTP, sign-in or validation; of a search, the first fifty hits of FTS5 in no order, of the same words; of writes, one
statement and two sums on a file with the same indexes; of recurring payments, a sort and sums of groups by numpy; of
simulations, numpy's product and percentiles. Recurring payments are found all anew as by a server that has just
started. Periods are asked for that every household has whole, a year or since January 2021, so that all are shown as
many months."""

_GROWTH = """\
`python3 dev.py bench growth` serves ledgers of 2,000 and 20,000 rows in one process, asks them in turns, prints every
ratio beside its bound, and fails when the unchanged dashboard or list, the first dashboard or summary after a write, a
late page, a page of a category or the entering of a row costs more than twice as much in the larger one, the transfers
more than three times, or a search more than four times (six for a rare word). It counts the steps of SQLite's machine
as well, which nothing else on the machine moves: pages of lists, what few rows have, searches, and entering, changing,
correcting and deleting a row are bounded in the same way. CI runs it, and the quick size of this benchmark, after the
tests."""


_UPLOADS = """\
From the request until the rows stand in the ledger: reading, comparing and categorizing included, and the child process
that reads the file. Known rows come once as a file that lacks the last row, so that each row is compared. The limit is
a few lines: a CSV read and stored in bulk with the ledger's own indexes and triggers, or read and looked up in a set,
without a bank's layout, categories, pairs or sums."""

_MEMORY = """\
Idle is a server of its own that rests after its start; serving is that with what the measured process has grown by a
minute after it answered all of the above: courses of a simulation are kept for a minute. The last is the most that an
upload added to what the process held before it, the child process that reads the file included."""

_START = """\
A server of its own on the same data: CPU of its process until it answers `/health/live`, and until a person has signed
in and seen a dashboard, while it still makes itself ready. The libraries are `import fastapi, sqlalchemy, uvicorn`."""

_COSTS = """\
The three largest costs by the part of the program that spends the time itself, found by cProfile; built-in functions
count for the part that calls them."""

_PEERS = """\
hledger reads the whole journal for each question; beancount, beanquery and fava hold it in memory, warm, and are asked
in one process each. Beside them the same question here, and beside their reading the journal again an edit."""


def keep(found: Sequence[Measured], workloads: Sequence[Workload]) -> None:
    """Writes the page."""
    before = PAGE.read_text() if PAGE.exists() else ""
    reading = before.partition(BEGIN)[2].partition(END)[0].strip()
    sections = (
        ("Answers", "", report.answers(found, workloads)),
        ("Uploads", _UPLOADS, report.uploads(found)),
        ("Memory", _MEMORY, report.memory(found)),
        ("Start", _START, report.starts(found)),
        ("Where the time goes", _COSTS, report.costs(found)),
        ("Other programs, the same rows", _PEERS, report.peers(found)),
    )
    body = "\n\n".join(
        "\n\n".join(filter(None, (f"## {title}", text, _markdown(lines))))
        for title, text, lines in sections
        if len(lines) > 1
    )
    marked = f"{BEGIN}\n\n{reading}\n\n{END}" if reading else f"{BEGIN}\n{END}"
    PAGE.write_text(
        f"# Benchmarks\n\n{_head(found)}\n\n{marked}\n\n## How\n\n{_HOW}\n\n{body}\n\n"
        f"## Growth is bounded\n\n{_GROWTH}\n"
    )


def _head(found: Sequence[Measured]) -> str:
    busiest = max(each.load for each in found)
    shared = (
        f"It was shared with other programs: up to {busiest:.1f} wanted a processor, so times are above a quiet "
        "machine's, and ratios are what to compare."
        if busiest > _QUIET
        else f"Nothing else of weight ran (load {busiest:.1f})."
    )
    taken = "; ".join(f"{each.rows:,} rows at {each.measured} UTC, H {each.hello * 1000:.0f} us" for each in found)
    return fill(
        f"Measured by `{COMMAND}`, which also writes this page: "
        f"{taken}. The machine: {os.cpu_count()} processors ({platform.machine()}, {platform.system()}), Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}. {shared}",
        width=120,
        break_on_hyphens=False,
    )


def _markdown(lines: report.Rows) -> str:
    head, *rest = lines
    ruled = [head, ["---"] * len(head), *rest]
    return "\n".join("| " + " | ".join(line) + " |" for line in ruled)
