"""The deterministic projection and the runway."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finapp.fire.domain.projection import project
from finapp.fire.domain.runway import runway
from finapp.fire.public import Flow, ProjectionRequest, RunwayRequest
from finapp.kernel.errors import Invalid

TODAY = date(2026, 1, 31)
TWENTY_LAKH = ProjectionRequest(
    currency="INR",
    as_of=TODAY,
    invested=Decimal(2_000_000),
    monthly_savings=Decimal(60_000),
    annual_expenses=Decimal(720_000),
    real_return=Decimal("0.05"),
)


def test_the_arrival_has_months_a_date_and_a_path_that_ends_there() -> None:
    found = project(TWENTY_LAKH)
    assert (found.status, found.months, found.date) == ("on_course", 166, date(2039, 11, 30))
    assert found.fire_number == Decimal("18000000.00")
    assert found.path[0].invested == Decimal("2000000.00")
    assert found.path[-1].month == 166
    assert found.path[-1].invested >= found.fire_number


def test_every_point_of_the_path_is_start_plus_contributions_plus_growth() -> None:
    for point in project(TWENTY_LAKH).path:
        assert point.invested == Decimal(2_000_000) + point.contributed + point.growth


def test_yearly_steps_answer_whole_years() -> None:
    found = project(replace(TWENTY_LAKH, steps_per_year=1, real_return=Decimal("0.04")))
    assert found.months == 15 * 12
    assert found.months_exact is not None
    assert abs(found.months_exact / 12 - Decimal("14.98664")) < Decimal("0.00001")


def test_reached_answers_today_and_never_answers_no_month() -> None:
    reached = project(replace(TWENTY_LAKH, invested=Decimal(18_000_000)))
    assert (reached.status, reached.months, reached.date) == ("reached", 0, TODAY)
    never = project(replace(TWENTY_LAKH, monthly_savings=Decimal(0), real_return=Decimal(0)))
    assert (never.status, never.months, never.months_reason, never.date) == ("never", None, "never", None)


def test_without_spending_independence_is_reached_and_progress_is_no_number() -> None:
    found = project(replace(TWENTY_LAKH, annual_expenses=Decimal(0)))
    assert (found.status, found.progress, found.progress_reason) == ("reached", None, "no_spending")


def test_an_arrival_beyond_the_calendar_keeps_its_months() -> None:
    found = project(
        replace(TWENTY_LAKH, invested=Decimal(1), monthly_savings=Decimal(0), real_return=Decimal("0.0001"))
    )
    assert found.status == "on_course"
    assert found.months is not None
    assert found.months > 100_000
    assert (found.date, found.date_reason) == (None, "beyond_the_calendar")


def test_stepping_with_flows_of_nothing_equals_the_formula() -> None:
    formula, stepped = project(TWENTY_LAKH), project(replace(TWENTY_LAKH, flows=(Flow(amount=Decimal(0)),)))
    assert stepped.months == formula.months
    assert [point.invested for point in stepped.path] == [point.invested for point in formula.path]


def test_a_windfall_hastens_and_a_cost_delays_the_arrival() -> None:
    base = project(TWENTY_LAKH).months
    windfall = project(replace(TWENTY_LAKH, flows=(Flow(amount=Decimal(2_000_000), date=date(2028, 6, 15)),))).months
    child = Flow(amount=Decimal(-120_000), start=date(2028, 1, 1), end=date(2038, 1, 1))
    delayed = project(replace(TWENTY_LAKH, flows=(child,))).months
    assert base is not None
    assert windfall is not None
    assert delayed is not None
    assert windfall < base < delayed


def test_income_for_life_from_today_lowers_the_number_and_later_income_does_not() -> None:
    today = project(replace(TWENTY_LAKH, flows=(Flow(amount=Decimal(240_000)),)))
    later = project(replace(TWENTY_LAKH, flows=(Flow(amount=Decimal(240_000), from_year=10),)))
    assert today.fire_number == Decimal("12000000.00")
    assert later.fire_number == Decimal("18000000.00")


def test_nominal_flows_are_thinned_out_by_inflation() -> None:
    real = Flow(amount=Decimal(2_000_000), year=8)
    nominal = replace(real, real=False)
    points = {
        name: project(replace(TWENTY_LAKH, inflation=Decimal("0.06"), flows=(flow,))).path[9].contributed - 108 * 60_000
        for name, flow in {"real": real, "nominal": nominal}.items()
    }
    assert points["real"] == 2_000_000
    assert abs(points["nominal"] - Decimal(2_000_000) / Decimal("1.06") ** (Decimal(97) / 12)) < 1


def test_coast_and_barista_need_their_inputs_and_say_so() -> None:
    bare = project(TWENTY_LAKH)
    assert (bare.coast_number, bare.coast_number_reason) == (None, "no_age")
    assert (bare.barista_number, bare.barista_number_reason) == (None, "no_part_time_income")
    full = project(replace(TWENTY_LAKH, age=Decimal(30), retirement_age=Decimal(60), part_time_income=Decimal(360_000)))
    assert full.coast_number is not None
    assert abs(full.coast_number - Decimal(18_000_000) / Decimal("1.05") ** 30) < Decimal("0.01")
    assert full.coast_reached is False
    assert full.barista_number == Decimal("9000000.00")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"invested": Decimal(-1)}, "invested"),
        ({"annual_expenses": Decimal(-1)}, "annual_expenses"),
        ({"withdrawal_rate": Decimal(0)}, "withdrawal_rate"),
        ({"real_return": Decimal(-1)}, "real_return"),
        ({"age": Decimal(200)}, "age"),
        ({"flows": (Flow(amount=Decimal(1), date=date(2020, 1, 1)),)}, "flows.0.date"),
        ({"flows": (Flow(amount=Decimal(1), from_year=5, to_year=3),)}, "flows.0.to_year"),
        ({"flows": (Flow(amount=Decimal(1), year=5, to_year=3),)}, "flows.0.year"),
    ],
)
def test_an_input_outside_its_range_is_refused_by_name(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        project(replace(TWENTY_LAKH, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


RUNWAY = RunwayRequest(
    currency="INR",
    as_of=TODAY,
    monthly_need=Decimal(50_000),
    today=Decimal(100_000),
    days=Decimal(200_000),
    locked=Decimal(900_000),
)


def test_the_runway_counts_liquid_tiers_and_shows_locked_money() -> None:
    found = runway(RUNWAY)
    assert (found.liquid, found.months, found.runs_out_on) == (Decimal("300000.00"), 6, date(2026, 7, 31))
    assert [tier.months for tier in found.by_tier] == [2, 6, 6, None]
    assert (found.target, found.shortfall) == (Decimal("300000.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("liquid", "months", "day"),
    [
        (0, "0", date(2026, 1, 31)),
        (25_000, "0.5", date(2026, 2, 14)),
        (100_000, "2", date(2026, 3, 31)),
        (143_750, "2.875", date(2026, 4, 26)),
        (149_999, "2.99998", date(2026, 4, 29)),
    ],
)
def test_the_money_runs_out_as_far_ahead_as_the_months_say(liquid: int, months: str, day: date) -> None:
    found = runway(replace(RUNWAY, today=Decimal(liquid), days=Decimal(0)))
    assert (found.months, found.runs_out_on) == (Decimal(months), day)


def test_the_runway_reports_what_is_missing_to_the_target() -> None:
    assert runway(replace(RUNWAY, target_months=Decimal(9))).shortfall == Decimal("150000.00")


def test_nothing_to_pay_has_no_runway_number() -> None:
    found = runway(replace(RUNWAY, monthly_need=Decimal(0)))
    assert (found.months, found.months_reason, found.runs_out_on_reason) == (None, "no_need", "no_need")


def test_the_probability_to_last_is_one_half_when_the_money_equals_the_expected_need() -> None:
    assert runway(RUNWAY).probability_lasts_reason == "no_deviation"
    assert runway(replace(RUNWAY, monthly_deviation=Decimal(9_000))).probability_lasts == pytest.approx(0.5)
    richer = runway(replace(RUNWAY, today=Decimal(150_000), monthly_deviation=Decimal(9_000))).probability_lasts
    assert richer is not None
    assert richer > 0.98
