"""Simulated futures: CPU time in the process, beside a plain numpy product of the same size."""

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import finapp.fire
from finapp.fire.domain import backtest, simulation, solve
from finapp.fire.domain.series import parsed
from finapp.fire.facade.courses import Courses
from finapp.fire.public import BacktestRequest, Market, SimulationRequest, SolveRequest, Strategy
from tests.support import client

BUILT_IN = parsed("us_annual", (Path(finapp.fire.__file__).parent / "data" / "us_annual.csv").read_text())
PLAN = SimulationRequest(
    currency="USD",
    as_of=date(2026, 1, 1),
    portfolio=Decimal(1_000_000),
    annual_spending=Decimal(40_000),
    years=60,
    market=Market(mean=Decimal("0.05"), volatility=Decimal("0.12")),
)
MIXED = Market(model="block_bootstrap", allocation={"stocks": Decimal("0.6"), "bonds": Decimal("0.4")})


def cpu(work: Callable[[], object], repeats: int) -> float:
    """Milliseconds of CPU of the quickest run."""
    best = float("inf")
    for _ in range(repeats):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best * 1000


def plain_product(paths: int, steps: int) -> None:
    """Draw, exponentiate and multiply: what no engine can do without."""
    generator = np.random.Generator(np.random.PCG64(1))
    wealth = np.ones(paths)
    for _ in range(steps):
        wealth *= np.exp(0.04 + 0.12 * generator.standard_normal(paths))


def over_http(paths: int, repeats: int) -> None:
    """Milliseconds of wall time of `POST /fire/simulation` on the whole product, in this process, signed in."""
    body = {"portfolio": "1000000", "annual_spending": "40000", "years": 60, "mean": 0.05, "volatility": 0.12}
    with TemporaryDirectory() as directory, client(Path(directory), log_level="WARNING") as http:
        for name, seeds in (
            ("over HTTP, new shocks", range(2, 2 + repeats)),
            ("over HTTP, kept course", [1] * repeats),
        ):
            http.post("/api/v1/fire/simulation", json={**body, "paths": paths, "seed": 1})
            best = float("inf")
            for seed in seeds:
                before = time.perf_counter()
                answer = http.post("/api/v1/fire/simulation", json={**body, "paths": paths, "seed": seed})
                best = min(best, time.perf_counter() - before)
                answer.raise_for_status()
            print(f"  {name:<28} {best * 1000:8.1f}   wall")


def main(quick: bool) -> None:
    """Prints milliseconds of CPU and, for the largest, the peak of memory."""
    paths, repeats = (1_000, 2) if quick else (10_000, 7)
    base = replace(PLAN, paths=paths)
    monthly, keep = replace(base, steps_per_year=12), Courses().course
    seeds = iter(range(2, 1_000))
    print(f"{paths} paths x 60 years, ms of CPU, best of {repeats}")
    product = cpu(lambda: plain_product(paths, 60), repeats)
    rows: list[tuple[str, Callable[[], object]]] = [
        ("constant real, new shocks", lambda: simulation.simulate(replace(base, seed=next(seeds)), BUILT_IN)),
        ("constant real, kept course", lambda: simulation.simulate(base, BUILT_IN, keep)),
        ("monthly steps, new shocks", lambda: simulation.simulate(monthly, BUILT_IN)),
        ("monthly steps, kept course", lambda: simulation.simulate(monthly, BUILT_IN, keep)),
        ("block bootstrap, 60/40", lambda: simulation.simulate(replace(base, market=MIXED), BUILT_IN)),
        (
            "Guyton-Klinger",
            lambda: simulation.simulate(replace(base, strategy=Strategy(kind="guyton_klinger")), BUILT_IN),
        ),
        (
            "solve for spending",
            lambda: solve.solve(SolveRequest(solve_for="spending", success=Decimal("0.95"), simulation=base), BUILT_IN),
        ),
        (
            "backtest, 30 years",
            lambda: backtest.backtest(BacktestRequest(simulation=replace(base, years=30, market=MIXED)), BUILT_IN),
        ),
    ]
    print(f"  {'plain numpy product':<28} {product:8.1f}")
    for name, work in rows:
        taken = cpu(work, repeats)
        print(f"  {name:<28} {taken:8.1f}   {taken / product:5.1f} x product")
    over_http(paths, repeats)
    many = 10_000 if quick else 100_000
    taken = cpu(lambda: simulation.simulate(replace(PLAN, paths=many), BUILT_IN), 1 if quick else 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {f'{many} paths, yearly':<28} {taken:8.1f}   peak of the process {peak:.0f} MB")
