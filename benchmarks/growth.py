"""Which answers grow with the ledger: ratios of CPU time in one process, and of the steps that SQLite takes."""

import statistics
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.households import seed
from benchmarks.served import served
from benchmarks.session import Session, Workload
from benchmarks.steps import Steps, counted_steps
from benchmarks.workloads import (
    CHANGE,
    CORRECT,
    CREATE,
    DASHBOARD,
    DELETE,
    LIST_AGAIN,
    LISTS,
    LISTS_AFTER_WRITE,
    SEARCHES,
    SUMMARY,
    TWO_LETTERS,
)

BOUND = 2.0
"""How much an answer whose cost should not depend on the ledger may grow over ten times the rows."""
SEARCH_BOUND = 4.0
RARE_BOUND = 6.0
"""A rare text is found where the lists of its letters meet, and those lists grow with the rows: reading every row
instead would grow by ten."""
ROUNDS = 3
_OF_SEARCHES = tuple((each, RARE_BOUND if "rare" in each.name else SEARCH_BOUND) for each in SEARCHES)
BOUNDS = (
    (DASHBOARD, BOUND),
    (LIST_AGAIN, BOUND),
    *((each, BOUND) for each in LISTS if each.name.endswith(("no filter, late page", "category, first page"))),
    # Counts by month are not among them: the larger ledger has more months to show.
    *_OF_SEARCHES,
    (SUMMARY, BOUND),
    (CREATE, BOUND),
    (CORRECT, BOUND),
    (TWO_LETTERS, SEARCH_BOUND),
)
STEP_BOUNDS = (
    # Not what shows sums: of the months and categories that the larger ledger has, the smaller one lacks some.
    *((each, BOUND) for each in (*LISTS, *LISTS_AFTER_WRITE, CREATE, CHANGE, CORRECT, DELETE)),
    *_OF_SEARCHES,
    (TWO_LETTERS, SEARCH_BOUND),
)


def growth_bounds(small: int = 2_000, large: int = 20_000) -> list[str]:
    """Which answers grow by more than their bound from the small ledger to the large one; none when all is well.

    Both ledgers are served at once by one process and asked in turns, so that whatever else runs slows both. What
    seems to take too much more time is measured once more: chance does not strike twice. Steps are no chance: a scan
    that hides in the time of an answer is most of its steps.
    """
    failures = []
    with counted_steps() as steps, ExitStack() as stack:
        few, many = (stack.enter_context(_session(rows)) for rows in (small, large))
        for workload, bound in STEP_BOUNDS:
            ratio = _taken(steps, workload, many) / _taken(steps, workload, few)
            if ratio > bound:
                failures.append(_told(workload, ratio, small, large, bound, "steps"))
        for workload, bound in BOUNDS:
            ratio = _growth(workload, few, many)
            if ratio > bound:
                ratio = min(ratio, _growth(workload, few, many))
            if ratio > bound:
                failures.append(_told(workload, ratio, small, large, bound, "time"))
    return failures


def _told(workload: Workload, ratio: float, small: int, large: int, bound: float, of: str) -> str:
    return f"{workload.name}: {ratio:.1f} times the {of} from {small:,} to {large:,} rows, at most {bound}"


def _growth(workload: Workload, few: Session, many: Session) -> float:
    # In turns, and the median of the turns' ratios: a turn that something else disturbed does not count.
    return statistics.median(workload.median(many) / workload.median(few) for _ in range(ROUNDS))


def _taken(steps: Steps, workload: Workload, session: Session) -> float:
    """SQLite's steps for each answer, with what has to be asked before."""
    session.served.settle()
    before = steps.count
    answers = len(workload.costs(session))
    return (steps.count - before) / answers


@contextmanager
def _session(rows: int) -> Iterator[Session]:
    with TemporaryDirectory() as home, served(Path(home) / "data") as product:
        yield Session(product, seed(product, rows, Path(home)), repeats=5)
