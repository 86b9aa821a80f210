"""Spending rules: their published arithmetic, their limits, and what none of them may do."""

from decimal import Decimal
from typing import Any, get_args

import numpy as np
import pytest
from pydantic import ValidationError

from finapp.fire.domain import simulation
from finapp.fire.domain.engine import Outcome
from finapp.fire.domain.returns import Rows
from finapp.fire.domain.series import Series
from finapp.fire.domain.strategies.annuity import distribution_period
from finapp.fire.domain.strategies.base import annuity_due
from finapp.fire.public import SeriesRow, Strategy, StrategyKind
from finapp.fire.schemas import SimulationBody
from finapp.kernel.errors import Invalid
from tests.fire.futures import SIXTY_FORTY, plan, us_annual

NEEDED: dict[str, dict[str, Any]] = {
    "cape": {"cape": Decimal(25)},
    "custom_floor": {"floor_amount": Decimal(30_000)},
    "rmd": {"age": 72},
}
KINDS = get_args(StrategyKind)


def ruled(kind: str, **parameters: Any) -> Strategy:
    return Strategy(kind=kind, **{**NEEDED.get(kind, {}), **parameters})  # type: ignore[arg-type]


def outcome(strategy: Strategy, **changes: Any) -> Outcome:
    return simulation.prepare(plan(strategy=strategy, **changes), us_annual()).run()


def on_rows(strategy: Strategy, *rows: tuple[str, str], spending: int = 40_000) -> list[float]:
    """What is spent year by year on given nominal returns and inflations, deflated back to money of the day."""
    given = tuple(
        SeriesRow(label=str(2000 + number), values={"portfolio": Decimal(rate), "inflation": Decimal(prices)})
        for number, (rate, prices) in enumerate((*rows, ("0", "0")))
    )
    found = outcome(strategy, model="historical", rows=given, years=len(rows), annual_spending=Decimal(spending))
    level, spent = 1.0, []
    for year, (_, prices) in enumerate(rows):
        spent.append(float(found.spending[year, 0]) * level)
        level *= 1 + float(prices)
    return spent


def test_there_are_at_least_fifteen_rules_and_each_names_its_source() -> None:
    assert len(KINDS) >= 15
    for kind in KINDS:
        conventions = simulation.prepare(plan(strategy=ruled(kind), age=Decimal(60)), us_annual()).conventions
        assert conventions["strategy"] == kind


def test_parameters_that_were_left_open_are_echoed_as_resolved() -> None:
    vpw = simulation.prepare(
        plan(strategy=ruled("vpw"), age=Decimal(60), model="historical", allocation=SIXTY_FORTY), us_annual()
    ).conventions
    assert (vpw["strategy.rate"], vpw["strategy.age"], vpw["strategy.end_age"]) == ("0.0376", "60", "100")
    percent = simulation.prepare(plan(strategy=ruled("constant_percent")), us_annual()).conventions
    assert percent["strategy.rate"] == "first year's spending / portfolio"


def test_nominal_rules_in_a_market_without_prices_say_so() -> None:
    bare = simulation.prepare(plan(strategy=ruled("guyton_klinger")), us_annual()).conventions
    priced = simulation.prepare(
        plan(strategy=ruled("guyton_klinger"), inflation=Decimal("0.02")), us_annual()
    ).conventions
    assert "strategy.note" in bare
    assert "strategy.note" not in priced


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("timing", ["start", "end"])
@pytest.mark.parametrize("steps", [1, 12])
def test_no_rule_spends_what_is_not_there(kind: str, timing: str, steps: int) -> None:
    found = outcome(
        ruled(kind), model="block_bootstrap", allocation=SIXTY_FORTY, paths=300, timing=timing, steps_per_year=steps
    )
    assert (found.wealth >= 0).all()
    assert (found.spending >= 0).all()
    assert (found.spending <= found.wanted + 1e-6).all()
    short = (found.spending < found.wanted - 0.01).any(axis=0)
    assert (short <= ~found.success).all()


@pytest.mark.parametrize("kind", ["constant_percent", "vpw", "amortization", "rmd", "one_over_n", "cape"])
def test_rules_that_follow_the_portfolio_never_run_dry(kind: str) -> None:
    found = outcome(ruled(kind), model="bootstrap", allocation=SIXTY_FORTY, paths=500)
    assert found.success.all()


def test_constant_real_spending_keeps_up_with_prices() -> None:
    spent = on_rows(ruled("constant_real"), ("0.05", "0.10"), ("0.05", "0.20"), ("0.05", "0"))
    assert spent == pytest.approx([40_000, 44_000, 52_800])


def test_floor_and_ceiling_hold_spending_between_90_and_125_percent() -> None:
    spent = on_rows(ruled("floor_ceiling"), ("-0.40", "0"), ("2.00", "0"), ("0", "0"))
    assert spent == pytest.approx([40_000, 36_000, 50_000])


def test_guyton_klinger_skips_the_rise_after_a_loss_and_cuts_above_the_guardrail() -> None:
    """First year 4 %. After -5 % the inflation rise of 3 % is skipped: the rate would exceed 4 %. After -30 % the rate
    exceeds 4.8 %: less 10 %."""
    keeps = {"preservation_years": 0}
    spent = on_rows(ruled("guyton_klinger", **keeps), ("-0.05", "0.03"), ("-0.30", "0.03"), ("0", "0"))
    wealth = (960_000 * 0.95 - 40_000) * 0.70
    assert 40_000 / wealth > 0.048
    assert spent == pytest.approx([40_000, 40_000, 36_000])


def test_guyton_klinger_raises_after_prosperity_and_caps_the_inflation_rise() -> None:
    spent = on_rows(ruled("guyton_klinger"), ("0.60", "0.10"), ("0", "0"), ("0", "0"))
    assert spent[1] == pytest.approx(40_000 * 1.06 * 1.10)
    uncapped = on_rows(ruled("guyton_klinger", rules=("prosperity",)), ("0.60", "0.10"), ("0", "0"), ("0", "0"))
    assert uncapped[1] == pytest.approx(40_000 * 1.10 * 1.10)


def test_guyton_klinger_does_not_cut_in_the_last_fifteen_years() -> None:
    spent = on_rows(ruled("guyton_klinger"), ("-0.50", "0"), ("0", "0"), ("0", "0"))
    assert spent[1] == pytest.approx(40_000)


def test_vanguard_dynamic_moves_at_most_five_up_and_two_and_a_half_down() -> None:
    spent = on_rows(ruled("vanguard_dynamic"), ("-0.40", "0.02"), ("2.00", "0.02"), ("0", "0"))
    first_cut = 40_000 * 1.02 * 0.975
    assert spent == pytest.approx([40_000, first_cut, first_cut * 1.02 * 1.05])


def test_the_ratchet_only_rises_and_waits_three_years() -> None:
    up = ("0.60", "0")
    spent = on_rows(ruled("ratchet"), up, up, up, up, ("-0.50", "0"))
    assert spent == pytest.approx([40_000, 44_000, 44_000, 44_000, 48_400])


def test_the_95_percent_rule_falls_by_at_most_five_percent() -> None:
    spent = on_rows(ruled("ninety_five"), ("-0.40", "0"), ("-0.40", "0"), ("0", "0"))
    assert spent == pytest.approx([40_000, 38_000, 36_100])


def test_the_endowment_rule_weighs_last_year_and_the_portfolio() -> None:
    spent = on_rows(ruled("endowment"), ("-0.25", "0.02"), ("0", "0"))
    assert spent[1] == pytest.approx(0.7 * 40_000 * 1.02 + 0.3 * 0.04 * 960_000 * 0.75)


def test_hebeler_weighs_last_year_and_an_annuity() -> None:
    spent = on_rows(ruled("hebeler"), ("0", "0.02"), ("0", "0"))
    payment = float(annuity_due(0.0145, 1.0, np.array([960_000.0]))[0])
    assert spent[1] == pytest.approx(0.75 * 40_000 * 1.02 + 0.25 * payment)


def test_vpw_at_65_with_60_percent_stocks_pays_five_percent() -> None:
    """The published table shows 5.0 % for age 65 and 60/40 (Bogleheads wiki)."""
    found = outcome(ruled("vpw", age=65), model="historical", allocation=SIXTY_FORTY)
    assert round(float(found.spending[0, 0]) / 1e6, 3) == 0.050


def test_amortization_spends_everything_but_the_bequest() -> None:
    certain = {"mean": Decimal("0.04"), "volatility": Decimal(0), "paths": 1}
    level = outcome(ruled("amortization", rate=Decimal("0.04"), bequest=Decimal(100_000)), **certain)
    assert level.wealth[-1, 0] == pytest.approx(100_000, abs=0.01)
    assert float(np.ptp(level.spending)) == pytest.approx(0, abs=1e-6)


def test_the_cape_rule_pays_a_plus_b_over_cape() -> None:
    found = outcome(ruled("cape"), paths=1, volatility=Decimal(0))
    assert found.spending[0, 0] == pytest.approx(1e6 * (0.0175 + 0.5 / 25))


def test_the_uniform_lifetime_table_is_the_regulations() -> None:
    assert [distribution_period(age) for age in (72, 73, 90, 120, 125)] == [27.4, 26.5, 12.2, 2.0, 2.0]
    assert distribution_period(70) == 29.4
    found = outcome(ruled("rmd"), paths=1, volatility=Decimal(0))
    assert found.spending[0, 0] == pytest.approx(1e6 / 27.4)


def test_the_own_floor_and_ceiling_bind() -> None:
    rule = ruled("custom_floor", ceiling_amount=Decimal(45_000))
    spent = on_rows(rule, ("-0.60", "0"), ("3.0", "0"), ("0", "0"))
    assert spent == pytest.approx([40_000, 30_000, 45_000])


def test_declining_spending_falls_one_percent_a_year_in_real_terms() -> None:
    spent = on_rows(ruled("declining"), ("0", "0.10"), ("0", "0"), ("0", "0"))
    assert spent == pytest.approx([40_000, 40_000 * 0.99 * 1.10, 40_000 * 0.99**2 * 1.10])


def test_the_bucket_spares_a_falling_portfolio() -> None:
    """Cash of two years is drawn through two years of loss; the rest falls alone."""
    rule = ruled("bucket", cash_years=Decimal(2))
    rows = (("-0.20", "0"), ("-0.20", "0"), ("0", "0"))
    given = tuple(
        SeriesRow(label=str(year), values={"portfolio": Decimal(rate)}) for year, (rate, _) in enumerate(rows)
    )
    found = outcome(rule, model="historical", rows=given, years=3, annual_spending=Decimal(100_000))
    invested = 800_000.0
    assert found.wealth[1, 0] == pytest.approx(invested * 0.8 + 100_000)
    assert found.wealth[2, 0] == pytest.approx(invested * 0.64)


def test_a_rising_equity_glide_path_ends_at_its_last_allocation() -> None:
    """W. Pfau and M. Kitces, "Reducing Retirement Risk with a Rising Equity Glide Path", JFP 27(1), 2014."""
    from finapp.fire.public import GlidePoint

    path = (
        GlidePoint(year=0, allocation={"stocks": Decimal("0.3"), "bonds": Decimal("0.7")}),
        GlidePoint(year=29, allocation={"stocks": Decimal("0.7"), "bonds": Decimal("0.3")}),
    )
    asked = plan(model="historical", mean=None, volatility=None, glide_path=path)
    ready = simulation.prepare(asked, us_annual())
    years = list(ready.market.course.years())
    series = us_annual()
    stocks, bonds = series.assets.index("stocks"), series.assets.index("bonds")
    assert years[0].growth[0, 0] == pytest.approx(1 + 0.3 * series.returns[0, stocks] + 0.7 * series.returns[0, bonds])
    assert years[29].growth[0, 0] == pytest.approx(
        1 + 0.7 * series.returns[29, stocks] + 0.3 * series.returns[29, bonds]
    )


def test_a_portfolio_that_is_never_rebalanced_is_the_sum_of_its_parts() -> None:
    asked = plan(model="historical", allocation=SIXTY_FORTY, rebalancing="never")
    growth = [year.growth[0, 0] for year in simulation.prepare(asked, us_annual()).market.course.years()]
    series: Series = us_annual()
    held: Rows = series.rows([series.assets.index("stocks"), series.assets.index("bonds")])
    expected = (np.cumprod(held.growth[:30], axis=0) @ np.array([0.6, 0.4]))[-1]
    assert float(np.prod(growth[:30])) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("strategy", "field"),
    [
        (Strategy(kind="vpw", floor=Decimal("0.9")), "strategy.floor"),
        (Strategy(kind="cape"), "strategy.cape"),
        (Strategy(kind="custom_floor"), "strategy.floor_amount"),
        (Strategy(kind="rmd"), "strategy.age"),
        (Strategy(kind="constant_percent", rate=Decimal("-0.1")), "strategy.rate"),
        (Strategy(kind="floor_ceiling", floor=Decimal("0.9"), ceiling=Decimal("0.5")), "strategy.ceiling"),
        (Strategy(kind="bucket", cash_years=Decimal(-1)), "strategy.cash_years"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(strategy: Strategy, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        simulation.prepare(plan(strategy=strategy), us_annual())
    assert refusal.value.field == field


@pytest.mark.parametrize("kind", ["constant_real", "guyton_klinger", "bucket", "constant_percent"])
def test_a_rule_without_its_first_spending_is_refused(kind: str) -> None:
    with pytest.raises(Invalid) as refusal:
        simulation.prepare(plan(strategy=ruled(kind), annual_spending=None), us_annual())
    assert refusal.value.field == "annual_spending"


def test_the_valuation_rule_takes_the_ratio_of_the_series_own_years() -> None:
    ratios = ("20", "10", "25")
    rows = tuple(
        SeriesRow(label=str(2000 + year), values={"portfolio": Decimal(0), "cape": Decimal(ratio)})
        for year, ratio in enumerate(ratios)
    )
    request = plan(annual_spending=None, years=3, model="historical", rows=rows, strategy=Strategy(kind="cape"))
    spending = simulation.simulate(request, us_annual()).percentiles.spending["p50"]
    wealth, expected = Decimal(1_000_000), []
    for ratio in ratios:
        expected.append(wealth * (Decimal("0.0175") + Decimal("0.5") / Decimal(ratio)))
        wealth -= expected[-1]
    assert [float(amount) for amount in spending] == pytest.approx([float(amount) for amount in expected], abs=0.01)
    with pytest.raises(Invalid) as refusal:
        simulation.simulate(plan(annual_spending=None, strategy=Strategy(kind="cape")), us_annual())
    assert refusal.value.field == "strategy.cape"


def test_a_series_may_bring_ratios_beside_its_rates() -> None:
    rows = [{"year": year, "portfolio": 0.05, "cape": 25} for year in (2000, 2001)]
    body = SimulationBody.model_validate({"portfolio": "1", "years": 2, "model": "bootstrap", "series": rows})
    found = body.market().rows
    assert found is not None
    assert found[0].values == {"portfolio": Decimal("0.05"), "cape": Decimal(25)}
    with pytest.raises(ValidationError):
        SimulationBody.model_validate({"portfolio": "1", "years": 2, "series": [{"portfolio": 25}] * 2})
