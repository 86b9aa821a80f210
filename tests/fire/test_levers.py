"""What moves the date: every lever is the projection of a changed plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finapp.fire.domain.levers import levers
from finapp.fire.domain.numbers import grown, step_rate
from finapp.fire.domain.projection import project
from finapp.fire.public import Flow, Lever, LeversRequest, ProjectionRequest
from finapp.kernel.errors import Invalid

PLAN = ProjectionRequest(
    currency="INR",
    as_of=date(2026, 7, 15),
    invested=Decimal(2_000_000),
    monthly_savings=Decimal(60_000),
    annual_expenses=Decimal(720_000),
    real_return=Decimal("0.05"),
)
FOUND = levers(LeversRequest(projection=PLAN, monthly_income=Decimal(150_000)))
NAMED: dict[str, Lever] = {lever.name: lever for lever in FOUND.levers}


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("save_more", replace(PLAN, monthly_savings=Decimal(61_500))),
        ("spend_less", replace(PLAN, annual_expenses=Decimal(648_000), monthly_savings=Decimal(66_000))),
        ("higher_return", replace(PLAN, real_return=Decimal("0.06"))),
        ("lump_sum", replace(PLAN, invested=Decimal(2_720_000))),
    ],
)
def test_a_lever_is_the_projection_of_the_changed_plan(name: str, changed: ProjectionRequest) -> None:
    before, after = project(PLAN), project(changed)
    assert before.months_exact is not None
    assert after.months_exact is not None
    assert (NAMED[name].months, NAMED[name].date) == (after.months, after.date)
    assert NAMED[name].months_saved == before.months_exact - after.months_exact


def test_the_ranking_is_by_months_saved() -> None:
    saved = [lever.months_saved for lever in FOUND.levers if lever.months_saved is not None]
    assert saved == sorted(saved, reverse=True)
    assert [lever.rank for lever in FOUND.levers] == [1, 2, 3, 4, 5, 6]


def test_one_more_year_carries_the_spending_of_the_capital_then() -> None:
    later = NAMED["one_more_year"]
    assert FOUND.months is not None
    assert later.months == FOUND.months + 12
    capital = grown(Decimal(2_000_000), Decimal(60_000), step_rate(Decimal("0.05"), 12), FOUND.months + 12)
    assert abs(later.annual_spending - capital * Decimal("0.04")) < Decimal("0.01")


def test_a_plan_that_never_arrives_shows_which_levers_bring_it_there() -> None:
    stuck = replace(PLAN, monthly_savings=Decimal(0), real_return=Decimal(0))
    found = {lever.name: lever for lever in levers(LeversRequest(projection=stuck)).levers}
    assert found["save_more"].months_saved_reason == "arrives_only_with_it"
    assert (found["lump_sum"].status, found["lump_sum"].months_saved_reason) == ("never", "never")
    assert (found["one_more_year"].months, found["one_more_year"].months_saved_reason) == (None, "never")


def test_a_negative_income_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        levers(LeversRequest(projection=PLAN, monthly_income=Decimal(-1)))
    assert refusal.value.field == "monthly_income"


def test_each_amount_of_a_sentence_stands_beside_it() -> None:
    said = {name: [(value.amount, value.currency, value.every) for value in NAMED[name].values] for name in NAMED}
    assert said["save_more"] == [(Decimal("1500.00"), "INR", "month")]
    assert said["spend_less"] == [(Decimal("72000.00"), "INR", "year")]
    assert said["lump_sum"] == [(Decimal("720000.00"), "INR", None)]
    assert NAMED["lump_sum"].change == "add 720,000.00 INR today (a year's living cost)"
    freed = Flow(name="Car", amount=Decimal(9000), start=date(2028, 1, 1), every="month", real=False)
    ends = levers(LeversRequest(projection=replace(PLAN, saving_flows=(freed,))))
    spent = next(lever for lever in ends.levers if lever.name == "freed_instalments")
    assert [(value.of, value.amount) for value in spent.values] == [("Car", Decimal(9000))]
