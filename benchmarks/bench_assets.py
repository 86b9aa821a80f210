"""Net worth of a large household over twenty years, and what loans, roots and lots cost."""

import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.households import EMAIL, PASSWORD, sign_in
from benchmarks.served import Served, served
from finapp.assets.domain.lots import Purchase, Sale, replay
from finapp.assets.domain.schedule import amortize
from finapp.assets.domain.xirr import all_roots
from finapp.assets.facade import LocalAssets
from finapp.assets.public import AssetDetails, LiabilityDetails, LoanTerms, NewLot, NewValuation
from finapp.kernel.months import Month, last_day, months_between
from tests.assets.support import TODAY, Acting, Household, household

D = Decimal
SEED = random.Random(7)
ENDS = [last_day(month) for month in months_between(Month("2006-08"), Month("2026-07"))]


@dataclass(frozen=True)
class Wealthy:
    """Whose assets are filled in and asked."""

    facade: LocalAssets
    who: Acting


def timed(work: Callable[[], object], repeats: int) -> float:
    """Milliseconds of CPU of the quickest run."""
    taken = []
    for _ in range(repeats):
        before = time.process_time()
        work()
        taken.append((time.process_time() - before) * 1000)
    return min(taken)


def fill(home: Household | Wealthy, assets: int, lots: int, loans: int) -> None:
    """Monthly valuations of every asset over twenty years; lots in every second one."""
    for number in range(assets):
        units = number % 2 == 0
        details = AssetDetails(
            name=f"Asset {number}",
            kind="stock" if units else "property",
            currency="USD" if number % 20 == 0 else "INR",
            liquidity="days",
            owner_share=D("0.5") if number % 10 == 0 else D(1),
        )
        asset_id = home.facade.create_asset(**home.who, details=details).id
        if units:
            bought = tuple(
                NewLot(date=SEED.choice(ENDS), quantity=D(SEED.randint(1, 1000)), cost=D(SEED.randint(1, 10**6)))
                for _ in range(2 * lots // assets)
            )
            home.facade.add_lots(**home.who, asset_id=asset_id, new=bought)
        prices = (D(SEED.randint(1, 10**6)) / 100 for _ in ENDS)
        marks = tuple(
            NewValuation(date=day, unit_price=price) if units else NewValuation(date=day, value=price)
            for day, price in zip(ENDS, prices, strict=True)
        )
        home.facade.add_valuations(**home.who, asset_id=asset_id, new=marks)
    for number in range(loans):
        details_of_loan = LiabilityDetails(
            name=f"Loan {number}",
            kind="other",
            currency="INR",
            principal=D(10**6 + number),
            annual_rate=D("0.09"),
            months=240,
            start=ENDS[number],
            day_count="act/365f" if number % 2 else "30/360",
        )
        home.facade.create_liability(**home.who, details=details_of_loan)


def timeline(home: Household, repeats: int) -> None:
    """The monthly timeline of twenty years, first after a start, after a write, and again."""

    def ask() -> object:
        return home.facade.net_worth_timeline(
            owner=home.owner, first=date(2006, 8, 1), last=TODAY, by="month", as_of=TODAY
        )

    def after_a_write() -> object:
        home.facade.create_asset(
            **home.who, details=AssetDetails(name="x", kind="other", currency="INR", liquidity="months")
        )
        return ask()

    amortize.cache_clear()
    print(f"  timeline, 240 months, nothing remembered    {timed(ask, 1):8.1f} ms")
    home.facade._kept.clear()
    print(f"  timeline, 240 months, all read again        {timed(ask, 1):8.1f} ms")
    print(f"  timeline, 240 months, after a write         {timed(after_a_write, repeats):8.1f} ms")
    print(f"  timeline, 240 months, again                 {timed(ask, repeats):8.1f} ms")
    one_day = timed(lambda: home.facade.net_worth(owner=home.owner, as_of=TODAY), repeats)
    print(f"  net worth on a day                          {one_day:8.1f} ms")


def sign_up(served: Served) -> Acting:
    """A new person, for whom everything is asked from here on."""
    who = {"email": EMAIL, "password": PASSWORD, "display_name": "The Household", "currency": "INR", "locale": "en-IN"}
    made = served.send("POST", "/auth/register", who).json()
    sign_in(served)
    return {"owner": made["household_id"], "person": made["id"]}


def over_http(served: Served, home: Wealthy, repeats: int) -> None:
    """The same timeline as a browser asks for it: when nothing is at hand, after a write, and again."""

    def after_a_write() -> float:
        made = {"name": "x", "kind": "other", "currency": "INR", "liquidity": "months"}
        served.send("POST", "/assets", made)
        served.settle()
        return every_month(served)

    amortize.cache_clear()
    home.facade._kept.clear()
    print(f"  over HTTP, nothing remembered               {every_month(served):8.1f} ms")
    print(f"  over HTTP, after a write                    {min(after_a_write() for _ in range(repeats)):8.1f} ms")
    again = min(every_month(served) for _ in range(repeats))
    print(f"  over HTTP, again                            {again:8.1f} ms")


def every_month(served: Served) -> float:
    """Milliseconds of CPU of the timeline. Raises RuntimeError when it has not every month."""
    reply = served.send("GET", "/net-worth/timeline?from=2006-08&to=2026-07&by=month")
    if len(reply.json()["points"]) != len(ENDS):
        raise RuntimeError("the timeline has not every month")
    return reply.cpu_ms


def first_question(folder: Path) -> None:
    """The timeline as the first question to a process that has started on data that is there."""
    with served(folder) as product:
        sign_in(product)
        product.settle()
        print(f"  over HTTP, a new process's first question   {every_month(product):8.1f} ms", flush=True)


def in_new_process(folder: Path) -> None:
    """Raises RuntimeError when the process fails."""
    started = multiprocessing.get_context("spawn").Process(target=first_question, args=(folder,))
    started.start()
    started.join()
    if started.exitcode != 0:
        raise RuntimeError("the new process did not answer")


def calculators(repeats: int) -> None:
    """Schedules, roots and lots, each from nothing."""
    terms = LoanTerms(principal=D(2500000), annual_rate=D("0.085"), months=360, start=date(2024, 1, 31))
    numbers = iter(range(10**6))
    for day_count in ("30/360", "act/act"):
        base = replace(terms, day_count=day_count)  # type: ignore[arg-type]
        taken = timed(lambda base=base: amortize(replace(base, principal=D(10**6 + next(numbers)))), repeats)
        print(f"  schedule of 360 months, {day_count:8}            {taken:8.1f} ms")
    flows = [(date(2000, 1, 1) + timedelta(days=9 * day), D(SEED.randint(-999, 1000))) for day in range(1000)]
    print(f"  all roots of 1,000 payments                 {timed(lambda: all_roots(flows), repeats):8.1f} ms")
    lots = [
        Purchase(id=f"{number:05}", date=date(2000, 1, 1) + timedelta(days=number), quantity=D(5), cost=D(100))
        for number in range(5000)
    ]
    sales = [
        Sale(
            id=f"s{number:04}", date=date(2020, 1, 1) + timedelta(days=number), quantity=D(12), net=D(1), method="hifo"
        )
        for number in range(200)
    ]
    print(f"  200 HIFO sales out of 5,000 lots            {timed(lambda: replay([*lots, *sales], 'INR'), 1):8.1f} ms")


def main(quick: bool) -> None:
    """Prints milliseconds of CPU."""
    assets, lots, loans, repeats = (20, 100, 2, 3) if quick else (200, 5000, 20, 9)
    with tempfile.TemporaryDirectory() as folder, household(Path(folder), {("USD", ""): "80"}) as home:
        fill(home, assets, lots, loans)
        print(f"{assets} assets, {240 * assets} valuations, {lots} lots, {loans} loans; CPU, best of {repeats}")
        timeline(home, repeats)
    with tempfile.TemporaryDirectory() as folder:
        with served(Path(folder)) as product:
            wealthy = Wealthy(product.app.state.facades["assets"], sign_up(product))
            fill(wealthy, assets, lots, loans)
            product.settle()
            over_http(product, wealthy, repeats)
        for _ in range(3):
            in_new_process(Path(folder))
    calculators(repeats)
