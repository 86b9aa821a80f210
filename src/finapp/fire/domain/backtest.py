"""Every start of a series with a complete horizon: what became of it, and what it could have carried."""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from finapp.fire.domain import simulation, stated, statistics
from finapp.fire.domain.engine import Outcome
from finapp.fire.domain.portfolio import Remembered, remembered
from finapp.fire.domain.returns import Floats
from finapp.fire.domain.series import Series
from finapp.fire.domain.simulation import Ready
from finapp.fire.domain.strategies import follows_spending
from finapp.fire.public.inquiries import Backtest, BacktestRequest, Cohort, TableCell, TableRequest
from finapp.fire.public.simulation import SimulationRequest
from finapp.fire.public.strategy import Strategy
from finapp.kernel.basis import Basis
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate

VERSION = 1
_SUCCESS = "successful cohorts / complete cohorts"
MOST_CELLS = 400
_HALVINGS = 60
_SHOWN = Decimal("0.000001")


def backtest(request: BacktestRequest, built_in: Series) -> Backtest:
    """Runs the plan from every start of the series. Raises Invalid."""
    asked = replace(request.simulation, market=replace(request.simulation.market, model="historical"))
    ready = simulation.prepare(asked, built_in)
    course = remembered(ready.market.course, asked.years)
    outcome = ready.run(course)
    largest, reason = _safemax(ready, course)
    cohorts = _cohorts(ready, outcome, largest, reason)
    worst = min(range(len(cohorts)), key=lambda number: _badness(cohorts[number]))
    lowest = None if largest is None else float(largest.min())
    money = simulation.to_money(asked.currency)
    return Backtest(
        as_of=asked.as_of,
        currency=asked.currency,
        success_rate=float(outcome.success.mean()),
        success_rate_reason=None,
        cohorts=cohorts,
        excluded=len(ready.market.excluded),
        excluded_starts=ready.market.excluded,
        safemax=cohorts[worst].safemax,
        safemax_reason=cohorts[worst].safemax_reason,
        safemax_spending=None if lowest is None else money(np.floor(lowest * 100) / 100),
        safemax_spending_reason=reason,
        worst=cohorts[worst],
        worst_reason=None,
        percentiles=statistics.fan(outcome, money),
        table=_table(request.table, asked, built_in) if request.table is not None else (),
        conventions={
            **ready.conventions,
            "cohorts": "every start with a complete horizon; the others are excluded",
            "safemax": "first year's spending / portfolio with which the start just succeeds, to 1e-9 of the portfolio",
        },
        basis=Basis(
            formula="fire.backtest",
            version=VERSION,
            assumptions=ready.conventions,
            figures={"success_rate": stated.figure(_SUCCESS, ready.request, sampled=False)},
        ),
    )


def _safemax(ready: Ready, course: Remembered) -> tuple[Floats | None, str | None]:
    """The largest first-year spending of each cohort, by halving all brackets at once."""
    if not follows_spending(ready.request.strategy):
        return None, "spending_follows_the_portfolio"
    portfolio = float(ready.request.portfolio)
    if portfolio <= 0:
        return None, "no_portfolio"
    low, high = np.zeros(course.paths), np.full(course.paths, portfolio)
    for _ in range(_HALVINGS):
        too_little = ready.run(course, high).success
        if not too_little.any():
            break
        high = np.where(too_little, high * 2, high)
        if float(high.max()) > portfolio * 1e6:
            return None, "never_fails"
    if not ready.run(course, low).success.all():
        return None, "fails_without_spending"
    while float((high - low).max()) > portfolio * 1e-9:
        middle = (low + high) / 2
        success = ready.run(course, middle).success
        low, high = np.where(success, middle, low), np.where(success, high, middle)
    return low, None


def _cohorts(ready: Ready, outcome: Outcome, largest: Floats | None, reason: str | None) -> tuple[Cohort, ...]:
    money = simulation.to_money(ready.request.currency)
    retired = outcome.spending[ready.request.retire_after_years :]
    portfolio = float(ready.request.portfolio)
    return tuple(
        Cohort(
            start=start,
            success=bool(outcome.success[number]),
            years_funded=int(outcome.funded[number]),
            final=money(float(outcome.wealth[-1, number])),
            lowest_spending=money(float(retired[:, number].min())),
            safemax=None if largest is None else _share(float(largest[number]) / portfolio),
            safemax_reason=reason,
        )
        for number, start in enumerate(ready.market.starts)
    )


def _share(value: float) -> Rate:
    return Decimal(value).quantize(_SHOWN)


def _badness(cohort: Cohort) -> tuple[Decimal, int, Decimal]:
    """Lowest safemax first, then the fewest years, then the poorest end."""
    return (cohort.safemax or Decimal(0), cohort.years_funded, cohort.final)


def _table(asked: TableRequest, request: SimulationRequest, built_in: Series) -> tuple[TableCell, ...]:
    """Constant real spending by horizon, share of stocks and rate, with the request's timing, fee and series."""
    size = len(asked.rates) * len(asked.stock_shares) * len(asked.years)
    if size > MOST_CELLS:
        raise Invalid("table", f"has {size} cells, more than the limit of {MOST_CELLS}")
    cells: list[TableCell] = []
    for years in asked.years:
        for stocks in asked.stock_shares:
            plain = replace(
                request,
                years=years,
                retire_after_years=0,
                strategy=Strategy(kind="constant_real"),
                flows=(),
                contributions=Decimal(0),
                locked=Decimal(0),
                accounts=(),
                minimum_spending=None,
                market=replace(request.market, allocation={"stocks": stocks, "bonds": 1 - stocks}, glide_path=()),
            )
            cells.extend(_row(plain, stocks, asked.rates, built_in))
    return tuple(cells)


def _row(plain: SimulationRequest, stocks: Rate, rates: tuple[Rate, ...], built_in: Series) -> list[TableCell]:
    rows = len(built_in.labels) if plain.market.rows is None else len(plain.market.rows)
    cohorts = max(rows - plain.years + 1, 0)
    if not cohorts:
        return [_cell(plain.years, stocks, rate, None, 0) for rate in rates]
    ready = simulation.prepare(replace(plain, annual_spending=Decimal(0)), built_in)
    course = remembered(ready.market.course, plain.years)
    portfolio = float(plain.portfolio)
    return [
        _cell(plain.years, stocks, rate, float(ready.run(course, portfolio * float(rate)).success.mean()), cohorts)
        for rate in rates
    ]


def _cell(years: int, stocks: Rate, rate: Rate, success: float | None, cohorts: int) -> TableCell:
    return TableCell(
        years=years,
        stock_share=stocks,
        rate=rate,
        success_rate=success,
        success_rate_reason="no_complete_cohort" if success is None else None,
        cohorts=cohorts,
    )
