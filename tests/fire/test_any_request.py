"""Whatever is accepted is answered with finite, ordered, bounded figures; whatever is not is refused by its field."""

import math
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finapp.fire.domain import backtest, levers, simulation, solve
from finapp.fire.domain.projection import project
from finapp.fire.domain.strategies import follows_spending
from finapp.fire.public import (
    BacktestRequest,
    Earner,
    Flow,
    InflationProcess,
    LeversRequest,
    Market,
    Model,
    ProjectionRequest,
    Simulation,
    SimulationRequest,
    SolveRequest,
    Strategy,
    StrategyKind,
    TaxRate,
)
from finapp.kernel.errors import Invalid
from finapp.platform.codec import from_bytes, to_bytes
from tests.fire.futures import SIXTY_FORTY, us_annual

pytestmark = pytest.mark.slow

TODAY = date(2026, 7, 15)
AMOUNTS = st.one_of(st.just(Decimal(0)), st.integers(1, 10**13).map(lambda minor: Decimal(minor) / 100))
SIGNED = st.integers(-(10**9), 10**9).map(lambda minor: Decimal(minor) / 100)
RATES = st.integers(-300, 300).map(lambda points: Decimal(points) / 1000)
SHARES = st.integers(0, 500).map(lambda points: Decimal(points) / 1000)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    shape: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"year": 3},
                {"date": date(2030, 2, 28)},
                {"from_year": 2, "to_year": 9},
                {"start": date(2020, 1, 31), "end": date(2031, 1, 1)},
                {"start": date(2027, 5, 5)},
                {},
            ]
        )
    )
    every: Any = draw(st.sampled_from(["month", "year"]))
    growth = draw(st.sampled_from([Decimal(0), Decimal("0.02"), Decimal("-0.1")]))
    return Flow(amount=draw(SIGNED), every=every, real=draw(st.booleans()), growth=growth, **shape)


@st.composite
def markets(draw: st.DrawFn) -> Market:
    model: Any = draw(st.sampled_from(get_args(Model)))
    chosen: dict[str, Any] = {"model": model, "fee": draw(SHARES) / 10}
    if model in ("lognormal", "normal", "student_t") and draw(st.booleans()):
        chosen |= {"mean": draw(RATES), "volatility": draw(SHARES)}
    else:
        chosen |= {"allocation": SIXTY_FORTY, "rebalancing": draw(st.sampled_from(["every_step", "yearly", "never"]))}
    prices = draw(st.sampled_from([None, "constant", "process"]))
    if prices == "constant":
        chosen["inflation"] = draw(RATES)
    elif prices == "process":
        chosen["inflation_process"] = InflationProcess(
            mean=draw(RATES) / 3, volatility=Decimal("0.02"), persistence=Decimal("0.5")
        )
    return Market(**chosen)


@st.composite
def requests(draw: st.DrawFn) -> SimulationRequest:
    years = draw(st.integers(1, 45))
    kind: Any = draw(st.sampled_from(get_args(StrategyKind)))
    needed: dict[str, dict[str, Any]] = {"cape": {"cape": Decimal(20)}, "custom_floor": {"floor_amount": draw(AMOUNTS)}}
    return SimulationRequest(
        currency=draw(st.sampled_from(["USD", "JPY", "KWD"])),
        as_of=TODAY,
        portfolio=draw(AMOUNTS).quantize(Decimal(1)),
        annual_spending=draw(AMOUNTS).quantize(Decimal(1)),
        years=years,
        market=draw(markets()),
        steps_per_year=draw(st.sampled_from([1, 12])),
        timing=draw(st.sampled_from(["start", "end"])),
        paths=draw(st.integers(1, 40)),
        seed=draw(st.integers(0, 2**63 - 1)),
        strategy=Strategy(kind=kind, **needed.get(kind, {})),
        flows=tuple(draw(st.lists(flows(), max_size=3))),
        contributions=draw(AMOUNTS),
        retire_after_years=draw(st.integers(0, years - 1)),
        age=draw(st.sampled_from([Decimal(30), Decimal(70)])),
        withdrawal_tax=(TaxRate(rate=draw(SHARES)), TaxRate(rate=draw(SHARES), start=date(2035, 4, 1))),
        earners=(Earner(amount=draw(AMOUNTS), years=draw(st.integers(0, 60))),),
        open_path=0,
    )


def numbers_in(value: Any) -> Any:
    """Every number inside an answer."""
    if is_dataclass(value):
        for item in fields(value):
            yield from numbers_in(getattr(value, item.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from numbers_in(each)
    elif isinstance(value, (float, int, Decimal)):
        yield value


@settings(max_examples=150, deadline=None)
@given(asked=requests())
def test_a_simulation_is_finite_ordered_and_bounded(asked: SimulationRequest) -> None:
    found = simulation.simulate(asked, us_annual())
    assert all(math.isfinite(number) for number in numbers_in(found))
    assert 0 <= found.success_rate <= 1
    for rows in (found.percentiles.wealth, found.percentiles.spending):
        for low, high in (("p5", "p25"), ("p25", "p50"), ("p50", "p75"), ("p75", "p95")):
            assert all(lower <= upper for lower, upper in zip(rows[low], rows[high], strict=True))
        assert min(rows["p5"]) >= 0
    assert (found.depletion_years is None) == (found.success_rate == 1)
    assert from_bytes(to_bytes(found, Simulation), Simulation) == found


@settings(max_examples=25, deadline=None)
@given(asked=requests(), wanted=st.sampled_from(["spending", "portfolio", "savings", "retirement_age"]))
def test_a_search_is_refused_by_field_or_meets_its_success(asked: SimulationRequest, wanted: Any) -> None:
    search = SolveRequest(solve_for=wanted, success=Decimal("0.8"), simulation=asked)
    unsaved = wanted == "savings" and asked.retire_after_years == 0
    if unsaved or (wanted == "spending" and not follows_spending(asked.strategy)):
        with pytest.raises(Invalid):
            solve.solve(search, us_annual())
        return
    found = solve.solve(search, us_annual())
    assert all(math.isfinite(number) for number in numbers_in(found))
    if found.value is not None:
        assert found.success_rate is not None
        assert found.success_rate >= 0.8
    else:
        assert found.value_reason == "not_reachable"


@settings(max_examples=25, deadline=None)
@given(asked=requests())
def test_a_backtest_counts_every_start_as_complete_or_excluded(asked: SimulationRequest) -> None:
    found = backtest.backtest(BacktestRequest(simulation=asked), us_annual())
    assert len(found.cohorts) + found.excluded == len(us_annual().labels)
    assert found.worst in found.cohorts
    assert all(math.isfinite(number) for number in numbers_in(found))


@settings(max_examples=150, deadline=None)
@given(
    invested=AMOUNTS,
    saving=SIGNED,
    expenses=AMOUNTS,
    rate=RATES,
    withdrawal=st.integers(1, 1000).map(lambda points: Decimal(points) / 1000),
    moving=st.lists(flows(), max_size=2),
    steps=st.sampled_from([1, 12]),
)
def test_a_projection_is_reached_on_course_or_never_and_its_parts_agree(
    invested: Decimal,
    saving: Decimal,
    expenses: Decimal,
    rate: Decimal,
    withdrawal: Decimal,
    moving: list[Flow],
    steps: Any,
) -> None:
    asked = ProjectionRequest(
        currency="USD",
        as_of=TODAY,
        invested=invested,
        monthly_savings=saving,
        annual_expenses=expenses,
        real_return=rate,
        withdrawal_rate=withdrawal,
        inflation=Decimal("0.03"),
        flows=tuple(moving),
        steps_per_year=steps,
    )
    found = project(asked)
    assert (found.months is None) == (found.status == "never")
    assert (found.months == 0) == (found.status == "reached")
    assert all(point.invested == invested + point.contributed + point.growth for point in found.path)
    assert all(number.is_finite() for number in numbers_in(found) if isinstance(number, Decimal))
    ranked = levers.levers(LeversRequest(projection=asked)).levers
    assert [lever.rank for lever in ranked] == list(range(1, 7))
