"""The range of independence dates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finapp.fire.domain.arrival import date_range
from finapp.fire.domain.projection import project
from finapp.fire.public import ProjectionRequest

PLAN = ProjectionRequest(
    currency="INR",
    as_of=date(2026, 7, 15),
    invested=Decimal(2_000_000),
    monthly_savings=Decimal(60_000),
    annual_expenses=Decimal(720_000),
    real_return=Decimal("0.05"),
)


def test_without_volatility_the_range_is_the_projected_date() -> None:
    found = date_range(PLAN, Decimal(0))
    assert found.early == found.median == found.late == project(PLAN).date
    assert found.share_reached == 1


def test_the_range_widens_with_volatility_around_the_projected_date() -> None:
    projected = project(PLAN).date
    assert projected is not None
    narrow, wide = (date_range(PLAN, Decimal(deviation)) for deviation in ("0.05", "0.20"))
    assert narrow.early is not None
    assert wide.early is not None
    assert narrow.late is not None
    assert wide.late is not None
    assert wide.early < narrow.early < projected < narrow.late < wide.late


def test_dates_beyond_the_horizon_have_a_reason_instead() -> None:
    found = date_range(replace(PLAN, invested=Decimal(1), monthly_savings=Decimal(0)), Decimal("0.12"))
    assert (found.median, found.median_reason, found.share_reached) == (None, "not_within_60_years", 0)


def test_whoever_is_there_already_has_arrived_today() -> None:
    found = date_range(replace(PLAN, invested=Decimal(18_000_000)), Decimal("0.12"))
    assert found.early == found.late == PLAN.as_of
