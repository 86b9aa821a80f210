"""Recurring payments scored on simulated households, and what the reports cost in CPU time."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finapp.app.demo.household import simulate
from finapp.reports.domain.emergency import emergency_fund
from finapp.reports.domain.prepayment.compare import compare
from finapp.reports.domain.recurring.detection import streams
from finapp.reports.domain.recurring.grouping import Separations
from finapp.reports.domain.sweep.plan import plan
from finapp.reports.public import (
    DatedMoney,
    EmergencyQuestion,
    Liquid,
    Loan,
    PrepaymentQuestion,
    SweepAccount,
    SweepQuestion,
)
from tests.reports.scoring import UNTIL, rows_of, score
from tests.reports.tally import tally

LOANS = (
    Loan(id="home", name="Home", outstanding=Decimal(2500000), annual_rate=Decimal("0.085"), months=180),
    Loan(id="car", name="Car", outstanding=Decimal(600000), annual_rate=Decimal("0.095"), months=60),
    Loan(id="card", name="Card", outstanding=Decimal(300000), annual_rate=Decimal("0.14"), months=36),
)
PAYOFF = PrepaymentQuestion(currency="INR", loans=LOANS, extra_monthly=Decimal("16666.67"))
CHARGED = replace(PAYOFF, loans=(LOANS[0], LOANS[1], replace(LOANS[2], prepayment_fee=Decimal("0.03"))))
SWEEP = SweepQuestion(
    currency="INR",
    accounts=(
        SweepAccount(id="salary", balance=Decimal(20000), annual_rate=Decimal("0.03"), minimum=Decimal(5000)),
        SweepAccount(id="saver", balance=Decimal(0), annual_rate=Decimal("0.07")),
    ),
    credits=tuple(DatedMoney(date=date(2026, month, 1), amount=Decimal(100000)) for month in (7, 8, 9)),
    debits=tuple(
        DatedMoney(date=date(2026, month, day), amount=Decimal(20000)) for month in (7, 8, 9) for day in (5, 10, 20)
    ),
    horizon=92,
)
FUND = EmergencyQuestion(currency="INR", liquid=Liquid(today=Decimal(300000)), essential=Decimal(40000))


def main(quick: bool) -> None:
    """Prints scores and timings."""
    found = score(range(2000, 2008 if quick else 2200))
    print(f"streams: {found.true} true, precision {found.precision:.4f}, recall {found.recall:.4f}")
    print(f"  next day within two days {found.next_within_two_days:.3f}, spending found {found.share_of_spending:.3f}")
    for frequency, (hits, true) in sorted(found.frequencies.items()):
        print(f"  {frequency:12} {hits:5} of {true:5}")
    written = tally(4 if quick else 50)
    print(f"written histories: {written.true} true, precision {written.precision:.4f}, recall {written.recall:.4f}")
    print(f"  next day exact {written.share_off_at_most(0):.3f}, within two days {written.share_off_at_most(2):.3f}")
    for profile in ("us", "in"):
        household = simulate(seed=5, profile=profile, until=UNTIL, rows=5_000 if quick else 100_000)
        rows = rows_of(household)
        report(f"streams in {len(rows):,} rows ({profile})", lambda rows=rows: streams(rows, UNTIL))
        memory = Separations()
        report(
            f"  again with the groups remembered ({profile})",
            lambda rows=rows, m=memory: streams(rows, UNTIL, memory=m),
        )
    first = date(2026, 7, 1)
    report("prepayment, 3 loans, proven greedy", lambda: compare(PAYOFF, first))
    report("prepayment, 3 loans, a charge, linear program", lambda: compare(CHARGED, first))
    report("sweep, 92 days, free transfers", lambda: plan(SWEEP, first))
    report("sweep, 92 days, cost per transfer", lambda: plan(replace(SWEEP, transfer_cost=Decimal(8)), first))
    report("emergency fund, 10,000 paths", lambda: emergency_fund(FUND, first))


def report(name: str, work: Callable[[], object]) -> None:
    """One line: CPU and wall milliseconds of the quicker of two runs."""
    timings = []
    for _ in range(2):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        timings.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(timings)
    print(f"{name}: {cpu * 1000:.0f} ms CPU, {wall * 1000:.0f} ms wall")
