"""Unusual months of a category, by its median and spread so far, with a stated rate of false alarms."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from finapp.analytics.domain.categories import Branch, below
from finapp.analytics.domain.explained import made_of
from finapp.analytics.domain.medians import MIDDLE, quantile
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sum, Sums
from finapp.analytics.public import Anomalies, Anomaly
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate, from_minor, rounded
from finapp.kernel.months import Month, shift

VERSION = 2
LEAST, MOST = 6, 24
"""A month is compared with at least six and at most 24 months before it."""
FLOOR = Decimal("0.02")
"""The spread is taken to be at least this share of the usual amount, so that a rent that never moves may be rounded."""
SEASON = Decimal("0.1")
"""The amount of the same month a year before may differ by this share, because prices rise."""
_PATHS, _SEED = 40_000, 1


@lru_cache(maxsize=256)
def threshold(months: int, rate: Rate) -> Decimal:
    """How many spreads (median absolute deviations) a normal month may lie from the median of `months` before it.

    Exceeded by the share `rate` of normally distributed months: found from 40,000 simulated households, because with
    few months before it the spread itself is uncertain.
    """
    import numpy

    draws = numpy.random.default_rng(_SEED).standard_normal((_PATHS, months + 1))
    before, now = draws[:, :-1], draws[:, -1]
    middle = numpy.median(before, axis=1)
    spread = numpy.median(numpy.abs(before - middle[:, None]), axis=1)
    ratio = numpy.abs(now - middle) / spread
    return Decimal(str(round(float(numpy.quantile(ratio, float(1 - rate))), 6)))


def anomalies(
    place: Place, sums: Sums, months: Sequence[Month], branches: Sequence[Branch], rate: Rate, as_of: date
) -> Anomalies:
    """What was unusual in the months of `place`. `months` are all complete months, those before the place included.

    A category is looked at with everything below it.

    Raises Invalid for a rate of false alarms outside 0.0005 to 0.2.
    """
    if not Decimal("0.0005") <= rate <= Decimal("0.2"):
        raise Invalid("false_alarm_rate", "must lie between 0.0005 and 0.2")
    calendar = sums.calendar
    asked = set(calendar.between(place.first, place.last))
    checked, found = 0, []
    names = {branch.id: branch.name for branch in branches}
    for category_id, amounts in _by_category(sums, branches).items():
        series = {month: amounts.get(month, from_minor(0, sums.currency)) for month in months}
        for month in months:
            before = _compared_with(series, month)
            if month in asked and len(before) >= LEAST:
                checked += 1
                here = place.at(calendar.first_day(month), calendar.last_day(month))
                item = _looked_at(here, category_id, names, month, series, before, rate, sums.currency)
                found += [item] if item else []
    return Anomalies(
        as_of=as_of,
        first=place.first,
        last=place.last,
        currency=sums.currency,
        false_alarm_rate=rate,
        checked=checked,
        expected_false_alarms=checked * rate,
        items=tuple(sorted(found, key=lambda item: (-abs(item.deviation), item.month, item.category_id))),
        other_currencies=sums.others,
        basis=_basis(place, sums, found, branches, rate),
    )


def _compared_with(series: Mapping[Month, Decimal], month: Month) -> list[Decimal]:
    """The months before. A category without spending in most of them is compared with the months that had some, and
    a month without spending is usual for it."""
    before = [amount for each, amount in series.items() if shift(month, -MOST) <= each < month]
    some = [amount for amount in before if amount]
    if 2 * len(some) > len(before):
        return before
    return some if series[month] else []


def _is_season(series: Mapping[Month, Decimal], month: Month, reach: Decimal) -> bool:
    """Whether the same month of an earlier year was like this one: a yearly bill, a holiday, a festival."""
    years = (shift(month, -12 * year) for year in range(1, MOST // 12 + 1))
    return any(each in series and abs(series[each] - series[month]) <= reach for each in years)


def _by_category(sums: Sums, branches: Sequence[Branch]) -> dict[str, dict[Month, Decimal]]:
    spending = [item for item in sums.items if item.flow in SPENDING]
    own = dict.fromkeys(item.category_id for item in spending)
    inside = {one: below(one, branches) for one in own}
    above = {each: [one for one in own if each in inside[one]] for each in own}
    found: dict[str, dict[Month, Decimal]] = {each: {} for each in own}
    zero = from_minor(0, sums.currency)
    for item in spending:
        month = sums.calendar.month_of(item.on)
        for category_id in above[item.category_id]:
            amounts = found[category_id]
            amounts[month] = amounts.get(month, zero) - item.amount
    return found


def _looked_at(
    here: Place,
    category_id: str,
    names: Mapping[str, str],
    month: Month,
    series: Mapping[Month, Decimal],
    before: Sequence[Decimal],
    rate: Rate,
    currency: str,
) -> Anomaly | None:
    amount = series[month]
    usual = quantile(before, MIDDLE)
    reach = threshold(len(before), rate) * _spread(before, usual, abs(usual) * FLOOR)
    low, high = usual - reach, usual + reach
    if low <= amount <= high or _is_season(series, month, max(reach, abs(amount) * SEASON)):
        return None
    low, high = _widened(low, high, before, rate)
    if low <= amount <= high:
        return None
    return Anomaly(
        category_id=category_id,
        category=names.get(category_id, category_id),
        month=month,
        amount=amount,
        usual=rounded(usual, currency),
        low=rounded(low, currency),
        high=rounded(high, currency),
        direction="high" if amount > usual else "low",
        deviation=amount - rounded(usual, currency),
        months_before=len(before),
        transactions_query=here.query(category_id=category_id, kind=",".join(SPENDING)),
    )


def _spread(values: Sequence[Decimal], middle: Decimal, least: Decimal) -> Decimal:
    return max(quantile([abs(each - middle) for each in values], MIDDLE), least)


def _widened(low: Decimal, high: Decimal, before: Sequence[Decimal], rate: Rate) -> tuple[Decimal, Decimal]:
    """The limits, as far as amounts whose square roots are normal may go: spending leans to the large side."""
    if min(before) < 0:
        return low, high
    roots = [each.sqrt() for each in before]
    middle = quantile(roots, MIDDLE)
    reach = threshold(len(before), rate) * _spread(roots, middle, middle * FLOOR)
    return min(low, max(middle - reach, Decimal(0)) ** 2), max(high, (middle + reach) ** 2)


def _basis(place: Place, sums: Sums, found: Sequence[Anomaly], branches: Sequence[Branch], rate: Rate) -> Basis:
    return Basis(
        formula="analytics.anomalies",
        version=VERSION,
        assumptions={
            **assumptions(sums),
            "usual": f"median of the {LEAST} to {MOST} complete months before",
            "unusual": f"beyond a multiple of the median absolute deviation that normal months exceed at rate {rate}",
            "skew": "beyond it on the scale of amounts and, unless one is negative, on that of their square roots",
            "season": f"not when the same month of an earlier year was within that, or within {SEASON} of the amount",
            "occasional": "a category without spending in most months is compared with the months that had some",
            "false_alarm_rate": "at most: seasons only take alarms away",
            "spread_at_least": f"{FLOOR} of the usual amount",
            "calibration": f"{_PATHS} simulated households, seed {_SEED}",
        },
        figures=dict(_figures(place, sums, found, branches)),
    )


def _is_of(item: Sum, inside: Collection[str]) -> bool:
    return item.flow in SPENDING and item.category_id in inside


def _figures(
    place: Place, sums: Sums, found: Sequence[Anomaly], branches: Sequence[Branch]
) -> Iterator[tuple[str, Figure]]:
    for item in found:
        name = f"{item.category_id}.{item.month}"
        here = place.at(sums.calendar.first_day(item.month), sums.calendar.last_day(item.month))
        inside = below(item.category_id, branches)
        parts = [each for each in sums.items if here.first <= each.on <= here.last and _is_of(each, inside)]
        conditions = {"category_id": item.category_id, "kind": ",".join(SPENDING)}
        yield f"{name}.amount", made_of(here, sums, parts, conditions, outgoing=True)
        usual = Input(id=f"{name}.usual", kind="figure", name="usual", value=f"{item.usual:f}", source="this answer")
        amount = Input(
            id=f"{name}.amount", kind="figure", name="amount", value=f"{item.amount:f}", source="this answer"
        )
        yield f"{name}.usual", _usual(place, sums, item)
        yield (
            f"{name}.deviation",
            Figure(kind="formula", formula="amount - usual", inputs=(amount, usual)),
        )


def _usual(place: Place, sums: Sums, found: Anomaly) -> Figure:
    """The median, over the figures of the months before."""
    first = sums.calendar.first_day(shift(found.month, -MOST))
    last = sums.calendar.first_day(found.month) - timedelta(days=1)
    months = Input(
        id=f"{found.category_id}.{found.month}.before",
        kind="figure",
        name=f"{found.category} of each of the {found.months_before} months before",
        value=None,
        source=place.at(first, last).figure("analytics/categories/history", category_id=found.category_id),
    )
    return Figure(kind="formula", formula="median over the months before", inputs=(months,))
