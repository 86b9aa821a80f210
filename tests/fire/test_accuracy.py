"""The simulation against what can be known without simulating."""

from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from finapp.fire.domain import backtest, engine, numbers, simulation, solve
from finapp.fire.domain.portfolio import Mix, Portfolio
from finapp.fire.domain.returns import Parameters, Parametric, Rows, Sequences
from finapp.fire.public import BacktestRequest, Flow, SeriesRow, SolveRequest
from tests.fire.futures import SIXTY_FORTY, plan, success_by_integration, us_annual

PATHS = 40_000


@pytest.mark.parametrize("timing", ["start", "end"])
@pytest.mark.parametrize("steps", [1, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("spending", "years", "mean", "volatility"),
    [("40000", 30, "0.05", "0.12"), ("55000", 40, "0.07", "0.18"), ("30000", 50, "0.03", "0.10")],
)
def test_lognormal_success_lies_within_four_standard_errors_of_the_integral(
    timing: str, steps: int, spending: str, years: int, mean: str, volatility: str
) -> None:
    exact = success_by_integration(
        wealth=1e6,
        spending=float(spending) / steps,
        payments=years * steps,
        mean=float(mean),
        volatility=float(volatility),
        per_year=steps,
        at_start=timing == "start",
    )
    asked = plan(
        annual_spending=Decimal(spending),
        years=years,
        timing=timing,
        steps_per_year=steps,
        paths=PATHS,
        mean=Decimal(mean),
        volatility=Decimal(volatility),
    )
    found = simulation.simulate(asked, us_annual())
    assert 0.05 < exact < 0.99
    assert abs(found.success_rate - exact) < 4 * (exact * (1 - exact) / PATHS) ** 0.5


@pytest.mark.parametrize(("timing", "due"), [("start", 0), ("end", 1)])
@pytest.mark.parametrize("steps", [1, 12])
@pytest.mark.parametrize("mean", ["0", "0.04", "-0.02"])
def test_without_volatility_the_solved_spending_is_the_annuity_to_the_cent(
    timing: str, due: int, steps: int, mean: str
) -> None:
    certain = plan(mean=Decimal(mean), volatility=Decimal(0), paths=1, timing=timing, steps_per_year=steps)
    found = solve.solve(SolveRequest(solve_for="spending", success=Decimal(1), simulation=certain), us_annual())
    rate = numbers.step_rate(Decimal(mean), steps)
    exact = numbers.annuity_due(Decimal(1_000_000), rate, 30 * steps) * (1 + rate) ** due * steps
    assert found.value is not None
    assert abs(found.value - exact) <= Decimal("0.01") * steps


def test_without_volatility_every_year_of_the_fan_is_the_closed_form_to_the_cent() -> None:
    found = simulation.simulate(plan(volatility=Decimal(0), paths=3), us_annual())
    wealth = Decimal(1_000_000)
    for value in found.percentiles.wealth["p50"]:
        assert value == round(wealth, 2)
        wealth = (wealth - 40_000) * Decimal("1.05")
    assert set(found.percentiles.spending["p5"]) == {Decimal("40000.00")}


def test_nominal_terms_with_constant_inflation_equal_real_terms() -> None:
    """(1 + 5 %)(1 + 3 %) - 1 = 8.15 % nominal, with the deviation scaled likewise."""
    real = simulation.simulate(plan(), us_annual())
    nominal = simulation.simulate(
        plan(mean=Decimal("0.0815"), volatility=Decimal("0.1236"), inflation=Decimal("0.03")), us_annual()
    )
    assert nominal.success_rate == real.success_rate
    assert nominal.conventions["terms"] == "nominal"
    pairs = zip(nominal.percentiles.wealth["p50"], real.percentiles.wealth["p50"], strict=True)
    for year, (ours, theirs) in enumerate(pairs):
        assert abs(ours - theirs * Decimal("1.03") ** year) <= Decimal("0.05")


def tiny_rows() -> Rows:
    return Rows(growth=np.array([[1.25], [1.02], [0.70]]), inflation=None)


def by_hand(spending: float, years: int) -> float:
    """The share of all 3^years sequences that pay every withdrawal, one by one in plain Python."""
    paid = 0
    for sequence in product((1.25, 1.02, 0.70), repeat=years):
        wealth = 100.0
        for growth in sequence:
            wealth -= spending
            if wealth < 0:
                break
            wealth *= growth
        else:
            paid += 1
    return paid / 3**years


@pytest.mark.parametrize("spending", [18.0, 22.0, 27.0])
def test_enumeration_of_a_tiny_series_equals_counting_by_hand(spending: float) -> None:
    years = 5
    ready = simulation.prepare(
        plan(portfolio=Decimal(100), annual_spending=Decimal(spending), years=years), us_annual()
    )
    sequences = np.array(list(product(range(3), repeat=years)))
    mix = Mix(weights=np.ones((1, 1)), rebalancing="yearly", fee=0.0, multiply_fee=True)
    every = Portfolio(draws=Sequences(rows=tiny_rows(), index=sequences, steps=1), mix=mix, steps=1, seed=0)
    assert float(ready.run(every).success.mean()) == pytest.approx(by_hand(spending, years), abs=1e-12)


@pytest.mark.parametrize("spending", [18, 22, 27])
def test_the_bootstrap_of_a_tiny_series_has_the_expectation_of_its_enumeration(spending: int) -> None:
    rows = tuple(
        SeriesRow(label=str(year), values={"portfolio": Decimal(rate)})
        for year, rate in enumerate(("0.25", "0.02", "-0.30"))
    )
    asked = plan(
        portfolio=Decimal(100), annual_spending=Decimal(spending), years=5, paths=PATHS, model="bootstrap", rows=rows
    )
    exact = by_hand(float(spending), 5)
    found = simulation.simulate(asked, us_annual())
    assert abs(found.success_rate - exact) < 4 * (exact * (1 - exact) / PATHS) ** 0.5


def success(**changes: object) -> float:
    return simulation.simulate(plan(**changes), us_annual()).success_rate


def test_success_falls_with_spending_fees_and_horizon_and_rises_with_the_portfolio() -> None:
    by_spending = [success(annual_spending=Decimal(amount)) for amount in range(20_000, 70_000, 5_000)]
    assert by_spending == sorted(by_spending, reverse=True)
    by_fee = [success(fee=Decimal(fee) / 1000) for fee in range(0, 30, 5)]
    assert by_fee == sorted(by_fee, reverse=True)
    by_horizon = [success(years=years) for years in range(10, 60, 5)]
    assert by_horizon == sorted(by_horizon, reverse=True)
    by_portfolio = [success(portfolio=Decimal(amount)) for amount in range(500_000, 2_000_000, 250_000)]
    assert by_portfolio == sorted(by_portfolio)
    assert len(set(by_spending)) > 5


def test_the_same_request_gives_the_same_answer_and_another_seed_another() -> None:
    assert simulation.simulate(plan(paths=500), us_annual()) == simulation.simulate(plan(paths=500), us_annual())
    assert success(paths=500) != success(paths=500, seed=2)


@pytest.mark.parametrize("model", ["lognormal", "normal", "student_t"])
@pytest.mark.parametrize("steps", [1, 12])
def test_drawn_years_have_the_moments_that_were_asked_for(model: str, steps: int) -> None:
    parameters = Parameters(
        means=np.array([0.07, 0.02]), deviations=np.array([0.18, 0.06]), correlation=np.array([[1.0, 0.4], [0.4, 1.0]])
    )
    count = 200_000
    drawn = Parametric(model=model, parameters=parameters, degrees=8.0, steps=steps, paths=count, seed=3, horizon=1)
    yearly = np.prod(next(iter(drawn.years())).growth, axis=0) - 1.0
    assert yearly.mean(axis=1) == pytest.approx(parameters.means, abs=4 * 0.18 / count**0.5)
    assert yearly.std(axis=1) == pytest.approx(parameters.deviations, rel=0.03)
    assert np.corrcoef(yearly)[0, 1] == pytest.approx(0.4, abs=0.03)


def test_a_cohort_is_what_a_plain_loop_over_its_years_gives() -> None:
    """1966 with 60 % stocks, rebalanced yearly, withdrawals at the start, a fee of 0.5 %: step by step."""
    asked = plan(model="historical", allocation=SIXTY_FORTY, fee=Decimal("0.005"))
    found = backtest.backtest(BacktestRequest(simulation=asked), us_annual())
    series = us_annual()
    assert series.inflation is not None
    stocks, bonds = series.assets.index("stocks"), series.assets.index("bonds")
    first = series.labels.index("1966")
    wealth, prices, years = 1_000_000.0, 1.0, 0
    for row in range(first, first + 30):
        if wealth < 40_000 * prices:
            break
        years += 1
        growth = 1 + 0.6 * series.returns[row, stocks] + 0.4 * series.returns[row, bonds]
        wealth = (wealth - 40_000 * prices) * growth * 0.995
        prices *= 1 + series.inflation[row]
    cohort = next(each for each in found.cohorts if each.start == "1966")
    assert (cohort.success, cohort.years_funded) == (False, years)


def test_a_final_balance_of_a_cohort_is_in_the_purchasing_power_of_its_start() -> None:
    asked = plan(model="historical", allocation={"stocks": Decimal(1)}, years=2, annual_spending=Decimal(0))
    found = backtest.backtest(BacktestRequest(simulation=asked), us_annual())
    expected = 1e6 * (1.4381 * 0.917) / ((1 - 0.0116) * 1.0058)
    assert float(found.cohorts[0].final) == pytest.approx(expected, abs=0.01)


def test_fees_cost_what_independent_figures_say() -> None:
    """0.5 % costs about 0.23 points of the largest safe rate and 1 % about 0.45 (60/40, 1928-2024, computed apart)."""

    def safemax(fee: str) -> Decimal:
        asked = plan(model="historical", allocation=SIXTY_FORTY, fee=Decimal(fee))
        rate = backtest.backtest(BacktestRequest(simulation=asked), us_annual()).safemax
        assert rate is not None
        return rate * 100

    assert safemax("0") - safemax("0.005") == pytest.approx(Decimal("0.23"), abs=Decimal("0.01"))
    assert safemax("0") - safemax("0.01") == pytest.approx(Decimal("0.45"), abs=Decimal("0.01"))


def test_every_path_balances_year_by_year() -> None:
    """Wealth = (wealth before + flows - spending) x growth, on a path that is opened."""
    asked = plan(open_path=7, paths=50, flows=(Flow(amount=Decimal(10_000), from_year=5),))
    opened = simulation.simulate(asked, us_annual()).opened
    assert opened is not None
    wealth = 1_000_000.0
    for year in opened:
        wealth = (wealth + float(year.flows) - float(year.spending)) * year.growth
        assert float(year.wealth) == pytest.approx(max(wealth, 0.0), abs=0.05)
    assert {float(year.flows) for year in opened[:5]} == {0.0}
    assert {float(year.flows) for year in opened[5:]} == {10_000.0}


def test_the_course_is_never_shorter_than_the_scenario() -> None:
    ready = simulation.prepare(plan(paths=2), us_annual())
    short = simulation.only(ready.market.course, 0, 10)
    with pytest.raises(ValueError, match="fewer years"):
        engine.run(ready.scenario, short, ready.rule)
