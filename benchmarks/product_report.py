"""The figures of the product as tables."""

from collections.abc import Iterator, Sequence
from math import isnan, nan

from benchmarks.figures import Measured
from benchmarks.session import Workload

UPLOAD_GOALS = {
    "upload of new rows": {10_000: 24_000, 100_000: 24_000, 1_000_000: 19_000},
    "upload of known rows, another file": {},
    "upload of the same file again": {},
}
KNOWN_GOAL = 100_000
MEMORY_GOALS = {"idle": 120, "serving": 220, "added while uploading": 150}
START_GOAL = 1.3
OURS = {
    "category by month": "categories, after a write",
    "top payees": "top merchants, after a write",
    "newest of a category": "list of 50, a category, first page",
    "rows of a category": "list of 50, a category, first page",
    "newest rows": "list of 50, no filter, first page",
    "text search": "search, absent word",
    "net worth by month": "net worth by month, after a write",
    "load, which it does after each edit": "change one",
}
"""Of a question to other programs: the workload that answers it here."""
Rows = list[list[str]]


def tables(found: Sequence[Measured], workloads: Sequence[Workload]) -> Iterator[Rows]:
    """Every table."""
    yield answers(found, workloads)
    yield uploads(found)
    yield memory(found)
    yield starts(found)
    yield costs(found)
    yield peers(found)


def answers(found: Sequence[Measured], workloads: Sequence[Workload]) -> Rows:
    """One line for each workload: milliseconds and H by size, growth, goals, and how far it is from them."""
    head = ["workload"]
    for each in found:
        head += [f"{_short(each.rows)} ms", f"{_short(each.rows)} H"]
    lines = [[*head, "growth", "goal", "goal growth", "distance", "limit ms", "times limit"]]
    for workload in workloads:
        line = [workload.name]
        for each in found:
            line += [_figure(each.median(workload.name)), _figure(each.hellos(workload.name))]
        last = found[-1]
        growth = last.hellos(workload.name) / found[0].hellos(workload.name)
        goal = workload.goal
        line += [_known(growth, ".2f"), _goal(workload), "-" if goal.growth is None else f"{goal.growth:g}"]
        line += [_distance(workload, last, growth)]
        limit = last.limits.get(workload.name)
        least = (
            ["-", "-"] if limit is None else [f"{limit:.3f}", f"{_known(last.median(workload.name) / limit, '.1f')}x"]
        )
        lines.append([*line, *least])
    return lines


def uploads(found: Sequence[Measured]) -> Rows:
    """Rows per second of CPU by size, beside the goal."""
    head = ["rows per second of CPU", *(_short(each.rows) for each in found), "slowdown", "goal", "distance"]
    lines = [[*head, "limit", "times limit"]]
    for name, goals in UPLOAD_GOALS.items():
        speeds = [each.uploads.get(name, nan) for each in found]
        goal = goals.get(found[-1].rows, 24_000) if goals else KNOWN_GOAL
        cells = [_known(speed, ",.0f") for speed in speeds]
        limit = found[-1].upload_limits.get(name, nan)
        line = [name, *cells, _known(speeds[0] / speeds[-1], ".2f"), f"{goal:,}", _times(goal / speeds[-1])]
        lines.append([*line, _known(limit, ",.0f"), _known(limit / speeds[-1], ".1f") + "x"])
    return lines


def memory(found: Sequence[Measured]) -> Rows:
    """Resident megabytes by size, beside the goal for a million rows."""
    lines = [["resident MB", *(_short(each.rows) for each in found), "goal at 1M", "distance"]]
    for name, goal in MEMORY_GOALS.items():
        cells = [_known(each.memory[name], ".0f") for each in found]
        lines.append([name, *cells, f"{goal}", _times(found[-1].memory[name] / goal)])
    return lines


def starts(found: Sequence[Measured]) -> Rows:
    """Seconds of CPU from the start of a server to its answers, beside a process that only imports the libraries."""
    lines = [["seconds of CPU since the start", *(_short(each.rows) for each in found), "goal", "distance"]]
    libraries = [each.start.libraries_s for each in found]
    answers = [each.start.answer_s for each in found]
    dashboards = [each.start.dashboard_s for each in found]
    times = answers[-1] / libraries[-1]
    lines.append(["the libraries alone", *(f"{each:.2f}" for each in libraries), "-", "-"])
    goal = f"{START_GOAL} libraries"
    lines.append(["first answer", *(f"{each:.2f}" for each in answers), goal, _times(times / START_GOAL)])
    lines.append(["signed in, and a first dashboard", *(f"{each:.2f}" for each in dashboards), "-", "-"])
    return lines


def costs(found: Sequence[Measured]) -> Rows:
    """The largest costs of the profiled workloads, of each size that was profiled."""
    lines = [["workload", "rows", "largest cost", "second", "third"]]
    for each in found:
        for name, own in each.costs.items():
            lines.append([name, _short(each.rows), *(f"{part} {share:.0%}" for part, share in own)])
    return lines


def peers(found: Sequence[Measured]) -> Rows:
    """What other programs took for the same rows, where they are installed and were asked, and what finapp took."""
    lines = [["program", "question", "rows", "ms of CPU", "finapp ms", "times"]]
    for each in found:
        for told in each.peers:
            ours = each.median(OURS[told.question])
            line = [told.program, told.question, _short(each.rows), f"{told.cpu_s * 1000:,.0f}"]
            lines.append([*line, _figure(ours), f"{told.cpu_s * 1000 / ours:,.0f}x"])
    return lines


def table(lines: Rows) -> str:
    """The lines in columns, for a terminal."""
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _goal(workload: Workload) -> str:
    goal = workload.goal
    parts = [f"{goal.limits:g} limits"] if goal.limits else []
    parts += [f"{goal.hellos:g} H"] if goal.hellos else []
    parts += [f"{goal.ms:g} ms"] if goal.ms else []
    return " + ".join(parts) or "-"


def _distance(workload: Workload, last: Measured, growth: float) -> str:
    goal = workload.goal
    limit = last.limits.get(workload.name, nan) if goal.limits else 0.0
    most = (goal.limits or 0.0) * limit + (goal.hellos or 0.0) * last.hello + (goal.ms or 0.0)
    missed = [last.median(workload.name) / most] if most > 0 else []
    missed += [growth / goal.growth] if goal.growth else []
    return _times(max(missed)) if missed else "-"


def _known(value: float, shape: str) -> str:
    return "-" if isnan(value) else format(value, shape)


def _times(distance: float) -> str:
    if isnan(distance):
        return "-"
    return "met" if distance <= 1 else f"{distance:.1f}x"


def _figure(value: float) -> str:
    if isnan(value):
        return "-"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _short(rows: int) -> str:
    return f"{rows // 1_000_000}M" if rows >= 1_000_000 else f"{rows // 1000}k"
