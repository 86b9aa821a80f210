"""Which answers grow with the ledger: ratios of CPU time in one process, and of the steps that SQLite takes."""

import statistics
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from benchmarks.households import seed
from benchmarks.served import served
from benchmarks.session import Session, Workload
from benchmarks.steps import Steps, counted_steps
from benchmarks.workloads import (
    CHANGE,
    CORRECT,
    CREATE,
    DASHBOARD,
    DASHBOARD_AFTER_WRITE,
    DELETE,
    FEW,
    LIST_AGAIN,
    LISTS,
    LISTS_AFTER_WRITE,
    SEARCHES,
    SUMMARY,
    TRANSFERS,
    TWO_LETTERS,
)

SMALL, LARGE = 2_000, 20_000
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
    (DASHBOARD_AFTER_WRITE, BOUND),
    # A denser ledger has more purchases that a refund may be of.
    (TRANSFERS, 3.0),
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
    *((each, SEARCH_BOUND) for each in FEW),
    *_OF_SEARCHES,
    (TWO_LETTERS, SEARCH_BOUND),
)


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How many times as much an answer takes of the large ledger as of the small one, and how many times it may."""

    answer: str
    of: Literal["steps", "time"]
    ratio: float
    bound: float

    @property
    def is_within(self) -> bool:
        """Whether the bound holds."""
        return self.ratio <= self.bound


def growths(small: int = SMALL, large: int = LARGE) -> Iterator[Growth]:
    """Every answer that has a bound, by steps of SQLite's machine and by CPU time.

    Both ledgers are served at once by one process and asked in turns, so that whatever else runs slows both. What
    seems to take too much more time is measured once more: chance does not strike twice. Steps are no chance: a scan
    that hides in the time of an answer is most of its steps.
    """
    with counted_steps() as steps, ExitStack() as stack:
        few, many = (stack.enter_context(_session(rows)) for rows in (small, large))
        for workload, bound in STEP_BOUNDS:
            ratio = _taken(steps, workload, many) / _taken(steps, workload, few)
            yield Growth(answer=workload.name, of="steps", ratio=ratio, bound=bound)
        for workload, bound in BOUNDS:
            ratio = _growth(workload, few, many)
            if ratio > bound:
                ratio = min(ratio, _growth(workload, few, many))
            yield Growth(answer=workload.name, of="time", ratio=ratio, bound=bound)


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
