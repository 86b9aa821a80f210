"""The product at growing sizes: what a household's questions cost, what an upload costs, and how both grow."""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from cProfile import Profile
from dataclasses import dataclass
from datetime import UTC, datetime
from math import nan
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import product_page as page
from benchmarks import product_report as report
from benchmarks.figures import Measured, measured_from, measured_text
from benchmarks.households import Seeded, Upload, seed_once, sign_in, upload
from benchmarks.limits import limits_of
from benchmarks.limits_heavy import heavy_limits, upload_limits
from benchmarks.peers import ask_peers
from benchmarks.profiles import profiled, profiled_jobs, shares, thread_profile
from benchmarks.served import API, Request, Served, hello, resident_mb, served
from benchmarks.session import Session
from benchmarks.starts import started
from benchmarks.workloads import WORKLOADS
from finapp.platform.allocation import give_back

QUICK_SIZES = (2_000, 20_000)
SIZES = (10_000, 100_000, 1_000_000)
ASKED_BY_PEERS = 100_000
"""The largest ledger that other programs are asked about."""
_HELLOS = 150
_REST_S = 70.0
FIGURES = "figures.json"
"""Beside a kept household: what was measured of it."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to measure at one size."""

    rows: int
    profile: bool
    repeats: int
    starts: int
    rests: bool
    """Whether to wait until what is kept for somebody who goes on asking has gone, as in a server that rests."""
    homes: Path | None
    peers: Path | None
    """The Python that has other programs; None when they are not to be asked."""


def main(
    quick: bool,
    write: bool = False,
    homes: Path | None = None,
    peers: Path | None = None,
    only: Sequence[int] | None = None,
) -> None:
    """Prints the tables; with `write` they are kept in docs/benchmarks.md as well.

    Households are kept in `homes` with their figures, and found there the next time, because a million rows take
    minutes to come in; `only` measures some sizes and takes the others as they are kept there.
    """
    sizes = QUICK_SIZES if quick else SIZES
    found = []
    for rows in sizes:
        home = homes / str(rows) if homes is not None else None
        if only and rows not in only:
            kept = home and home / FIGURES
            found += [measured_from(kept.read_text())] if kept and kept.exists() else []
            continue
        wanted = Wanted(
            rows=rows,
            profile=not quick or rows == max(sizes),
            repeats=7 if quick else 15,
            starts=1 if quick else 3,
            rests=not quick,
            homes=homes,
            peers=peers if rows <= ASKED_BY_PEERS else None,
        )
        found.append(_in_a_process_of_its_own(wanted))
        if home is not None:
            (home / FIGURES).write_text(measured_text(found[-1]))
    if write:
        page.keep(found, WORKLOADS)
    print(f"H (us): {', '.join(f'{each.rows:,} rows {each.hello * 1000:.0f}' for each in found)}", end="\n\n")
    for lines in report.tables(found, WORKLOADS):
        print(report.table(lines), end="\n\n")


def measure(wanted: Wanted, directory: Path) -> Measured:
    """Everything about a household of so many rows, in this process; it is brought in unless it is there."""
    rows, repeats = wanted.rows, wanted.repeats
    with profiled_jobs() as watch, served(directory / "data") as product:
        idle = resident_mb()
        seeded = seed_once(product, rows, directory)
        session = Session(product, seeded, repeats)
        medians, beside = {}, {}
        for workload in WORKLOADS:
            before = hello(_HELLOS)
            medians[workload.name] = workload.median(session)
            beside[workload.name] = (before + hello(_HELLOS)) / 2
            figures = f"{medians[workload.name]:.2f} ms, {resident_mb():.0f} MB"
            print(f"{rows:,} rows: {workload.name}: {figures}", file=sys.stderr, flush=True)
        if wanted.rests:
            time.sleep(_REST_S)
            give_back()
        serving = resident_mb()
        sign_in(product)
        limits = limits_of(directory / "data", session, repeats) | heavy_limits(directory / "data", session, repeats)
        upload_limit = upload_limits(directory / "data", _second_largest(seeded))
        known, again = _known_rows(product, seeded, directory)
        told = ask_peers(product, wanted.peers) if wanted.peers else []
        costs = _answers_profiled(session) if wanted.profile else {}
        if wanted.profile:
            watching: list[Profile] = []
            watch(watching)
            _upload_profiled(product, seeded)
            product.settle()
            watch(None)
            costs["upload"] = shares(*watching)
    start = started(directory / "data", times=wanted.starts)
    return Measured(
        rows=rows,
        measured=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        start=start,
        hello=statistics.median(beside.values()),
        beside=beside,
        medians=medians,
        uploads={
            "upload of new rows": _speed(seeded.uploads),
            "upload of known rows, another file": _speed([known]),
            "upload of the same file again": _speed([again]),
        },
        limits=limits,
        upload_limits=upload_limit,
        peers=told,
        memory={
            "idle": start.idle_mb,
            "serving": serving - idle + start.idle_mb,
            "added while uploading": max((each.added_mb for each in (*seeded.uploads, known)), default=nan),
        },
        costs=costs,
        load=os.getloadavg()[0],
    )


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


def _speed(uploads: Sequence[Upload]) -> float:
    return sum(each.rows for each in uploads) / sum(each.cpu_s for each in uploads) if uploads else nan


def _known_rows(product: Served, seeded: Seeded, directory: Path) -> tuple[Upload, Upload]:
    """All rows of the second largest account but the last, as a file never seen, and its statement once more."""
    account = sorted(seeded.files, key=lambda name: seeded.files[name].stat().st_size)[-2]
    file, account_id = seeded.files[account], seeded.accounts[account]
    shorter = directory / f"shorter-{file.name}"
    shorter.write_bytes(file.read_bytes().rstrip().rpartition(b"\n")[0] + b"\n")
    found = [upload(product, each, account_id) for each in (shorter, file)]
    shorter.unlink()
    if new := sum(each.new for each in found):
        raise RuntimeError(f"{new} rows of a statement that was uploaded before were taken as new")
    return found[0], found[1]


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


def _second_largest(seeded: Seeded) -> Path:
    return sorted(seeded.files.values(), key=lambda path: path.stat().st_size)[-2]


def _upload_profiled(product: Served, seeded: Seeded) -> None:
    """Uploads the statement of the second largest account into an account that has no row yet."""
    file = _second_largest(seeded)
    body = {"name": "Once more", "kind": "checking", "currency": seeded.currency}
    upload(product, file, product.send("POST", "/accounts", body).json()["id"])
