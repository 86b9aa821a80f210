"""The health score: monotone in each component, without cliffs, its parts adding up, its steps found by re-scoring."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.dashboard.domain import health
from finapp.dashboard.domain.curves import at
from finapp.dashboard.domain.health_model import LEAST_COVERAGE, MODEL
from finapp.dashboard.public import ComponentName, HealthScore

D = Decimal
AS_OF = date(2026, 7, 15)
HOUSEHOLD = health.Facts(
    currency="INR",
    income=D("120000.00"),
    expenses=D("50000.00"),
    discretionary=D("13200.00"),
    debt_service=D("30000.00"),
    saved=D("40000.00"),
    liquid=D("140000.00"),
    monthly_need=D("66800.00"),
    target_months=D(6),
    assets=D("140000.00"),
    debts=D("70000.00"),
    by_class={"bank": D("140000.00")},
    liquid_by_class={"bank": D("140000.00")},
    expected_payments=60,
    missed_payments=0,
    insured=True,
    net_worth_change=D("90000.00"),
    reasons={},
)
RISING = {"savings_rate", "emergency_cover", "on_time_payments", "insurance", "diversification", "net_worth_trend"}
NAMES = st.sampled_from(sorted(MODEL))
VALUES = st.decimals(-2, 20, allow_nan=False, places=4)
AMOUNTS = st.decimals(0, 500_000, places=2)


def scored(facts: health.Facts) -> HealthScore:
    return health.score(facts, AS_OF, complete=True)


def total(facts: health.Facts) -> Decimal:
    found = scored(facts).score
    assert found is not None
    return found


def test_the_weights_are_the_whole() -> None:
    assert sum(measure.weight for measure in MODEL.values()) == 1


@given(NAMES, VALUES, VALUES)
def test_every_curve_only_rises_or_only_falls(name: ComponentName, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    knots = MODEL[name].knots
    before, after = at(knots, low), at(knots, high)
    assert before <= after if name in RISING else before >= after
    assert 0 <= before <= 100


@given(NAMES, VALUES)
def test_no_curve_has_a_cliff(name: ComponentName, value: Decimal) -> None:
    knots = MODEL[name].knots
    steepest = max(abs((right.score - left.score) / (right.value - left.value)) for left, right in pairwise(knots))
    step = D("0.0001")
    assert abs(at(knots, value + step) - at(knots, value)) <= steepest * step


@pytest.mark.parametrize("name", sorted(MODEL))
def test_a_curve_goes_through_its_knots(name: ComponentName) -> None:
    knots = MODEL[name].knots
    assert [at(knots, knot.value) for knot in knots] == [knot.score for knot in knots]


@given(AMOUNTS, AMOUNTS)
def test_more_liquid_money_never_lowers_the_score(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert total(replace(HOUSEHOLD, liquid=low)) <= total(replace(HOUSEHOLD, liquid=high))


@given(AMOUNTS, AMOUNTS)
def test_spending_less_never_lowers_the_savings_part(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    values = [health.values(replace(HOUSEHOLD, saved=D(90_000) - spent))["savings_rate"] for spent in (low, high)]
    assert values[0] is not None
    assert values[1] is not None
    assert values[0] >= values[1]


@given(AMOUNTS, AMOUNTS)
def test_more_debt_never_raises_the_score(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert total(replace(HOUSEHOLD, debts=low)) >= total(replace(HOUSEHOLD, debts=high))


@given(st.sets(st.sampled_from(["income", "liquid", "assets", "by_class", "expected_payments", "insured"])))
def test_the_parts_add_up_and_what_is_missing_is_never_zero(missing: set[str]) -> None:
    found = scored(replace(HOUSEHOLD, **dict.fromkeys(missing)))
    known = [each for each in found.components if each.value is not None]
    assert found.coverage == sum(each.weight for each in known)
    assert all(each.contribution is None and each.value_reason for each in found.components if each.value is None)
    if found.score is not None:
        contributions = [each.contribution for each in known if each.contribution is not None]
        assert found.score == min(sum(contributions), D(100))


def test_a_missing_component_counts_neither_for_nor_against() -> None:
    even = replace(HOUSEHOLD, insured=None)
    parts = [each for each in scored(HOUSEHOLD).components if each.name != "insurance"]
    expected = sum((each.score or D(0)) * each.weight for each in parts) / D("0.9")
    assert abs(total(even) - expected) < D("0.05")


def test_with_too_little_known_there_is_no_score() -> None:
    found = scored(health.Facts(reasons={"savings_rate": "no_months"}))
    assert (found.score, found.score_reason, found.coverage, found.next_best) == (None, "too_little_known", 0, ())
    assert found.coverage < LEAST_COVERAGE
    assert {each.name: each.value_reason for each in found.components}["savings_rate"] == "no_months"


def test_savings_just_below_and_above_a_tenth_score_almost_alike() -> None:
    low, high = (replace(HOUSEHOLD, income=D("120000"), expenses=D(spent)) for spent in ("78120", "77880"))
    assert abs(total(low) - total(high)) < D("0.2")


def test_the_score_of_a_household_by_hand() -> None:
    """Savings rate 1/3: 80 + 20 x (0.33333 - 0.2)/0.15 = 97.78; cover 2.0958 months: 50 + 25 x 0.5958/2.5 = 55.96;
    debt service 0.25: 100 - 25 x 0.25/0.28 = 77.68; debt to assets 0.5: 80 - 30 x 2/3 = 60; on time, insured: 100;
    one class: 30; trend 90000/600000 = 0.15: 40 + 30 x 0.6 = 58."""
    found = scored(HOUSEHOLD)
    scores = {each.name: each.score for each in found.components}
    assert scores == {
        "savings_rate": D("97.78"),
        "emergency_cover": D("55.96"),
        "debt_service": D("77.68"),
        "debt_to_assets": D("60.00"),
        "on_time_payments": D("100.00"),
        "insurance": D("100.00"),
        "diversification": D("30.00"),
        "net_worth_trend": D("58.00"),
    }
    assert found.score == D("75.70")
    assert found.band == "coping"


def test_a_step_says_the_score_that_the_changed_household_would_have() -> None:
    steps = {step.name: step for step in scored(HOUSEHOLD).next_best}
    less = steps["spend_less"]
    changed = replace(HOUSEHOLD, expenses=D("50000.00") - less.amount, saved=D("40000.00") + less.amount)
    assert less.amount == D("1320.00")
    assert less.score == total(changed)
    assert less.gain == total(changed) - total(HOUSEHOLD)
    filled = steps["fill_buffer"]
    richer = replace(
        HOUSEHOLD,
        liquid=D("206800.00"),
        assets=D("206800.00"),
        by_class={"bank": D("206800.00")},
        net_worth_change=D("156800.00"),
    )
    assert (filled.amount, filled.score) == (D("66800.00"), total(richer))
    gains = [step.gain for step in scored(HOUSEHOLD).next_best]
    assert gains == sorted(gains, reverse=True)


def test_only_money_above_the_emergency_target_repays_debt() -> None:
    rich = replace(HOUSEHOLD, liquid=D("500000.00"), assets=D("500000.00"))
    steps = {step.name: step for step in scored(rich).next_best}
    assert steps["repay_debt"].amount == D("70000.00")
    assert "repay_debt" not in {step.name for step in scored(HOUSEHOLD).next_best}


def test_a_repayment_is_scored_with_what_is_then_left_of_each_class() -> None:
    owned = {"property": D("3000000.00"), "bank": D("500000.00"), "deposit": D("3500000.00")}
    rich = replace(
        HOUSEHOLD,
        liquid=D("4000000.00"),
        assets=D("7000000.00"),
        debts=D("2400000.00"),
        by_class=owned,
        liquid_by_class={"bank": D("500000.00"), "deposit": D("3500000.00")},
    )
    (step,) = (each for each in scored(rich).next_best if each.name == "repay_debt")
    after = replace(
        rich,
        liquid=D("1600000.00"),
        assets=D("4600000.00"),
        debts=D(0),
        by_class={"property": D("3000000.00"), "bank": D(0), "deposit": D("1600000.00")},
    )
    assert (step.amount, step.score) == (D("2400000.00"), total(after))
    assert step.score < total(replace(after, by_class=owned))


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_every_step_raises_the_score(expenses: Decimal, liquid: Decimal, debts: Decimal) -> None:
    found = scored(replace(HOUSEHOLD, expenses=expenses, liquid=liquid, debts=debts))
    assert found.score is not None
    assert all(step.gain > 0 and step.score == found.score + step.gain for step in found.next_best)
