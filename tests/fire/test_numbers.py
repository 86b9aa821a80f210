"""The exact numbers against published and independently computed values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finapp.fire.domain import numbers

AMOUNTS = st.integers(0, 10**9).map(Decimal)
RATES = st.integers(-500, 500).map(lambda basis: Decimal(basis) / 10_000)


def test_the_number_is_25_times_spending_at_four_percent() -> None:
    """Bengen 1994: 4 % of the first year's capital."""
    assert numbers.fire_number(Decimal(720_000), Decimal("0.04")) == 18_000_000


def test_income_from_day_one_lowers_the_number_and_never_below_zero() -> None:
    assert numbers.fire_number(Decimal(720_000), Decimal("0.04"), Decimal(240_000)) == 12_000_000
    assert numbers.fire_number(Decimal(720_000), Decimal("0.04"), Decimal(900_000)) == 0


@pytest.mark.parametrize(
    ("real_return", "years"), [("0", "22.2"), ("0.04", "14.8"), ("0.05", "13.8"), ("0.06", "12.9")]
)
def test_time_to_independence_by_monthly_steps(real_return: str, years: str) -> None:
    """20 lakh, saving 60,000 a month, spending 60,000, 25 times: computed independently beforehand."""
    rate = numbers.step_rate(Decimal(real_return), 12)
    arrival = numbers.time_to(Decimal(2_000_000), Decimal(60_000), Decimal(18_000_000), rate)
    assert arrival.status == "on_course"
    assert arrival.exact is not None
    assert abs(arrival.exact / 12 - Decimal(years)) < Decimal("0.05")


def test_reached_on_course_and_never_are_three_answers() -> None:
    assert numbers.time_to(Decimal(100), Decimal(0), Decimal(100), Decimal("0.04")).status == "reached"
    assert numbers.time_to(Decimal(100), Decimal(0), Decimal(101), Decimal("0.04")).status == "on_course"
    assert numbers.time_to(Decimal(100), Decimal(0), Decimal(101), Decimal(0)) == numbers.Arrival(
        status="never", steps=None, exact=None
    )


def test_savings_that_do_not_outrun_a_negative_return_never_arrive() -> None:
    """The balance converges to S/-r = 1,000 and never sees 1,001, but does see 999."""
    assert numbers.time_to(Decimal(0), Decimal(50), Decimal(1_001), Decimal("-0.05")).status == "never"
    assert numbers.time_to(Decimal(0), Decimal(50), Decimal(999), Decimal("-0.05")).status == "on_course"


def test_returns_can_carry_negative_savings() -> None:
    assert numbers.time_to(Decimal(1_000), Decimal(-40), Decimal(2_000), Decimal("0.05")).status == "on_course"
    assert numbers.time_to(Decimal(1_000), Decimal(-50), Decimal(2_000), Decimal("0.05")).status == "never"


@given(assets=AMOUNTS, saving=st.integers(-(10**6), 10**6).map(Decimal), target=AMOUNTS, rate=RATES)
def test_the_arrival_is_the_first_step_at_which_the_balance_suffices(
    assets: Decimal, saving: Decimal, target: Decimal, rate: Decimal
) -> None:
    arrival = numbers.time_to(assets, saving, target, rate)
    if arrival.steps is None:
        assert all(numbers.grown(assets, saving, rate, steps) < target for steps in (0, 1, 10, 100, 1_000))
    elif arrival.steps <= 10_000:
        close = Decimal("1e-12") * (1 + target)
        assert numbers.grown(assets, saving, rate, arrival.steps) >= target - close
        if arrival.steps:
            assert numbers.grown(assets, saving, rate, arrival.steps - 1) < target + close


@given(target=AMOUNTS, rate=RATES, years=st.integers(0, 60))
def test_the_coast_number_grows_to_the_target(target: Decimal, rate: Decimal, years: int) -> None:
    coast = numbers.coast_number(target, rate, Decimal(years))
    assert abs(numbers.grown(coast, Decimal(0), rate, years) - target) <= Decimal("1e-15") * (1 + target)


@given(assets=AMOUNTS, saving=st.integers(0, 10**6).map(Decimal), target=AMOUNTS, rate=RATES, steps=st.integers(1, 600))
def test_after_coasting_begins_growth_alone_reaches_the_target(
    assets: Decimal, saving: Decimal, target: Decimal, rate: Decimal, steps: int
) -> None:
    rate /= 12
    coast = numbers.coast_number(target, rate, Decimal(steps))
    arrival = numbers.time_to_coast(assets, saving, coast, rate, steps)
    if arrival.steps is None:
        assert arrival.status == "never"
        return
    stopped = numbers.grown(assets, saving, rate, arrival.steps)
    left = steps - arrival.steps
    assert numbers.grown(stopped, Decimal(0), rate, left) >= target * (1 - Decimal("1e-12"))
    if arrival.steps:
        before = numbers.grown(assets, saving, rate, arrival.steps - 1)
        assert numbers.grown(before, Decimal(0), rate, left + 1) < target * (1 + Decimal("1e-12")) + 1


@given(capital=AMOUNTS, rate=RATES, payments=st.integers(1, 80))
def test_the_annuity_due_empties_the_capital(capital: Decimal, rate: Decimal, payments: int) -> None:
    payment, balance = numbers.annuity_due(capital, rate, payments), capital
    for _ in range(payments):
        balance = (balance - payment) * (1 + rate)
    assert abs(balance) <= Decimal("1e-12") * (1 + capital)


def test_runway_without_growth_is_a_quotient() -> None:
    assert numbers.runway_months(Decimal(300_000), Decimal(50_000)) == (6, None)
    assert numbers.runway_months(Decimal(0), Decimal(50_000)) == (0, None)
    assert numbers.runway_months(Decimal(300_000), Decimal(0)) == (None, "no_need")


def test_runway_with_growth_solves_the_month_end_annuity() -> None:
    months, reason = numbers.runway_months(Decimal(300_000), Decimal(50_000), Decimal("0.01"))
    assert reason is None
    assert months is not None
    present = Decimal(50_000) * (1 - Decimal("1.01") ** -months) / Decimal("0.01")
    assert abs(present - 300_000) < Decimal("1e-12")
    assert numbers.runway_months(Decimal(5_000_000), Decimal(50_000), Decimal("0.01")) == (None, "never_runs_out")


def test_the_savings_rate_of_no_income_is_no_number() -> None:
    assert numbers.savings_rate(Decimal(120_000), Decimal(90_000)) == Decimal("0.25")
    assert numbers.savings_rate(Decimal(0), Decimal(80_000)) is None


def test_the_real_return_is_a_quotient_not_a_difference() -> None:
    assert numbers.real_return(Decimal("0.10"), Decimal("0.06")).quantize(Decimal("0.000001")) == Decimal("0.037736")
