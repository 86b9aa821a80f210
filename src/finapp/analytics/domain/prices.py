"""Figures with inflation taken out, by what the household says of prices."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import RATE_PLACES, Sums, Totals
from finapp.analytics.public import InPrices, Prices, RealMonth
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor, rounded
from finapp.kernel.months import Month, count_months

VERSION = 1
FIGURES = ("income", "expenses", "debt_service")
MOST_POINTS = 1_200
FACTOR_PLACES = Decimal("1e-12")


def check(prices: Prices) -> None:
    """Raises Invalid unless there is a rate or an index, and who says so."""
    if (prices.rate is None) == (not prices.points):
        raise Invalid("prices", "need either a yearly `rate` or the `points` of an index")
    if prices.rate is not None and not Decimal("-0.5") < prices.rate < 10:
        raise Invalid("prices.rate", "must lie above -0.5 and below 10")
    if len(prices.points) > MOST_POINTS or any(point.level <= 0 for point in prices.points):
        raise Invalid("prices.points", f"must be at most {MOST_POINTS} and above 0")
    months = [point.month for point in prices.points]
    if months != sorted(set(months)):
        raise Invalid("prices.points", "must be in order, one for a month")


def levels(prices: Prices, months: Sequence[Month]) -> dict[Month, Decimal]:
    """The price level of each month that has one; by a rate, the first of `months` is 1."""
    if prices.rate is None:
        known = {point.month: point.level for point in prices.points}
        return {month: known[month] for month in months if month in known}
    growth, first = 1 + prices.rate, months[0]
    return {month: EXACT.power(growth, Decimal(count_months(first, month)) / 12) for month in months}


def in_prices(
    place: Place, sums: Sums, months: Mapping[Month, Totals], prices: Prices | None, base: Month | None, as_of: date
) -> InPrices:
    """The complete `months` in the prices of `base` (the newest with a level when left out).

    Raises Invalid for a base without a price level.
    """
    known = levels(prices, list(months)) if prices is not None and months else {}
    reason = None
    if not known:
        reason = "no_prices" if prices is None else ("prices_end" if months else "no_complete_month")
    if known and base is not None and base not in known:
        raise Invalid("base", "has no price level among the complete months of the period")
    at = base or (max(known) if known else None)
    items = tuple(_real(month, months[month], known[at] / level, sums.currency) for month, level in known.items() if at)
    growth = _growth(items)
    return InPrices(
        as_of=as_of,
        currency=sums.currency,
        base=at,
        source=None if prices is None else prices.source or "own",
        reason=reason,
        months=items,
        left_out=tuple(month for month in months if month not in known),
        expenses_growth=growth,
        expenses_growth_reason="fewer_than_24_months" if growth is None else None,
        basis=_basis(place, sums, items, months, prices),
    )


def _real(month: Month, found: Totals, factor: Decimal, currency: str) -> RealMonth:
    factor = factor.quantize(FACTOR_PLACES)
    income, expenses, debt = (rounded(getattr(found, name) * factor, currency) for name in FIGURES)
    return RealMonth(
        month=month,
        factor=factor,
        income=income,
        expenses=expenses,
        debt_service=debt,
        saved=income - expenses - debt,
    )


def _growth(items: Sequence[RealMonth]) -> Decimal | None:
    if len(items) < 24 or count_months(items[-24].month, items[-1].month) != 23:
        return None
    now, before = (sum((each.expenses for each in some), Decimal(0)) for some in (items[-12:], items[-24:-12]))
    return (now / before - 1).quantize(RATE_PLACES) if before > 0 else None


def _basis(
    place: Place, sums: Sums, items: Sequence[RealMonth], months: Mapping[Month, Totals], prices: Prices | None
) -> Basis:
    figures: dict[str, Figure] = {}
    for item in items:
        here = place.at(sums.calendar.first_day(item.month), sums.calendar.last_day(item.month))
        factor = Input(id=f"{item.month}.factor", kind="assumption", name="factor", value=f"{item.factor:f}")
        for name in FIGURES:
            value = f"{getattr(months[item.month], name):f}"
            nominal = Input(id=name, kind="figure", name=name, value=value, source=here.figure("analytics/summary"))
            figures[f"{item.month}.{name}"] = Figure(
                kind="formula", formula=f"{name} x factor", inputs=(nominal, factor)
            )
        parts = tuple(
            Input(
                id=f"{item.month}.{name}",
                kind="figure",
                name=name,
                value=f"{getattr(item, name):f}",
                source="this answer",
            )
            for name in FIGURES
        )
        formula = "income - expenses - debt_service"
        figures[f"{item.month}.saved"] = Figure(kind="formula", formula=formula, inputs=parts)
    stated = assumptions(sums)
    if not items:
        stated["missing"] = "no month has a price level"
    if prices is not None:
        stated["prices"] = prices.source or "own"
        stated["price_level"] = f"rises {prices.rate:f} a year" if prices.rate is not None else "by month, as entered"
    stated["rounding"] = f"each product to the currency ({from_minor(1, sums.currency):f}), half to even"
    return Basis(formula="analytics.in_prices", version=VERSION, assumptions=stated, figures=figures)
