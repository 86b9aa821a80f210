"""What the screen and the figures under it cost a small household and one with a hundred times its rows.

    python3 dev.py bench dashboard [--quick] [--homes DIRECTORY]

Of each question: repeated unchanged (304), anew (no whole answer kept), and for the first time after a write. Figures
are the 95th percentile of the milliseconds of CPU of the serving process, its background threads included.
"""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench_product import QUICK_SIZES
from benchmarks.households import seed_once
from benchmarks.served import API, Reply, Request, served
from benchmarks.session import Session

SIZES = (10_000, 1_000_000)
QUESTIONS = (
    "/dashboard",
    "/analytics/summary",
    "/analytics/categories",
    "/analytics/cashflow?by=month&from=2016-08&to=2026-07",
)
GOAL_MS, GOAL_GROWTH = 50.0, 1.5
LEAST_MS = 1.0
"""Below it growth is that of the clock."""
AGAIN, ANEW, WRITES = 100, 40, 12
"""How often each question is asked in each way."""
Costs = dict[tuple[str, str], list[float]]
WAYS = ("304", "anew", "after a write")


def main(quick: bool, homes: Path | None = None) -> None:
    """Prints the table, and whether each goal is met."""
    sizes = QUICK_SIZES if quick else SIZES
    with ExitStack() as stack:
        sessions = [stack.enter_context(_session(rows, homes)) for rows in sizes]
        # In turns, so that whatever else runs slows both.
        found = _measured(sessions, ANEW // 4 if quick else ANEW, WRITES // 4 if quick else WRITES)
    print(
        f"| question | asked | {sizes[0]:,} rows p95 ms (median) | {sizes[1]:,} rows p95 ms (median) | growth | goal |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for path in QUESTIONS:
        for way in WAYS:
            print(_line(path, way, [costs[path, way] for costs in found]))


def _measured(sessions: Sequence[Session], anew: int, writes: int) -> list[Costs]:
    found: list[Costs] = [{(path, way): [] for path in QUESTIONS for way in WAYS} for _ in sessions]
    for session in sessions:
        for path in QUESTIONS:
            session.served.ask([Request(path=API + path)] * 3)
    for path in QUESTIONS:
        for session, costs in zip(sessions, found, strict=True):
            session.served.settle()
            costs[path, "304"] += _unchanged(session, path)
            replies = session.served.ask([Request(path=API + path)] * anew, forgetting=session.owner)
            costs[path, "anew"] += [reply.cpu_ms for reply in replies]
    for _ in range(writes):
        for path in QUESTIONS:
            for session, costs in zip(sessions, found, strict=True):
                session.create(1)
                session.served.settle()
                replies = session.served.ask([Request(path=API + path)])
                costs[path, "after a write"] += [reply.cpu_ms for reply in replies]
    return found


def _unchanged(session: Session, path: str) -> list[float]:
    """The costs of an answer that the asker has already. Raises RuntimeError when it is sent again."""
    etag = session.served.ask([Request(path=API + path)])[0].headers["etag"]
    asked = Request(path=API + path, headers={"if-none-match": etag})
    replies: list[Reply] = session.served.ask([asked] * AGAIN, also=304)
    if not all(reply.status == 304 for reply in replies):
        raise RuntimeError(f"{path}: an unchanged answer was sent again")
    return [reply.cpu_ms for reply in replies]


def _line(path: str, way: str, costs: Sequence[list[float]]) -> str:
    few, many = (_p95(each) for each in costs)
    middles = [statistics.median(each) for each in costs]
    is_met = many < GOAL_MS and middles[1] <= max(GOAL_GROWTH * middles[0], LEAST_MS)
    goal = "met" if is_met else "missed"
    shown = [path.partition("?")[0], way, f"{few:.2f} ({middles[0]:.2f})", f"{many:.2f} ({middles[1]:.2f})"]
    return "| " + " | ".join([*shown, f"{middles[1] / middles[0]:.2f}", goal]) + " |"


def _p95(costs: Sequence[float]) -> float:
    return statistics.quantiles(costs, n=20, method="inclusive")[-1]


@contextmanager
def _session(rows: int, homes: Path | None) -> Iterator[Session]:
    with ExitStack() as stack:
        kept = homes / str(rows) if homes is not None else None
        home = kept or Path(stack.enter_context(TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        product = stack.enter_context(served(home / "data"))
        yield Session(product, seed_once(product, rows, home), repeats=5)
