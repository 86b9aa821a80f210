"""The figures of the product as a table, and as the page docs/benchmarks.md."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan
from pathlib import Path

from benchmarks.peers import Asked
from benchmarks.workloads import Workload

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
UPLOAD_GOALS = {"upload of new rows": {10_000: 24_000, 100_000: 24_000, 1_000_000: 19_000}}
KNOWN_GOAL = 100_000
MEMORY_GOALS = {"serving": 220, "idle": 120}
UPLOAD_MEMORY_GOAL = 150
"""More than while idle."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one household costs: medians in milliseconds of CPU, uploads in rows per second of CPU, memory in MB."""

    rows: int
    hello: float
    medians: dict[str, float]
    uploads: dict[str, float]
    memory: dict[str, float]
    costs: dict[str, list[tuple[str, float]]]
    """Of a workload: its largest costs with their share, the largest first; empty when not profiled."""
    limits: dict[str, float]
    """Of a workload: the median milliseconds of CPU of a few lines of SQL on the same file."""
    peers: list[Asked]
    load: float
    """Programs that wanted a processor, on average over the last minute."""

    def hellos(self, name: str) -> float:
        """The median of a workload as a multiple of H."""
        return self.medians[name] / self.hello


Rows = list[list[str]]


def answers(found: Sequence[Measured], workloads: Sequence[Workload]) -> Rows:
    """One line for each workload: milliseconds and H by size, growth, goals, and how far it is from them."""
    head = ["workload"]
    for each in found:
        head += [f"{_short(each.rows)} ms", f"{_short(each.rows)} H"]
    lines = [[*head, "growth", "goal H", "goal growth", "distance", "limit ms", "times limit"]]
    for workload in workloads:
        line = [workload.name]
        for each in found:
            line += [_figure(each.medians[workload.name]), _figure(each.hellos(workload.name))]
        first, last = found[0].hellos(workload.name), found[-1].hellos(workload.name)
        goal = workload.goal
        wanted = [
            "-" if goal.hellos is None else f"{goal.hellos:g}",
            "-" if goal.growth is None else f"{goal.growth:g}",
        ]
        line += [f"{last / first:.2f}", *wanted, _distance(workload, last, last / first)]
        limit = found[-1].limits.get(workload.name)
        least = ["-", "-"] if limit is None else [f"{limit:.3f}", f"{found[-1].medians[workload.name] / limit:.0f}x"]
        lines.append([*line, *least])
    return lines


def uploads(found: Sequence[Measured]) -> Rows:
    """Rows per second of CPU by size, beside the goal."""
    lines = [["rows per second of CPU", *(_short(each.rows) for each in found), "slowdown", "goal", "distance"]]
    for name in found[0].uploads:
        speeds = [each.uploads[name] for each in found]
        goal = UPLOAD_GOALS[name].get(found[-1].rows, 24_000) if name in UPLOAD_GOALS else KNOWN_GOAL
        cells = [_known(speed, ",.0f") for speed in speeds]
        lines.append([name, *cells, _known(speeds[0] / speeds[-1], ".2f"), f"{goal:,}", _times(goal / speeds[-1])])
    return lines


def memory(found: Sequence[Measured]) -> Rows:
    """Resident megabytes by size, beside the goal for a million rows."""
    lines = [["resident MB", *(_short(each.rows) for each in found), "goal at 1M", "distance"]]
    for name in ("idle", "serving", "while uploading"):
        goal = MEMORY_GOALS.get(name, round(found[-1].memory["idle"]) + UPLOAD_MEMORY_GOAL)
        cells = [_known(each.memory[name], ".0f") for each in found]
        lines.append([name, *cells, f"{goal}", _times(found[-1].memory[name] / goal)])
    return lines


def costs(found: Sequence[Measured]) -> Rows:
    """The largest costs of the profiled workloads."""
    profiled = next((each for each in reversed(found) if each.costs), None)
    lines = [["workload", "largest cost", "second", "third"]]
    if profiled is not None:
        lines += [[name, *(f"{part} {share:.0%}" for part, share in own)] for name, own in profiled.costs.items()]
    return lines


def peers(found: Sequence[Measured]) -> Rows:
    """What other programs took for the same rows, where they are installed and were asked."""
    lines = [["program", "question", "rows", "seconds of CPU"]]
    for each in found:
        lines += [[told.program, told.question, _short(each.rows), f"{told.cpu_s:.2f}"] for told in each.peers]
    return lines


def table(lines: Rows) -> str:
    """The lines in columns, for a terminal."""
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def keep(found: Sequence[Measured], workloads: Sequence[Workload], *, command: str) -> None:
    """Writes the page."""
    last = found[-1]
    sizes = ", ".join(f"{each.rows:,}" for each in found)
    hellos = ", ".join(f"{each.hello * 1000:.0f}" for each in found)
    profiled = next((each for each in reversed(found) if each.costs), last)
    busiest = max(each.load for each in found)
    shared = (
        f"It was shared with other programs: up to {busiest:.1f} of them wanted a processor, so times are above a "
        "quiet machine's, and ratios are what to compare."
        if busiest > 1.5
        else f"Nothing else of weight ran (load {busiest:.1f})."
    )
    text = f"""# Benchmarks

Measured on {datetime.now(UTC):%Y-%m-%d} by `{command}`, which also writes this page.
The machine: {os.cpu_count()} processors ({platform.machine()}, {platform.system()}), Python
{platform.python_version()}, SQLite {sqlite3.sqlite_version}. {shared}

One process serves the whole product on SQLite files and is asked through ASGI, without sockets, signed in, with logging
at WARNING. Figures are medians of the CPU time of the process, threads included. H is the CPU time of a FastAPI
`async` hello in the same process ({hellos} us). Households of {sizes} rows are drawn by the simulator, each in a
process of its own, and come in as their banks' statements by `POST /imports`. Growth is the ratio of H from the first
size to the last. Distance is how many times an answer exceeds the worse missed of its goals. Goals are stated for a
growth up to a million rows. "After a write" is the first answer after a row was entered, when background work is done;
"unchanged" is an answer given again from memory. Pages of lists, counts and searches are answered anew each time, as
after a write: nothing of the answer is remembered, only how its filter was understood. The limit is a few lines of SQL
on the same file in the same process, with the rows as JSON but without HTTP, sign-in or validation; of a search, the
first fifty hits of FTS5 in no order. Periods are asked for that every household has whole, a year or since January
2021, so that all are shown as many months.

## Answers

{_markdown(answers(found, workloads))}

## Uploads

From the request until the rows stand in the ledger, reading, comparing and categorizing included.

{_markdown(uploads(found))}

## Memory

{_markdown(memory(found))}

The goal while uploading is {UPLOAD_MEMORY_GOAL} MB more than idle.

## Where the time goes

The three largest costs by the part of the program that spends the time itself, found by cProfile with
{profiled.rows:,} rows; built-in functions count for the part that calls them.

{_markdown(costs(found))}

{_peers_section(found)}## Growth is bounded

`tests/test_growth.py` serves ledgers of 2,000 and 20,000 rows in one process, asks them in turns, and fails when the
unchanged dashboard or list, a late page, a page of a category, the count by month, the first summary after a write or
the entering of a row costs more than twice as much in the larger one, or a search more than four times.
"""
    PAGE.write_text(text)


def _peers_section(found: Sequence[Measured]) -> str:
    lines = peers(found)
    if len(lines) == 1:
        return ""
    text = "Each question is a process of its own, because these programs read the whole journal every time."
    return f"## Other programs, the same rows\n\n{text}\n\n{_markdown(lines)}\n\n"


def _markdown(lines: Rows) -> str:
    head, *rest = lines
    ruled = [head, ["---"] * len(head), *rest]
    return "\n".join("| " + " | ".join(line) + " |" for line in ruled)


def _distance(workload: Workload, hellos: float, growth: float) -> str:
    goal = workload.goal
    missed = [hellos / goal.hellos] if goal.hellos else []
    missed += [growth / goal.growth] if goal.growth else []
    return _times(max(missed)) if missed else "-"


def _known(value: float, shape: str) -> str:
    return "-" if isnan(value) else format(value, shape)


def _times(distance: float) -> str:
    if isnan(distance):
        return "-"
    return "met" if distance <= 1 else f"{distance:.1f}x"


def _figure(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _short(rows: int) -> str:
    return f"{rows // 1_000_000}M" if rows >= 1_000_000 else f"{rows // 1000}k"
