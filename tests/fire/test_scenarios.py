"""Scenarios beside the plan, versions of it, and today against the plan of a year ago."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets, Attribution
from finapp.auth.public import Auth
from finapp.fire.facade import LocalFire
from finapp.fire.public import Flow, NewScenario, PlanOverrides, ScenarioNotFound
from finapp.kernel import ids
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import Invalid, PreconditionFailed
from finapp.platform.database import Database
from tests.fire.neighbours import NO_MONTH, KnownAnalytics, KnownAssets, KnownAuth, OlderAnalytics, month
from tests.support import NOON, TODAY, database

OWNER, PERSON = ids.new_id(), ids.new_id()
CHILD = NewScenario(
    name="Child in 2028",
    own=PlanOverrides(annual_expenses=Decimal(720_000), monthly_savings=Decimal(30_000)),
    flows=(Flow(amount=Decimal(-200_000), date=date(2028, 4, 1), name="first year"),),
)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Database]:
    opened = database("fire", tmp_path)
    yield opened
    opened.close()


def fire(storage: Database, analytics: KnownAnalytics | None = None, grown: str = "0") -> LocalFire:
    return LocalFire(
        database=storage,
        clock=FixedClock(NOON),
        auth=cast("Auth", KnownAuth()),
        assets=cast("Assets", KnownAssets(Decimal(grown))),
        analytics=cast("Analytics", analytics or KnownAnalytics(month())),
    )


def test_a_scenario_is_kept_read_changed_and_deleted(storage: Database) -> None:
    facade = fire(storage)
    made = facade.create_scenario(owner=OWNER, person=PERSON, new=CHILD)
    assert facade.scenario(owner=OWNER, scenario_id=made.id) == made
    assert (made.name, made.own, made.flows) == (CHILD.name, CHILD.own, CHILD.flows)
    bolder = NewScenario(name="Bolder", own=PlanOverrides(real_return=Decimal("0.06")))
    changed = facade.change_scenario(owner=OWNER, person=PERSON, scenario_id=made.id, new=bolder, expected=1)
    assert (changed.version, changed.name) == (2, "Bolder")
    with pytest.raises(PreconditionFailed):
        facade.change_scenario(owner=OWNER, person=PERSON, scenario_id=made.id, new=CHILD, expected=1)
    facade.delete_scenario(owner=OWNER, scenario_id=made.id)
    with pytest.raises(ScenarioNotFound):
        facade.scenario(owner=OWNER, scenario_id=made.id)


def test_another_household_does_not_see_it(storage: Database) -> None:
    facade, stranger = fire(storage), ids.new_id()
    made = facade.create_scenario(owner=OWNER, person=PERSON, new=CHILD)
    with pytest.raises(ScenarioNotFound):
        facade.scenario(owner=stranger, scenario_id=made.id)
    with pytest.raises(ScenarioNotFound):
        facade.delete_scenario(owner=stranger, scenario_id=made.id)
    assert facade.scenarios(owner=stranger, limit=50, cursor=None).items == ()


def test_the_comparison_shows_the_plan_first_and_what_each_fork_costs(storage: Database) -> None:
    facade = fire(storage)
    facade.create_scenario(owner=OWNER, person=PERSON, new=CHILD)
    only_cost = NewScenario(name="Only the cost", own=PlanOverrides(), flows=CHILD.flows)
    facade.create_scenario(owner=OWNER, person=PERSON, new=only_cost)
    plan, child, cost = facade.comparison(owner=OWNER, as_of=TODAY).items
    assert (plan.id, plan.months_later_reason) == (None, "is_the_plan")
    assert child.fire_number == Decimal("18000000.00")
    assert child.months_later is not None
    assert cost.months_later is not None
    assert child.months_later > cost.months_later > 0
    assert plan.invested_after_10_years is not None
    assert cost.invested_after_10_years is not None
    gone = Decimal(200_000) * Decimal("1.04") ** (Decimal(120 - 21) / 12)
    assert abs(plan.invested_after_10_years - cost.invested_after_10_years - gone) < 1


def test_flows_that_lie_in_the_past_no_longer_count(storage: Database) -> None:
    facade = fire(storage)
    only_cost = NewScenario(name="Only the cost", own=PlanOverrides(), flows=CHILD.flows)
    facade.create_scenario(owner=OWNER, person=PERSON, new=only_cost)
    plan, cost = facade.comparison(owner=OWNER, as_of=date(2030, 1, 1)).items
    assert (cost.months, cost.months_later) == (plan.months, 0)


def test_a_kept_flow_needs_a_date_because_years_from_today_move(storage: Database) -> None:
    for flow in (Flow(amount=Decimal(1), year=2), Flow(amount=Decimal(1))):
        with pytest.raises(Invalid, match=r"flows\.0"):
            fire(storage).create_scenario(
                owner=OWNER, person=PERSON, new=NewScenario(name="x", own=PlanOverrides(), flows=(flow,))
            )


def test_versions_are_listed_newest_first_page_by_page(storage: Database) -> None:
    facade = fire(storage)
    for amount in (1, 2, 3):
        facade.change_plan(owner=OWNER, person=PERSON, overrides=PlanOverrides(invested=Decimal(amount)), as_of=TODAY)
    page = facade.plan_versions(owner=OWNER, limit=2, cursor=None)
    assert [version.own.invested for version in page.items] == [3, 2]
    rest = facade.plan_versions(owner=OWNER, limit=2, cursor=page.next_cursor)
    assert [version.own.invested for version in rest.items] == [1]
    assert rest.next_cursor is None


def test_the_gap_to_last_years_plan_is_saving_market_and_what_was_not_invested(storage: Database) -> None:
    """Planned: half a million and 40,000 a month at 4 % for twelve months. Saved were 35,000 a month."""
    facade = fire(storage, OlderAnalytics(month()), grown="600000")
    found = facade.standing(owner=OWNER, since=date(2025, 7, 15), as_of=TODAY)
    growth = Decimal("1.04") ** (Decimal(1) / 12)
    planned = Decimal(500_000) * Decimal("1.04") + Decimal(40_000) * (Decimal("1.04") - 1) / (growth - 1)
    assert found.planned is not None
    assert abs(found.planned - planned) < Decimal("0.01")
    assert found.actual == Decimal("1100000.00")
    assert found.by_saving == Decimal("-60000.00")
    grown = planned - 500_000 - 12 * 40_000
    assert found.by_market is not None
    assert found.by_elsewhere is not None
    assert abs(found.by_market - (120_000 - grown)) < Decimal("0.01")
    assert found.gap == found.by_saving + found.by_market + found.by_elsewhere == found.actual - found.planned
    assert found.by_spending == 0
    assert found.months_expected is not None
    assert found.months_needed is not None


def test_what_the_market_did_is_unknown_for_the_reason_that_net_worth_gives(
    storage: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownAssets.net_worth_attribution

    def unknown(self: KnownAssets, *, owner: str, first: date, last: date) -> Attribution:
        return replace(known(self, owner=owner, first=first, last=last), market=None, interest=None, reason="no_rows")

    monkeypatch.setattr(KnownAssets, "net_worth_attribution", unknown)
    found = fire(storage, OlderAnalytics(month())).standing(owner=OWNER, since=date(2025, 7, 15), as_of=TODAY)
    assert (found.by_market, found.by_market_reason) == (None, "no_rows")
    assert (found.by_elsewhere, found.by_elsewhere_reason) == (None, "no_rows")


def test_standing_before_any_plan_says_what_is_missing(storage: Database) -> None:
    facade = fire(storage, OlderAnalytics(NO_MONTH))
    found = facade.standing(owner=OWNER, since=date(2025, 7, 15), as_of=TODAY)
    assert (found.planned, found.planned_reason) == (None, "no_rows")
    assert (found.gap, found.gap_reason) == (None, "no_rows")
    with pytest.raises(Invalid):
        facade.standing(owner=OWNER, since=TODAY, as_of=TODAY)


def test_the_own_simulation_saves_until_the_date_and_then_spends(storage: Database) -> None:
    facade = fire(storage)
    found = facade.simulation(owner=OWNER, as_of=TODAY, strategy="constant_real", years=None, paths=2_000, seed=1)
    months = facade.projection(owner=OWNER, as_of=TODAY).months
    assert months is not None
    wait = -(-months // 12)
    spending = found.percentiles.spending["p90"]
    assert len(spending) == wait + 30
    assert set(spending[:wait]) == {Decimal("0.00")}
    assert set(spending[wait : wait + 5]) == {Decimal("600000.00")}
    assert found.success_rate is not None
    assert 0 < found.success_rate < 1


def test_the_own_backtest_and_search_answer_and_need_a_plan(storage: Database) -> None:
    facade = fire(storage)
    assert facade.backtest(owner=OWNER, as_of=TODAY, strategy="constant_real", years=None).excluded == 29
    solved = facade.solution(owner=OWNER, as_of=TODAY, solve_for="spending", success=Decimal("0.9"), years=None)
    assert solved.value is not None
    new = fire(storage, KnownAnalytics(NO_MONTH))
    simulated = new.simulation(owner=OWNER, as_of=TODAY, strategy="vpw", years=None, paths=10, seed=1)
    assert (simulated.success_rate, simulated.success_rate_reason) == (None, "no_rows")
    run = new.backtest(owner=OWNER, as_of=TODAY, strategy="vpw", years=None)
    assert (run.success_rate, run.worst, run.worst_reason) == (None, None, "no_rows")
    searched = new.solution(owner=OWNER, as_of=TODAY, solve_for="spending", success=Decimal("0.9"), years=None)
    assert (searched.value, searched.value_reason) == (None, "no_rows")
