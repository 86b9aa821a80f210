"""Where monthly figures are heading: slopes that single months cannot bend, and how sure they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import erfc, sqrt
from typing import Literal

from finapp.analytics.domain.medians import MIDDLE, quantile
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import RATE_PLACES, Sums, Totals
from finapp.analytics.public import Trend, TrendFigure, Trends
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.money import Rate, rounded
from finapp.kernel.months import Month

VERSION = 2
FEWEST = 6
SURE = 0.05
FIGURES: tuple[TrendFigure, ...] = (
    "income",
    "expenses",
    "essential",
    "discretionary",
    "debt_service",
    "invested",
    "saved",
)


def slope(values: Sequence[Decimal]) -> Decimal:
    """The median of all slopes between two values (Theil 1950, Sen 1968); at least two values."""
    found = [(after - before) / (j - i) for (i, before), (j, after) in combinations(enumerate(values), 2)]
    return quantile(found, MIDDLE)


def p_value(values: Sequence[Decimal]) -> float:
    """Two-sided p-value of the Mann-Kendall test, with ties and continuity correction (Kendall 1975)."""
    n = len(values)
    score = sum((after > before) - (after < before) for before, after in combinations(values, 2))
    tied = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in tied)) / 18
    if score == 0 or variance <= 0:
        return 1.0
    return erfc((abs(score) - 1) / sqrt(2 * variance))


def trends(place: Place, sums: Sums, months: Mapping[Month, Totals], as_of: date) -> Trends:
    """Slopes over complete months, in order."""
    items = {name: _trend(name, [getattr(each, name) for each in months.values()], sums.currency) for name in FIGURES}
    creep, reason = _creep(months)
    return Trends(
        as_of=as_of,
        currency=sums.currency,
        months=tuple(months),
        items=tuple(items.values()),
        lifestyle_creep=creep,
        lifestyle_creep_reason=reason,
        other_currencies=sums.others,
        basis=_basis(place, sums, tuple(months)),
    )


def _trend(name: TrendFigure, values: Sequence[Decimal], currency: str) -> Trend:
    if len(values) < FEWEST:
        return Trend(
            figure=name,
            amounts=tuple(values),
            per_month=None,
            per_month_reason="too_few_months",
            per_year=None,
            per_year_reason="too_few_months",
            p_value=None,
            direction=None,
        )
    found, middle, chance = slope(values), quantile(values, MIDDLE), p_value(values)
    return Trend(
        figure=name,
        amounts=tuple(values),
        per_month=rounded(found, currency),
        per_month_reason=None,
        per_year=(12 * found / middle).quantize(RATE_PLACES) if middle > 0 else None,
        per_year_reason=None if middle > 0 else "not_positive",
        p_value=round(chance, 6),
        direction=_direction(found, chance),
    )


def _direction(found: Decimal, chance: float) -> Literal["rising", "falling", "flat"]:
    if chance > SURE or found == 0:
        return "flat"
    return "rising" if found > 0 else "falling"


def _creep(months: Mapping[Month, Totals]) -> tuple[Rate | None, str | None]:
    if len(months) < FEWEST:
        return None, "too_few_months"
    income = slope([each.income for each in months.values()])
    if income <= 0:
        return None, "income_not_rising"
    spending = slope([each.discretionary for each in months.values()])
    return (spending / income).quantize(RATE_PLACES), None


def _basis(place: Place, sums: Sums, months: Sequence[Month]) -> Basis:
    inputs: tuple[Input, ...] = ()
    if months:
        first, last = sums.calendar.first_day(months[0]), sums.calendar.last_day(months[-1])
        source = place.at(first, last).figure("analytics/cashflow", by="month")
        inputs = (Input(id="by_month", kind="figure", name="figures of each month", value=None, source=source),)
    formulas = {
        "per_month": "median of the slopes between all pairs of months",
        "per_year": "12 x per_month / median of the figure",
        "p_value": "Mann-Kendall, two-sided, ties corrected",
    }
    figures = {
        f"{figure}.{name}": Figure(kind="formula", formula=formula, inputs=inputs)
        for figure in FIGURES
        for name, formula in formulas.items()
    }
    creep = "slope of discretionary / slope of income"
    figures["lifestyle_creep"] = Figure(kind="formula", formula=creep, inputs=inputs)
    stated = {**assumptions(sums), "slope": "Theil-Sen", "flat": f"p-value above {SURE}", "fewest_months": str(FEWEST)}
    return Basis(formula="analytics.trends", version=VERSION, assumptions=stated, figures=figures)
