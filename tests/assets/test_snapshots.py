"""Month ends kept by themselves, and nothing shown of days before anything is known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finapp.assets.facade import LocalAssets
from finapp.assets.plug import LOOKED_AT, plug
from finapp.assets.public import AssetDetails, NewValuation
from finapp.kernel.ids import new_id
from finapp.platform.jobs import Every
from finapp.platform.plugs import Parts
from tests.assets.support import TODAY, Household, household

D = Decimal


class HandedJobs:
    """Jobs of which a test turns the clock: what is due runs at once, then what it has queued."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}
        self.schedule: dict[str, Every] = {}
        self.queued: list[tuple[str, str]] = []

    def register(self, name: str, work: Any) -> None:
        self.known[name] = work

    def every(self, name: str, when: Every, work: Any) -> None:
        self.known[name] = lambda _: work()
        self.schedule[name] = when

    def submit(self, name: str, argument: str) -> None:
        self.queued.append((name, argument))

    def turn_to(self, now: datetime) -> None:
        self.queued += [(name, "") for name, when in self.schedule.items() if when.is_due(now)]
        while self.queued:
            name, argument = self.queued.pop(0)
            self.known[name](argument)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with household(tmp_path, {("USD", ""): "90"}) as made:
        yield made


def gold(home: Household, owner: str, day: date, value: int) -> str:
    made = AssetDetails(name="Gold", kind="gold", currency="INR", liquidity="days")
    asset_id = home.facade.create_asset(owner=owner, person=home.person, details=made).id
    mark = NewValuation(date=day, value=D(value))
    home.facade.add_valuations(owner=owner, person=home.person, asset_id=asset_id, new=(mark,))
    return asset_id


def running(home: Household, tmp_path: Path) -> tuple[LocalAssets, HandedJobs]:
    """The context as the application builds it, on the household's database and clock."""
    jobs = HandedJobs()
    neighbours = {"auth": home.people, "transactions": home.ledger}
    parts = Parts(
        database=home.database,
        clock=home.clock,
        neighbours=neighbours,
        jobs=jobs,  # type: ignore[arg-type]
        directory=tmp_path,
        keys=tmp_path,
        registration=True,
    )
    facade = plug.build(parts)
    for one in plug.regularly:
        jobs.every(one.name, one.when, lambda work=one.work: work(facade))
    return facade, jobs


def kept(facade: LocalAssets, owner: str, as_of: date) -> list[tuple[date, Decimal]]:
    return [(item.date, item.net_worth) for item in facade.net_worth_snapshots(owner=owner, as_of=as_of).items]


def test_every_household_has_each_month_kept_by_itself_and_once(home: Household, tmp_path: Path) -> None:
    facade, jobs = running(home, tmp_path)
    other, empty = new_id(), new_id()
    home.people.households += [other, home.owner, empty]
    gold(home, home.owner, date(2026, 5, 1), 300)
    gold(home, other, date(2026, 7, 20), 500)
    before = home.database.version(empty)
    now = datetime(2026, 7, 15, 0, 30, tzinfo=UTC)
    while now < datetime(2026, 9, 2, tzinfo=UTC):
        home.clock.instant = now
        jobs.turn_to(now)
        now += timedelta(minutes=30)
    until = date(2026, 9, 2)
    assert kept(facade, home.owner, until) == [
        (date(2026, 8, 31), D(300)),
        (date(2026, 7, 31), D(300)),
        (date(2026, 6, 30), D(300)),
    ]
    assert kept(facade, other, until) == [(date(2026, 8, 31), D(500)), (date(2026, 7, 31), D(500))]
    assert kept(facade, empty, until) == []
    assert home.database.version(empty) == before


def test_a_household_that_only_has_accounts_is_kept_too(home: Household, tmp_path: Path) -> None:
    facade, jobs = running(home, tmp_path)
    home.ledger.account("savings", {"2026-06-10": "1000.00"})
    jobs.turn_to(home.clock.instant)
    assert kept(facade, home.owner, TODAY) == [(date(2026, 6, 30), D(1000))]


def test_months_are_looked_for_more_than_once_a_day() -> None:
    hours = [datetime(2026, 8, 1, hour, 0, tzinfo=UTC) for hour in range(24)]
    assert all(LOOKED_AT.is_due(hour) for hour in hours)


def timeline(home: Household, first: date) -> dict[date, tuple[Decimal | None, str | None]]:
    made = home.facade.net_worth_timeline(owner=home.owner, first=first, last=TODAY, by="month", as_of=TODAY)
    return {point.date: (point.net_worth, point.net_worth_reason) for point in made.points}


def test_an_opening_balance_is_not_carried_back_before_the_month_of_the_first_row(home: Household) -> None:
    bank = home.ledger.account("savings", {"2026-03-31": "1000.00"})
    home.ledger.move(bank, "2026-04-20", "50.00", "income")
    shown = timeline(home, date(2025, 12, 1))
    assert shown[date(2025, 12, 31)] == shown[date(2026, 1, 31)] == (None, "no_rows")
    assert shown[date(2026, 2, 28)] == (D(0), None)
    assert shown[date(2026, 3, 31)] == (D(1000), None)
    assert shown[TODAY] == (D(1050), None)


def test_an_account_that_begins_later_is_absent_until_then_and_its_opening_balance_is_no_saving(
    home: Household,
) -> None:
    gold(home, home.owner, date(2026, 1, 10), 300)
    bank = home.ledger.account("savings", {"2026-03-31": "1000.00"})
    home.ledger.move(bank, "2026-04-20", "50.00", "income")
    first = date(2026, 1, 31)
    assert timeline(home, date(2026, 1, 1))[first] == (D(300), None)
    assert home.facade.net_worth(owner=home.owner, as_of=first).net_worth == D(300)
    made = home.facade.net_worth_attribution(owner=home.owner, first=first, last=TODAY)
    assert (made.before, made.after, made.change) == (D(300), D(1350), D(1050))
    assert (made.saved, made.other) == (D(50), D(1000))


def test_an_account_without_rows_has_its_stated_balance(home: Household) -> None:
    bank = home.ledger.account("savings", {})
    assert timeline(home, date(2026, 6, 1))[date(2026, 6, 30)] == (D(0), None)
    assert home.facade.net_worth(owner=home.owner, as_of=TODAY).positions[0].id == bank


def test_the_last_month_is_kept_once_and_compared_with_what_is_known_later(home: Household) -> None:
    home.facade.keep_snapshot(owner=home.owner)
    assert home.facade.net_worth_snapshots(owner=home.owner, as_of=TODAY).items == ()
    held = gold(home, home.owner, date(2026, 5, 1), 300)
    home.facade.keep_snapshot(owner=home.owner)
    late = NewValuation(date=date(2026, 6, 1), value=D(350))
    home.facade.add_valuations(**home.who, asset_id=held, new=(late,))
    home.facade.keep_snapshot(owner=home.owner)
    [kept] = home.facade.net_worth_snapshots(owner=home.owner, as_of=TODAY).items
    assert (kept.date, kept.net_worth) == (date(2026, 6, 30), D(300))
    assert (kept.reconstructed, kept.difference) == (D(350), D(50))
