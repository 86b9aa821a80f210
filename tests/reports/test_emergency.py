"""Months covered, target, and the probability that the fund lasts, checked against closed forms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import log, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.kernel.errors import Invalid
from finapp.kernel.months import add_months
from finapp.reports.domain.emergency import emergency_fund
from finapp.reports.public.emergency import EmergencyQuestion, Liquid, LiquidSource

AS_OF = date(2026, 7, 15)
ASKED = EmergencyQuestion(
    currency="INR",
    liquid=Liquid(today=Decimal(200000), days=Decimal(100000), locked=Decimal(900000)),
    essential=Decimal(40000),
    debt_service=Decimal(30000),
)


def test_months_and_target_follow_from_need_and_stability() -> None:
    found = emergency_fund(replace(ASKED, stability="dual_stable", deductibles=Decimal(10000)), AS_OF)
    assert found.monthly_need == Decimal("70000.00")
    assert found.months == Decimal("4.285714")
    assert found.target == Decimal("220000.00")
    assert found.surplus == Decimal("80000.00")
    assert [(cover.tier, cover.months) for cover in found.by_tier] == [
        ("today", Decimal("2.857143")),
        ("days", Decimal("4.285714")),
        ("months", Decimal("4.285714")),
        ("locked", None),
    ]


def test_unsteady_income_asks_for_more_months() -> None:
    steady = (Decimal(100000),) * 12
    swinging = tuple(Decimal(100000 + 30000 * (-1) ** month) for month in range(12))
    wild = tuple(Decimal(20000 if month % 3 else 300000) for month in range(12))
    found = [emergency_fund(replace(ASKED, income_by_month=months), AS_OF) for months in (steady, swinging, wild)]
    assert [item.stability for item in found] == ["single_stable", "variable", "self_employed"]
    assert [item.target_months for item in found] == [6, 9, 12]


def test_the_probability_agrees_with_the_lognormal_closed_form_for_one_month() -> None:
    """P(X <= F) for lognormal X with mean mu and variation 15 % is Phi((ln(F / mu) + s^2 / 2) / s)."""
    one = replace(ASKED, debt_service=Decimal(0), target_months=Decimal(1), paths=50_000)
    one = replace(one, liquid=Liquid(today=Decimal(44000)))
    found = emergency_fund(one, AS_OF)
    sigma = sqrt(log(1 + 0.15**2))
    exact = NormalDist().cdf((log(44000 / 40000) + sigma**2 / 2) / sigma)
    assert found.probability_lasts is not None
    assert abs(found.probability_lasts - exact) < 0.01


def test_own_months_are_resampled_when_there_are_twelve() -> None:
    """Two equally likely months of 10,000 and 30,000: 40,000 covers two of them unless both are dear (1 in 4)."""
    own = tuple(Decimal(10000 if month % 2 else 30000) for month in range(12))
    asked = replace(
        ASKED,
        essential=Decimal(20000),
        essential_by_month=own,
        debt_service=Decimal(0),
        liquid=Liquid(today=Decimal(40000)),
        target_months=Decimal(2),
        paths=50_000,
    )
    found = emergency_fund(asked, AS_OF)
    assert found.probability_lasts is not None
    assert abs(found.probability_lasts - 0.75) < 0.01
    assert found.amount_for_95 == Decimal("60000.00")
    assert found.basis.assumptions["months_of_need"] == "12 own months resampled"


def test_a_bonus_makes_no_income_unsteady_and_two_salaries_make_it_steadier() -> None:
    bonus = (*(Decimal(100000),) * 11, Decimal(300000))
    assert emergency_fund(replace(ASKED, income_by_month=bonus), AS_OF).stability == "single_stable"
    both = emergency_fund(replace(ASKED, income_by_month=bonus, earners=2), AS_OF)
    assert (both.stability, both.target_months) == ("dual_stable", 3)


def test_own_months_that_swing_ask_for_a_month_more_unless_the_user_has_spoken() -> None:
    swinging = replace(ASKED, essential_by_month=tuple(Decimal(20000 if n % 2 else 60000) for n in range(12)))
    found = emergency_fund(swinging, AS_OF)
    assert (found.variation, found.target_months) == (0.5, 7)
    assert emergency_fund(replace(swinging, stability="single_stable"), AS_OF).target_months == 6


def resampled(months: list[float], fund: int, lasting: int) -> float:
    """The chance that a fund lasts some months of the given ones, without debt service."""
    asked = replace(
        ASKED,
        essential=None,
        essential_by_month=tuple(Decimal(round(amount)) for amount in months),
        debt_service=Decimal(0),
        liquid=Liquid(today=Decimal(fund)),
        target_months=Decimal(lasting),
        paths=50_000,
    )
    found = emergency_fund(asked, AS_OF).probability_lasts
    assert found is not None
    return found


@pytest.mark.parametrize(("fund", "lasting"), [(240_000, 6), (258_000, 6), (500_000, 12), (150_000, 4)])
def test_normal_months_last_as_the_closed_form_says(fund: int, lasting: int) -> None:
    """P = Phi((F - n mu) / (sd sqrt n)) for normal months; 400 quantiles stand for the distribution."""
    months = [NormalDist(40000, 8000).inv_cdf((k + 0.5) / 400) for k in range(400)]
    exact = NormalDist().cdf((fund - lasting * 40000) / (8000 * sqrt(lasting)))
    assert abs(resampled(months, fund, lasting) - exact) < 0.01


@pytest.mark.parametrize(("fund", "lasting"), [(240_000, 6), (280_000, 6), (420_000, 12)])
def test_gamma_months_last_as_the_closed_form_says(fund: int, lasting: int) -> None:
    """The sum of n gamma months of shape a and scale t is gamma of shape n a and scale t."""
    from scipy.stats import gamma

    shape, scale = 6.25, 6400.0
    months = [float(gamma.ppf((k + 0.5) / 500, shape, scale=scale)) for k in range(500)]
    exact = float(gamma.cdf(fund, lasting * shape, scale=scale))
    assert abs(resampled(months, fund, lasting) - exact) < 0.01


@pytest.mark.parametrize(("median_months", "lasting"), [(4, 6), (2, 3), (9, 12)])
def test_the_search_for_income_is_geometric(median_months: int, lasting: int) -> None:
    """Found within n months with probability 1 - (1 - h)^n, h = 1 - 2^(-1 / median); the fund lasts just n months."""
    asked = replace(
        ASKED,
        essential=None,
        essential_by_month=(Decimal(10000),) * 12,
        debt_service=Decimal(0),
        liquid=Liquid(today=Decimal(10000 * lasting)),
        job_search_months=Decimal(median_months),
        paths=50_000,
    )
    found = emergency_fund(asked, AS_OF)
    assert found.probability_until_income_returns is not None
    assert abs(found.probability_until_income_returns - (1 - 2 ** (-lasting / median_months))) < 0.01


def test_drills_name_the_accounts_and_take_what_earns_least_first() -> None:
    sources = (
        LiquidSource(id="fd", name="Deposit", tier="days", amount=Decimal(100000), annual_rate=Decimal("0.07")),
        LiquidSource(id="b", name="Saver", tier="today", amount=Decimal(120000), annual_rate=Decimal("0.05")),
        LiquidSource(id="a", name="Salary", tier="today", amount=Decimal(60000), annual_rate=Decimal("0.03")),
    )
    job_loss = emergency_fund(replace(ASKED, sources=sources), AS_OF).drills[0]
    drawn = [(draw.source_id, draw.amount) for draw in job_loss.draws]
    assert drawn == [("a", Decimal(60000)), ("b", Decimal(120000)), (None, Decimal(20000)), ("fd", Decimal(100000))]


def test_sources_beyond_their_tier_are_refused() -> None:
    source = LiquidSource(id="a", name="Salary", tier="today", amount=Decimal(200001))
    with pytest.raises(Invalid) as refused:
        emergency_fund(replace(ASKED, sources=(source,)), AS_OF)
    assert refused.value.field == "liquid.sources.0.amount"


def test_the_same_seed_gives_the_same_answer() -> None:
    assert emergency_fund(ASKED, AS_OF) == emergency_fund(ASKED, AS_OF)


def test_the_funding_plan_has_a_date_or_a_reason() -> None:
    short = replace(ASKED, stability="single_stable")
    assert emergency_fund(replace(short, monthly_saving=Decimal(40000)), AS_OF).funding.full_on == date(2026, 10, 15)
    assert emergency_fund(replace(short, monthly_saving=Decimal(-5)), AS_OF).funding.reason == "never"
    assert emergency_fund(short, AS_OF).funding.reason == "no_saving"
    assert emergency_fund(replace(short, target_months=Decimal(1)), AS_OF).funding.reason == "no_shortfall"


def test_drills_draw_the_soonest_money_first_and_never_locked_money() -> None:
    found = emergency_fund(replace(ASKED, medical_bill=Decimal(150000)), AS_OF)
    job_loss, _, medical = found.drills
    assert [(draw.tier, draw.first_month, draw.last_month) for draw in job_loss.draws] == [
        ("today", 1, 3),
        ("days", 3, 5),
    ]
    assert (job_loss.lasts_months, job_loss.lasts_until) == (found.months, date(2026, 11, 23))
    assert medical.lasts_months == Decimal("2.142857")
    assert sum(draw.amount for draw in medical.draws) == Decimal(300000)


@given(fund=st.integers(0, 8_000_000))
def test_a_job_loss_lasts_as_many_months_as_the_money_covers(fund: int) -> None:
    found = emergency_fund(replace(ASKED, liquid=Liquid(days=Decimal(fund)), paths=500), AS_OF)
    job_loss = found.drills[0]
    assert job_loss.lasts_months == found.months
    assert job_loss.lasts_until is not None
    whole = add_months(AS_OF, int(job_loss.lasts_months))
    assert whole <= job_loss.lasts_until < add_months(AS_OF, int(job_loss.lasts_months) + 1)
    assert sum(draw.amount for draw in job_loss.draws) == fund


@given(fund=st.integers(0, 2_000_000), more=st.integers(0, 500_000))
def test_more_money_never_lasts_less(fund: int, more: int) -> None:
    poorer = emergency_fund(replace(ASKED, liquid=Liquid(days=Decimal(fund)), paths=500), AS_OF)
    richer = emergency_fund(replace(ASKED, liquid=Liquid(days=Decimal(fund + more)), paths=500), AS_OF)
    assert poorer.months is not None
    assert richer.months is not None
    assert poorer.months <= richer.months
    assert poorer.probability_lasts is not None
    assert richer.probability_lasts is not None
    assert poorer.probability_lasts <= richer.probability_lasts


def test_what_is_unknown_is_none_with_a_reason() -> None:
    unknown = emergency_fund(replace(ASKED, liquid=None, liquid_reason="no_exchange_rate"), AS_OF)
    assert (unknown.months, unknown.months_reason) == (None, "no_exchange_rate")
    assert (unknown.probability_lasts, unknown.probability_lasts_reason) == (None, "no_exchange_rate")
    nothing = emergency_fund(replace(ASKED, essential=None, debt_service=Decimal(0)), AS_OF)
    assert (nothing.target, nothing.target_reason) == (None, "no_spending")


@pytest.mark.parametrize("field", ["essential", "debt_service", "deductibles", "medical_bill"])
def test_negative_amounts_are_refused(field: str) -> None:
    with pytest.raises(Invalid) as refused:
        emergency_fund(replace(ASKED, **{field: Decimal(-1)}), AS_OF)
    assert refused.value.field == field
