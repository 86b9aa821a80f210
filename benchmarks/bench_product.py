"""The product at growing sizes: what a household's questions cost, what an upload costs, and how both grow."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import product_report as report
from benchmarks.households import Seeded, Upload, seed, sign_in, upload
from benchmarks.product_report import Measured
from benchmarks.profiles import profiled, profiled_jobs, shares, thread_profile
from benchmarks.served import API, Request, Served, hello, resident_mb, served
from benchmarks.workloads import DASHBOARD, DASHBOARD_AFTER_WRITE, LISTS, SUMMARY, WORKLOADS, Session, Workload

QUICK_SIZES = (10_000, 100_000)
SIZES = (*QUICK_SIZES, 1_000_000)
BOUND = 2.0
"""How much an answer whose cost should not depend on the ledger may grow over ten times the rows."""
DETECTING_BOUND = 6.0
"""For the first dashboard after a write, which looks for recurring payments in the whole history again."""


def main(quick: bool, write: bool = False) -> None:
    """Prints the table; with `write` it is kept in docs/benchmarks.md as well."""
    sizes = QUICK_SIZES if quick else SIZES
    command = "python3 dev.py bench product --write" + (" --quick" if quick else "")
    found = []
    for rows in sizes:
        found.append(_in_a_process_of_its_own(rows, rows <= QUICK_SIZES[-1], 15 if quick else 25))
        if write:
            # After every size, so that whoever stops it early keeps what was measured.
            report.keep(found, WORKLOADS, command=command)
    print("H (us):", ", ".join(f"{each.rows:,} rows {each.hello * 1000:.0f}" for each in found))
    for lines in (report.answers(found, WORKLOADS), report.uploads(found), report.memory(found), report.costs(found)):
        print(report.table(lines), end="\n\n")


def measure(rows: int, *, profile: bool, repeats: int) -> Measured:
    """Everything about a household of so many rows, in this process."""
    with TemporaryDirectory() as home, profiled_jobs() as watch:
        directory = Path(home)
        with served(directory / "data") as product:
            idle = resident_mb()
            seeded = seed(product, rows, directory)
            session = Session(product, seeded, repeats)
            hellos = hello(300)
            medians = {}
            for workload in WORKLOADS:
                medians[workload.name] = workload.median(session)
                print(f"{rows:,} rows: {workload.name}: {medians[workload.name]:.1f} ms", file=sys.stderr, flush=True)
            serving = resident_mb()
            sign_in(product)
            known = _known_again(product, seeded, session)
            costs = _answers_profiled(session) if profile else {}
            if profile:
                watching = thread_profile()
                watch(watching)
                _upload_profiled(product, seeded)
                watch(None)
                costs["upload"] = shares(watching)
    return Measured(
        rows=rows,
        hello=hellos,
        medians=medians,
        uploads={"upload of new rows": _speed(seeded.uploads), "upload of known rows": known.rows_per_second},
        memory={"idle": idle, "serving": serving, "while uploading": max(each.peak_mb for each in seeded.uploads)},
        costs=costs,
        load=os.getloadavg()[0],
    )


def growth_bounds(small: int = 2_000, large: int = 20_000) -> list[str]:
    """Which answers grow by more than their bound from the small ledger to the large one; none when all is well.

    Both ledgers are served at once and asked in turns, so that a busy machine slows both. What seems to grow too much
    is measured twice more: chance does not strike thrice.
    """
    failures = []
    with ExitStack() as stack:
        few, many = (stack.enter_context(_session(rows)) for rows in (small, large))
        for workload in (DASHBOARD, DASHBOARD_AFTER_WRITE, *LISTS, SUMMARY):
            bound = DETECTING_BOUND if workload is DASHBOARD_AFTER_WRITE else BOUND
            ratio = _growth(workload, few, many)
            for _ in range(2):
                ratio = min(ratio, _growth(workload, few, many)) if ratio > bound else ratio
            if ratio > bound:
                failures.append(f"{workload.name}: {ratio:.1f} times from {small:,} to {large:,} rows, at most {bound}")
    return failures


def _growth(workload: Workload, few: Session, many: Session) -> float:
    return workload.median(many) / workload.median(few)


@contextmanager
def _session(rows: int) -> Iterator[Session]:
    with TemporaryDirectory() as home, served(Path(home) / "data") as product:
        yield Session(product, seed(product, rows, Path(home)), repeats=9)


def _in_a_process_of_its_own(rows: int, profile: bool, repeats: int) -> Measured:
    # So that the memory of one size is not counted for the next.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(there, rows, profile, repeats))
    child.start()
    there.close()
    try:
        found: Measured = here.recv()
    except EOFError:
        raise RuntimeError(f"the household of {rows:,} rows could not be measured; see above") from None
    finally:
        child.join()
    return found


def _tell(there: Connection, rows: int, profile: bool, repeats: int) -> None:
    there.send(measure(rows, profile=profile, repeats=repeats))
    there.close()


def _speed(uploads: Sequence[Upload]) -> float:
    return sum(each.rows for each in uploads) / sum(each.cpu_s for each in uploads)


def _known_again(product: Served, seeded: Seeded, session: Session) -> Upload:
    again = upload(product, seeded.files[session.account], session.account_id)
    if again.new:
        raise RuntimeError(f"{again.new} rows of a statement that was uploaded before were taken as new")
    return again


def _answers_profiled(session: Session) -> dict[str, list[tuple[str, float]]]:
    """The costs of a list, and of a dashboard whose kept answers are forgotten before each time."""
    product, listed, dashboard = session.served, Request(path=f"{API}/transactions"), Request(path=f"{API}/dashboard")
    found = {"list of 50": shares(profiled(lambda: product.ask([listed] * 100)))}
    watching = thread_profile()
    for _ in range(5):
        session.create(1)
        product.settle()
        profiled(lambda: product.ask([dashboard]), watching)
    return {**found, "dashboard, first after a write": shares(watching)}


def _upload_profiled(product: Served, seeded: Seeded) -> None:
    """Uploads the statement of the second largest account into an account that has no row yet."""
    file = sorted(seeded.files.values(), key=lambda path: path.stat().st_size)[-2]
    body = {"name": "Once more", "kind": "checking", "currency": seeded.household.currency}
    upload(product, file, product.send("POST", "/accounts", body).json()["id"])
