"""Errors, intervals, survival, and the request's limits."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.fire.domain import simulation, statistics
from finapp.fire.domain.portfolio import Process, remembered
from finapp.fire.public import (
    Correlation,
    Earner,
    Flow,
    GlidePoint,
    InflationProcess,
    Moments,
    Person,
    SeriesRow,
    Simulation,
    TaxRate,
)
from finapp.kernel.errors import Invalid
from tests.fire.futures import SIXTY_FORTY, plan, us_annual

HALVES = {"stocks": Decimal("0.5"), "bonds": Decimal("0.5")}


def simulated(**changes: Any) -> Simulation:
    return simulation.simulate(plan(**changes), us_annual())


def test_the_wilson_interval_is_the_published_one() -> None:
    """R. Newcombe, Statistics in Medicine 17, 1998, table I: 81/263, 15/148, 0/20, 1/29 by Wilson's score method."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (successes, count), (low, high) in published.items():
        found = statistics.wilson(successes, count)
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


def test_the_standard_error_is_that_of_a_share() -> None:
    assert statistics.standard_error(0.9, 10_000) == pytest.approx(0.003)
    found = simulated(paths=2_000)
    assert found.standard_error == pytest.approx((found.success_rate * (1 - found.success_rate) / 2_000) ** 0.5)
    assert found.interval is not None
    assert found.interval.low < found.success_rate < found.interval.high


def test_percentiles_are_those_of_numpy_rounded_to_the_cent() -> None:
    rows = np.random.Generator(np.random.PCG64(1)).lognormal(10, 1, (3, 501))
    found = statistics.percentiles(rows, simulation.to_money("USD"))
    for level in statistics.LEVELS:
        expected = [round(Decimal(float(value)), 2) for value in np.percentile(rows, level, axis=1)]
        assert list(found[f"p{level}"]) == expected


def test_depletion_and_shortfall_describe_the_failing_paths_only() -> None:
    found = simulated(annual_spending=Decimal(60_000), age=Decimal(60), paths=3_000)
    assert found.depletion_years is not None
    failed = 3_000 - round(found.success_rate * 3_000)
    assert sum(found.depletion_years.by_year.values()) == failed
    assert found.depletion_years.median_age == 60 + found.depletion_years.median
    assert found.shortfall is not None
    assert 0 < found.shortfall.median < 60_000 * 30
    safe = simulated(annual_spending=Decimal(1), paths=100)
    assert (safe.depletion_years, safe.depletion_years_reason) == (None, "no_failure")
    assert (safe.shortfall, safe.shortfall_reason) == (None, "no_failure")


def test_survival_is_gompertz_and_couples_outlive_singles() -> None:
    """Half of those aged x are alive at the t with exp((x - m)/b)(exp(t/b) - 1) = ln 2."""
    single = statistics.survival([Person(age=Decimal(65))], 60)
    median = 10 * np.log(1 + np.log(2) / np.exp((65 - 88) / 10))
    assert float(np.interp(median, np.arange(61), single)) == pytest.approx(0.5, abs=0.001)
    couple = statistics.survival([Person(age=Decimal(65)), Person(age=Decimal(65))], 60)
    assert (couple[1:50] > single[1:50]).all()


def test_lifetime_success_is_higher_than_success_over_the_whole_horizon() -> None:
    found = simulated(annual_spending=Decimal(50_000), years=40, people=(Person(age=Decimal(65)),))
    assert found.lifetime_success_rate is not None
    assert found.success_rate < found.lifetime_success_rate < 1


def test_autoregressive_inflation_has_its_long_run_mean_and_deviation() -> None:
    years = Process(mean=0.03, volatility=0.02, persistence=0.6).years(20_000, seed=1)
    drawn = [next(years) for _ in range(40)][-1]
    assert np.mean(drawn) == pytest.approx(0.03, abs=0.001)
    assert np.std(drawn) == pytest.approx(0.02 / (1 - 0.36) ** 0.5, rel=0.03)


def test_uncertain_inflation_lowers_success_when_returns_are_nominal() -> None:
    nominal = {"mean": Decimal("0.08"), "volatility": Decimal("0.12")}
    constant = simulated(inflation=Decimal("0.03"), **nominal)
    process = InflationProcess(mean=Decimal("0.03"), volatility=Decimal("0.02"), persistence=Decimal("0.8"))
    drawn = simulated(inflation_process=process, **nominal)
    assert drawn.success_rate < constant.success_rate


def test_row_inflation_replaced_by_a_constant_keeps_the_real_returns() -> None:
    own = simulated(model="historical", allocation=SIXTY_FORTY)
    replaced = simulated(model="historical", allocation=SIXTY_FORTY, inflation=Decimal("0.05"))
    assert replaced.success_rate == own.success_rate
    assert replaced.conventions["terms"] == "nominal"
    assert own.conventions["terms"] == "real"


def test_own_moments_of_one_asset_equal_mean_and_volatility() -> None:
    moments = {"fund": Moments(mean=Decimal("0.05"), volatility=Decimal("0.12"))}
    assert simulated(assets=moments, allocation={"fund": Decimal(1)}).success_rate == simulated().success_rate


def test_correlated_assets_have_the_mean_and_deviation_of_the_mix() -> None:
    moments = {
        "stocks": Moments(mean=Decimal("0.07"), volatility=Decimal("0.18")),
        "bonds": Moments(mean=Decimal("0.02"), volatility=Decimal("0.06")),
    }
    pair = (Correlation(first="stocks", second="bonds", value=Decimal("0.2")),)
    asked = plan(assets=moments, allocation=HALVES, correlations=pair, model="normal", paths=100_000)
    year = next(iter(simulation.prepare(asked, us_annual()).market.course.years())).growth[0]
    variance = 0.25 * (0.18**2 + 0.06**2 + 2 * 0.2 * 0.18 * 0.06)
    assert year.mean() == pytest.approx(1.045, abs=0.002)
    assert year.std() == pytest.approx(variance**0.5, rel=0.02)


def test_blocks_keep_years_together() -> None:
    rows = tuple(SeriesRow(label=str(2000 + year), values={"portfolio": Decimal(year) / 100}) for year in range(50))
    asked = plan(model="block_bootstrap", rows=rows, paths=4_000, block_length=Decimal(5), years=20)
    years = [year.growth[0] for year in remembered(simulation.prepare(asked, us_annual()).market.course, 20).kept]
    follows = [np.isclose((after - before) * 100 % 50, 1) for before, after in itertools.pairwise(years)]
    assert np.mean(follows) == pytest.approx(0.8 + 0.2 / 50, abs=0.01)


def test_flows_contributions_and_waiting_change_the_plan() -> None:
    base = simulated(annual_spending=Decimal(55_000)).success_rate
    pension = Flow(amount=Decimal(20_000), from_year=10)
    assert simulated(annual_spending=Decimal(55_000), flows=(pension,)).success_rate > base
    waiting = simulated(annual_spending=Decimal(55_000), retire_after_years=5, contributions=Decimal(10_000))
    assert waiting.success_rate > base
    assert set(waiting.percentiles.spending["p50"][:5]) == {Decimal("0.00")}


def test_a_dated_tax_is_grossed_up_from_the_year_it_begins() -> None:
    """20 % from the third year on: 40,000 spent costs 50,000 from then, without any return."""
    still: dict[str, Any] = {"mean": Decimal(0), "volatility": Decimal(0), "paths": 1, "years": 4}
    taxes = (TaxRate(rate=Decimal("0.2"), start=date(2027, 6, 1)),)
    found = simulated(**still, withdrawal_tax=taxes)
    assert [int(value) for value in found.percentiles.wealth["p50"]] == [1_000_000, 960_000, 920_000, 870_000, 820_000]
    assert found.conventions["withdrawal_tax"] == "0.2 from 2027-06-01"
    from_now = simulated(**still, withdrawal_tax=(TaxRate(rate=Decimal("0.2")),))
    assert from_now.percentiles.wealth["p50"][-1] == Decimal("800000.00")


def test_the_newest_tax_that_has_begun_holds() -> None:
    still: dict[str, Any] = {"mean": Decimal(0), "volatility": Decimal(0), "paths": 1, "years": 3}
    rates = (("0.5", date(2028, 1, 1)), ("0.2", None), ("0.36", date(2027, 1, 1)))
    taxes = tuple(TaxRate(rate=Decimal(rate), start=start) for rate, start in rates)
    found = simulated(**still, withdrawal_tax=taxes)
    assert [int(value) for value in found.percentiles.wealth["p50"]] == [1_000_000, 950_000, 887_500, 807_500]


def test_what_stays_unpaid_is_counted_after_tax() -> None:
    """45,000 pay 36,000 after 20 % tax: 4,000 of the 40,000 wanted stay unpaid."""
    tax = (TaxRate(rate=Decimal("0.2")),)
    found = simulated(
        mean=Decimal(0), volatility=Decimal(0), paths=1, years=1, portfolio=Decimal(45_000), withdrawal_tax=tax
    )
    assert found.percentiles.spending["p50"] == (Decimal("36000.00"),)
    assert found.shortfall is not None
    assert (found.shortfall.mean, found.shortfall.mean_share) == (Decimal("4000.00"), pytest.approx(0.1))


def test_two_earners_stop_at_dates_of_their_own() -> None:
    still: dict[str, Any] = {"mean": Decimal(0), "volatility": Decimal(0), "paths": 1, "years": 4}
    couple = (Earner(amount=Decimal(10_000), years=1), Earner(amount=Decimal(20_000), years=3))
    found = simulated(**still, annual_spending=Decimal(0), earners=couple)
    assert [int(value) for value in found.percentiles.wealth["p50"]] == [
        1_000_000,
        1_030_000,
        1_050_000,
        1_070_000,
        1_070_000,
    ]


def test_locked_money_cannot_be_spent_before_its_time() -> None:
    open_money = simulated(volatility=Decimal(0), paths=1)
    locked = simulated(volatility=Decimal(0), paths=1, locked=Decimal(900_000), locked_years=5)
    assert open_money.success_rate == 1
    assert locked.success_rate == 0
    assert locked.years_funded["p50"] == 2
    assert simulated(volatility=Decimal(0), paths=1, locked=Decimal(700_000), locked_years=5).success_rate == 1


def test_a_minimum_spending_makes_flexible_rules_fail() -> None:
    from finapp.fire.public import Strategy

    flexible = {"strategy": Strategy(kind="constant_percent"), "paths": 1_000}
    assert simulated(**flexible).success_rate == 1
    assert simulated(**flexible, minimum_spending=Decimal(35_000)).success_rate < 1


ROW = SeriesRow(label="2000", values={"portfolio": Decimal("0.05")})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paths": 0}, "paths"),
        ({"paths": 10**9}, "paths"),
        ({"paths": 200_000, "steps_per_year": 12, "years": 60}, "paths"),
        ({"years": 0}, "years"),
        ({"years": -5}, "years"),
        ({"portfolio": Decimal(-1)}, "portfolio"),
        ({"annual_spending": Decimal(-1)}, "annual_spending"),
        ({"seed": -1}, "seed"),
        ({"mean": None}, "mean"),
        ({"volatility": None}, "volatility"),
        ({"volatility": Decimal(-1)}, "volatility"),
        ({"fee": Decimal(1)}, "fee"),
        ({"degrees": Decimal(2)}, "degrees"),
        ({"model": "bootstrap", "rows": (ROW,)}, "series"),
        ({"model": "bootstrap", "rows": (ROW, SeriesRow(label="2002", values=ROW.values))}, "series.1.year"),
        ({"model": "bootstrap", "rows": (ROW, SeriesRow(label="2001", values={"x": Decimal(0)}))}, "series.1"),
        ({"model": "historical", "allocation": {"stocks": Decimal("0.9")}}, "allocation"),
        (
            {"model": "historical", "allocation": {"stocks": Decimal("1.5"), "bonds": Decimal("-0.5")}},
            "allocation.stocks",
        ),
        ({"model": "historical", "allocation": {"tulips": Decimal(1)}}, "allocation"),
        ({"model": "historical", "allocation": SIXTY_FORTY, "years": 98}, "years"),
        (
            {"allocation": SIXTY_FORTY, "glide_path": (GlidePoint(year=0, allocation=SIXTY_FORTY),)},
            "glide_path.0.year",
        ),
        ({"retire_after_years": 30}, "retire_after_years"),
        ({"open_path": 10_000}, "open_path"),
        ({"open_path": 68, "model": "historical", "allocation": SIXTY_FORTY}, "open_path"),
        ({"locked": Decimal(2_000_000)}, "locked"),
        ({"flows": (Flow(amount=Decimal(1), growth=Decimal(-1)),)}, "flows.0.growth"),
        ({"inflation": Decimal("0.02"), "inflation_process": InflationProcess(mean=Decimal(0))}, "inflation_process"),
    ],
)
def test_an_input_outside_its_range_is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        simulated(**changes)
    assert refusal.value.field == field


def test_a_request_over_the_budget_names_the_limit() -> None:
    with pytest.raises(Invalid, match="75,000,000"):
        simulated(paths=200_000, steps_per_year=12, years=60)


def test_locked_money_opens_at_the_start_of_its_year() -> None:
    """200,000 pay five withdrawals of 40,000; the sixth needs the locked part, which must be open by then."""
    still: dict[str, Any] = {"mean": Decimal(0), "volatility": Decimal(0), "paths": 1, "portfolio": Decimal(1_400_000)}
    in_time = simulated(**still, locked=Decimal(1_200_000), locked_years=5)
    late = simulated(**still, locked=Decimal(1_200_000), locked_years=6)
    assert (in_time.success_rate, late.success_rate) == (1, 0)
    assert late.years_funded["p50"] == 5


def test_whoever_has_enough_for_the_horizon_has_enough_for_life() -> None:
    found = simulated(annual_spending=Decimal(1), paths=50, years=10, people=(Person(age=Decimal(60)),))
    assert found.lifetime_success_rate == pytest.approx(1)


@pytest.mark.parametrize("steps", [1, 12])
@pytest.mark.parametrize(("rule", "kept"), [("multiply", 1.05 * 0.99), ("subtract", None)])
def test_a_yearly_fee_costs_the_same_in_yearly_and_monthly_steps(steps: int, rule: str, kept: float | None) -> None:
    found = simulated(
        volatility=Decimal(0),
        paths=1,
        annual_spending=Decimal(0),
        fee=Decimal("0.01"),
        fee_rule=rule,
        steps_per_year=steps,
    )
    yearly = kept if kept is not None else (1.05 ** (1 / steps) - 0.01 / steps) ** steps
    assert float(found.percentiles.wealth["p50"][-1]) == pytest.approx(1e6 * yearly**30, abs=0.01)


def test_replaced_inflation_keeps_real_returns_in_monthly_steps_too() -> None:
    shared: dict[str, Any] = {"model": "historical", "allocation": SIXTY_FORTY, "steps_per_year": 12, "years": 20}
    own, replaced = simulated(**shared), simulated(**shared, inflation=Decimal("0.05"))
    for year, (ours, theirs) in enumerate(
        zip(replaced.percentiles.wealth["p50"], own.percentiles.wealth["p50"], strict=True)
    ):
        assert float(ours) == pytest.approx(float(theirs) * 1.05**year, abs=0.05)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    length=st.sampled_from([1, 2, 999, 1_000, 3_000]),
    spread=st.sampled_from([0.0, 1e-6, 0.1, 3.0, 60.0]),
    nothing=st.sampled_from([0.0, 0.01, 0.3, 1.0]),
    most=st.sampled_from([0.0, 0.6, 0.97]),
    below=st.booleans(),
)
def test_order_statistics_are_those_of_the_sorted_row(
    seed: int, length: int, spread: float, nothing: float, most: float, below: bool
) -> None:
    generator = np.random.default_rng(seed)
    row = np.exp(spread * generator.standard_normal(length)) * 1e5
    row[generator.random(length) < nothing] = -0.0
    row[generator.random(length) < most] = row.max()
    if below:
        row -= 1e5
    places = np.sort(generator.integers(0, length, 14))
    assert np.array_equal(statistics.ordered(row, places), np.sort(row)[places])


def test_the_percentiles_of_ten_thousand_paths_are_those_of_numpy() -> None:
    outcome = simulation.prepare(plan(paths=10_000, years=40), us_annual()).run()
    for rows in (outcome.wealth, outcome.spending):
        found = statistics.percentiles(rows, simulation.to_money("USD"))
        for level in statistics.LEVELS:
            assert [float(value) for value in found[f"p{level}"]] == pytest.approx(
                np.percentile(rows, level, axis=1), abs=0.0051
            )
