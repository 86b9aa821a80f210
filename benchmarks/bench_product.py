"""The product at growing sizes: what a household's questions cost, what an upload costs, and how both grow."""

import multiprocessing
import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import nan
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import product_report as report
from benchmarks.households import Seeded, Upload, seed, seed_once, sign_in, upload
from benchmarks.limits import limits_of
from benchmarks.peers import ask_peers
from benchmarks.product_report import Measured
from benchmarks.profiles import profiled, profiled_jobs, shares, thread_profile
from benchmarks.served import API, Request, Served, hello, resident_mb, served
from benchmarks.workloads import (
    CREATE,
    DASHBOARD,
    LIST_AGAIN,
    LISTS,
    SEARCHES,
    SUMMARY,
    WORKLOADS,
    Session,
    Workload,
)

QUICK_SIZES = (2_000, 20_000)
SIZES = (10_000, 100_000, 1_000_000)
PROFILED = 100_000
"""The largest ledger whose costs are profiled as well."""
BOUND = 2.0
"""How much an answer whose cost should not depend on the ledger may grow over ten times the rows."""
SEARCH_BOUND = 4.0
RARE_BOUND = 6.0
"""A rare text is found where the lists of its letters meet, and those lists grow with the rows: reading every row
instead would grow by ten."""
BOUNDED_LISTS = ("list of 50, no filter, late page", "list of 50, a category, first page")
BOUNDS = (
    (DASHBOARD, BOUND),
    (LIST_AGAIN, BOUND),
    *(
        (workload, BOUND)
        for workload in LISTS
        if workload.name.endswith(("no filter, late page", "category, first page"))
    ),
    # Counts by month are not among them: the larger ledger has more months to show.
    *((workload, RARE_BOUND if "rare" in workload.name else SEARCH_BOUND) for workload in SEARCHES),
    (SUMMARY, BOUND),
    (CREATE, BOUND),
)
ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to measure at one size."""

    rows: int
    profile: bool
    repeats: int
    homes: Path | None
    peers: bool


def main(quick: bool, write: bool = False, homes: Path | None = None, peers: bool = False) -> None:
    """Prints the table; with `write` it is kept in docs/benchmarks.md as well.

    Households are kept in `homes`, and found there the next time, because a million rows take minutes to come in.
    """
    sizes = QUICK_SIZES if quick else SIZES
    command = "python3 dev.py bench product --write" + (" --quick" if quick else "")
    found = []
    for rows in sizes:
        wanted = Wanted(
            rows=rows,
            profile=rows <= PROFILED,
            repeats=9 if quick else 15,
            homes=homes,
            peers=peers and rows <= PROFILED,
        )
        found.append(_in_a_process_of_its_own(wanted))
        if write:
            # After every size, so that whoever stops it early keeps what was measured.
            report.keep(found, WORKLOADS, command=command)
    print("H (us):", ", ".join(f"{each.rows:,} rows {each.hello * 1000:.0f}" for each in found))
    for lines in (
        report.answers(found, WORKLOADS),
        report.uploads(found),
        report.memory(found),
        report.costs(found),
        report.peers(found),
    ):
        print(report.table(lines), end="\n\n")


def measure(wanted: Wanted, directory: Path) -> Measured:
    """Everything about a household of so many rows, in this process; it is brought in unless it is there."""
    rows, repeats = wanted.rows, wanted.repeats
    with profiled_jobs() as watch, served(directory / "data") as product:
        idle = resident_mb()
        seeded = seed_once(product, rows, directory)
        session = Session(product, seeded, repeats)
        hellos = hello(300)
        medians = {}
        for workload in WORKLOADS:
            medians[workload.name] = workload.median(session)
            print(f"{rows:,} rows: {workload.name}: {medians[workload.name]:.1f} ms", file=sys.stderr, flush=True)
        serving = resident_mb()
        sign_in(product)
        limits = limits_of(directory / "data", session, repeats)
        known = _known_again(product, seeded, session)
        told = ask_peers(product) if wanted.peers else []
        costs = _answers_profiled(session) if wanted.profile else {}
        if wanted.profile:
            watching = thread_profile()
            watch(watching)
            _upload_profiled(product, seeded)
            watch(None)
            costs["upload"] = shares(watching)
    return Measured(
        rows=rows,
        hello=hellos,
        medians=medians,
        uploads={"upload of new rows": _speed(seeded.uploads), "upload of known rows": known},
        limits=limits,
        peers=told,
        memory={
            "idle": idle,
            "serving": serving,
            "while uploading": max((each.peak_mb for each in seeded.uploads), default=nan),
        },
        costs=costs,
        load=os.getloadavg()[0],
    )


def growth_bounds(small: int = 2_000, large: int = 20_000) -> list[str]:
    """Which answers grow by more than their bound from the small ledger to the large one; none when all is well.

    Both ledgers are served at once by one process and asked in turns, so that whatever else runs slows both. What
    seems to grow too much is measured once more: chance does not strike twice.
    """
    failures = []
    with ExitStack() as stack:
        few, many = (stack.enter_context(_session(rows)) for rows in (small, large))
        for workload, bound in BOUNDS:
            ratio = _growth(workload, few, many)
            if ratio > bound:
                ratio = min(ratio, _growth(workload, few, many))
            if ratio > bound:
                failures.append(f"{workload.name}: {ratio:.1f} times from {small:,} to {large:,} rows, at most {bound}")
    return failures


def _growth(workload: Workload, few: Session, many: Session) -> float:
    # In turns, and the median of the turns' ratios: a turn that something else disturbed does not count.
    return statistics.median(workload.median(many) / workload.median(few) for _ in range(ROUNDS))


@contextmanager
def _session(rows: int) -> Iterator[Session]:
    with TemporaryDirectory() as home, served(Path(home) / "data") as product:
        yield Session(product, seed(product, rows, Path(home)), repeats=5)


def _in_a_process_of_its_own(wanted: Wanted) -> Measured:
    # So that the memory of one size is not counted for the next.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(there, wanted))
    child.start()
    there.close()
    try:
        found: Measured = here.recv()
    except EOFError:
        raise RuntimeError(f"the household of {wanted.rows:,} rows could not be measured; see above") from None
    finally:
        child.join()
    return found


def _tell(there: Connection, wanted: Wanted) -> None:
    with ExitStack() as stack:
        kept = wanted.homes / str(wanted.rows) if wanted.homes is not None else None
        home = kept or Path(stack.enter_context(TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        there.send(measure(wanted, home))
    there.close()


def _peak(uploads: Sequence[Upload]) -> float:
    return max((each.peak_mb for each in uploads), default=nan)


def _speed(uploads: Sequence[Upload]) -> float:
    return sum(each.rows for each in uploads) / sum(each.cpu_s for each in uploads) if uploads else nan


def _known_again(product: Served, seeded: Seeded, session: Session) -> Upload:
    again = upload(product, seeded.files[session.account], session.account_id)
    if again.new:
        raise RuntimeError(f"{again.new} rows of a statement that was uploaded before were taken as new")
    return again


def _answers_profiled(session: Session) -> dict[str, list[tuple[str, float]]]:
    """The costs of a list, and of a dashboard whose kept answers are forgotten before each time."""
    product, listed, dashboard = session.served, Request(path=f"{API}/transactions"), Request(path=f"{API}/dashboard")
    found = {"list of 50": shares(profiled(lambda: product.ask([listed] * 100, forgetting=session.owner)))}
    watching = thread_profile()
    for _ in range(5):
        session.create(1)
        product.settle()
        profiled(lambda: product.ask([dashboard]), watching)
    return {**found, "dashboard, first after a write": shares(watching)}


def _upload_profiled(product: Served, seeded: Seeded) -> None:
    """Uploads the statement of the second largest account into an account that has no row yet."""
    file = sorted(seeded.files.values(), key=lambda path: path.stat().st_size)[-2]
    body = {"name": "Once more", "kind": "checking", "currency": seeded.currency}
    upload(product, file, product.send("POST", "/accounts", body).json()["id"])
