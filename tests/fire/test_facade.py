"""The facade on a real database: own words over derived ones, and the household's figures."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from finapp.analytics.public import Analytics, TypicalMonth
from finapp.assets.public import Assets
from finapp.auth.public import Auth, HouseholdDeleted
from finapp.fire.facade import LocalFire
from finapp.fire.listeners import on_household_deleted
from finapp.fire.public import PlanOverrides, ProjectionRequest
from finapp.kernel import ids
from finapp.kernel.clock import FixedClock
from finapp.kernel.errors import Invalid
from finapp.platform.database import Database
from tests.fire.neighbours import NO_MONTH, KnownAnalytics, KnownAssets, KnownAuth, month
from tests.support import NOON, TODAY, database

OWNER, PERSON = ids.new_id(), ids.new_id()


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Database]:
    opened = database("fire", tmp_path)
    yield opened
    opened.close()


def fire(storage: Database, typical: TypicalMonth | None = None) -> LocalFire:
    return LocalFire(
        database=storage,
        clock=FixedClock(NOON),
        auth=cast("Auth", KnownAuth()),
        assets=cast("Assets", KnownAssets()),
        analytics=cast("Analytics", KnownAnalytics(typical or month())),
    )


def test_six_equal_months_give_the_number_at_25_times_living_cost(storage: Database) -> None:
    found = fire(storage).summary(owner=OWNER, as_of=TODAY)
    assert found.fire_number == Decimal("15000000.00")
    assert found.savings_rate == Decimal("0.333333")
    assert (found.status, found.lean.number) == ("on_course", Decimal("11400000.00"))
    assert found.fat.number == Decimal("22500000.00")
    assert found.runway_months == 3
    assert (found.coast.number, found.coast.number_reason) == (None, "no_age")
    assert found.date_range is not None
    assert found.date_range.early is not None
    assert found.date_range.late is not None
    assert found.date_range.early < found.date_range.late


def test_every_assumption_is_derived_with_its_months_until_it_is_own(storage: Database) -> None:
    facade = fire(storage)
    derived = facade.plan(owner=OWNER, as_of=TODAY).annual_expenses
    assert (derived.value, derived.origin, derived.evidence.months) == (Decimal("600000.00"), "derived", 6)
    assert derived.evidence.confidence == "high"
    own = facade.change_plan(
        owner=OWNER, person=PERSON, overrides=PlanOverrides(annual_expenses=Decimal(700_000)), as_of=TODAY
    )
    assert (own.annual_expenses.value, own.annual_expenses.origin) == (Decimal("700000.00"), "own")
    assert own.annual_expenses.derived == Decimal("600000.00")
    assert facade.plan(owner=OWNER, as_of=TODAY) == own
    assert facade.summary(owner=OWNER, as_of=TODAY).fire_number == Decimal("17500000.00")


def test_what_is_left_out_is_derived_again(storage: Database) -> None:
    facade = fire(storage)
    facade.change_plan(owner=OWNER, person=PERSON, overrides=PlanOverrides(invested=Decimal(1)), as_of=TODAY)
    plan = facade.change_plan(owner=OWNER, person=PERSON, overrides=PlanOverrides(), as_of=TODAY)
    assert plan.invested.value == Decimal("500000.00")


def test_a_change_of_plan_raises_the_version_of_its_household_only(storage: Database) -> None:
    facade, other = fire(storage), ids.new_id()
    before, others = facade.version(owner=OWNER), facade.version(owner=other)
    facade.change_plan(owner=OWNER, person=PERSON, overrides=PlanOverrides(invested=Decimal(1)), as_of=TODAY)
    assert facade.version(owner=OWNER) != before
    assert facade.version(owner=other) == others
    assert facade.plan(owner=other, as_of=TODAY).invested.origin == "derived"


def test_amounts_finer_than_the_currency_are_refused_and_nothing_is_kept(storage: Database) -> None:
    facade = fire(storage)
    fine = PlanOverrides(annual_expenses=Decimal("1.001"))
    with pytest.raises(Invalid) as refusal:
        facade.change_plan(owner=OWNER, person=PERSON, overrides=fine, as_of=TODAY)
    assert refusal.value.field == "annual_expenses"
    assert facade.plan(owner=OWNER, as_of=TODAY).annual_expenses.origin == "derived"


def test_ages_bring_the_coast_number_and_part_time_income_the_barista_number(storage: Database) -> None:
    facade = fire(storage)
    own = PlanOverrides(birth_year=1990, retirement_age=60, part_time_income=Decimal(300_000))
    facade.change_plan(owner=OWNER, person=PERSON, overrides=own, as_of=TODAY)
    found = facade.summary(owner=OWNER, as_of=TODAY)
    assert found.coast.number is not None
    assert abs(found.coast.number - Decimal(15_000_000) / Decimal("1.04") ** 24) < Decimal("0.01")
    assert found.coast.months is not None
    assert found.months is not None
    assert found.coast.months < found.months
    assert found.barista.number == Decimal("7500000.00")


def test_without_any_month_every_figure_is_null_with_its_reason(storage: Database) -> None:
    facade = fire(storage, NO_MONTH)
    found = facade.summary(owner=OWNER, as_of=TODAY)
    assert (found.fire_number, found.fire_number_reason) == (None, "no_rows")
    assert (found.status, found.status_reason) == (None, "no_rows")
    assert (found.date_range, found.date_range_reason) == (None, "no_rows")
    assert (found.runway_months, found.runway_months_reason) == (None, "no_rows")
    assert facade.projection(owner=OWNER, as_of=TODAY).path == ()
    assert facade.levers(owner=OWNER, as_of=TODAY).levers == ()
    assert facade.savings_rate(owner=OWNER, as_of=TODAY).savings_rate_reason == "no_rows"


def test_few_or_unequal_months_lower_the_confidence(storage: Database) -> None:
    few = month(months=month().months[:2], expenses_by_month=(Decimal(50_000),) * 2)
    wild = month(
        expenses_by_month=tuple(Decimal(amount) for amount in (10_000, 20_000, 50_000, 50_000, 90_000, 99_000))
    )
    confidence = [
        fire(storage, typical).plan(owner=OWNER, as_of=TODAY).annual_expenses.evidence.confidence
        for typical in (few, wild)
    ]
    assert confidence == ["low", "medium"]


def test_the_instalment_of_a_loan_is_saved_once_it_ends_and_spending_it_costs_months(storage: Database) -> None:
    facade = fire(storage)
    lever = next(each for each in facade.levers(owner=OWNER, as_of=TODAY).levers if each.name == "freed_instalments")
    found = facade.projection(owner=OWNER, as_of=TODAY)
    assert found.months is not None
    assert lever.months is not None
    assert lever.months_saved is not None
    assert 118 < found.months < lever.months
    assert lever.months_saved < 0
    assert "Home loan (30,000.00 INR a month)" in lever.change
    plain = facade.projection_of(
        owner=OWNER,
        request=ProjectionRequest(
            currency="INR",
            as_of=TODAY,
            invested=found.path[0].invested,
            monthly_savings=Decimal(40_000),
            annual_expenses=Decimal(600_000),
            real_return=Decimal("0.04"),
        ),
    )
    assert (plain.months, plain.fire_number) == (lever.months, found.fire_number)
    milestone = facade.summary(owner=OWNER, as_of=TODAY).regular
    assert (milestone.months, milestone.number) == (found.months, found.fire_number)


def test_repaid_principal_is_a_second_figure(storage: Database) -> None:
    found = fire(storage).savings_rate(owner=OWNER, as_of=TODAY)
    principal = Decimal(30_000) - Decimal(2_400_000) * Decimal("0.085") / 12
    assert found.including_principal == ((Decimal(40_000) + principal) / 120_000).quantize(Decimal("0.000001"))


def test_the_runway_is_by_tier_and_without_locked_money(storage: Database) -> None:
    found = fire(storage).runway(owner=OWNER, as_of=TODAY)
    assert (found.monthly_need, found.months, found.runs_out_on) == (Decimal("68000.00"), 3, date(2026, 10, 15))
    assert [tier.months for tier in found.by_tier] == [2, 3, 3, None]


def test_the_plan_of_a_deleted_household_is_deleted(storage: Database) -> None:
    facade = fire(storage)
    facade.change_plan(owner=OWNER, person=PERSON, overrides=PlanOverrides(invested=Decimal(1)), as_of=TODAY)
    with storage.write(None) as unit:
        on_household_deleted(unit, HouseholdDeleted(owner=OWNER))
    assert facade.plan(owner=OWNER, as_of=TODAY).invested.origin == "derived"
