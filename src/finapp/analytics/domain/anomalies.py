"""Unusual months of a category, by its median and spread so far, with a stated rate of false alarms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from finapp.analytics.domain.explained import made_of
from finapp.analytics.domain.medians import MIDDLE, quantile
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.summary import assumptions
from finapp.analytics.domain.sums import SPENDING, Sum, Sums
from finapp.analytics.public import Anomalies, Anomaly
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate, from_minor, rounded
from finapp.kernel.months import Month, first_day, last_day, month_of

VERSION = 1
LEAST, MOST = 6, 24
"""A month is compared with at least six and at most 24 months before it."""
FLOOR = Decimal("0.02")
"""The spread is taken to be at least this share of the usual amount, so that a rent that never moves may be rounded."""
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
    place: Place, sums: Sums, months: Sequence[Month], names: Mapping[str, str], rate: Rate, as_of: date
) -> Anomalies:
    """What was unusual in the months of `place`. `months` are all complete months, those before the place included.

    Raises Invalid for a rate of false alarms outside 0.0005 to 0.2.
    """
    if not Decimal("0.0005") <= rate <= Decimal("0.2"):
        raise Invalid("false_alarm_rate", "must lie between 0.0005 and 0.2")
    asked = [month for month in months if place.first <= first_day(month) and last_day(month) <= place.last]
    checked, found = 0, []
    for category_id, amounts in _by_category(sums).items():
        series = [amounts.get(month, from_minor(0, sums.currency)) for month in months]
        for number, month in enumerate(months):
            before = series[max(number - MOST, 0) : number]
            if month in asked and len(before) >= LEAST and any(before):
                checked += 1
                item = _looked_at(place, category_id, names, month, series[number], before, rate, sums.currency)
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
        basis=_basis(place, sums, found, rate),
    )


def _by_category(sums: Sums) -> dict[str, dict[Month, Decimal]]:
    found: dict[str, dict[Month, Decimal]] = {}
    zero = from_minor(0, sums.currency)
    for item in sums.items:
        if item.flow in SPENDING:
            amounts, month = found.setdefault(item.category_id, {}), month_of(item.on)
            amounts[month] = amounts.get(month, zero) - item.amount
    return found


def _looked_at(
    place: Place,
    category_id: str,
    names: Mapping[str, str],
    month: Month,
    amount: Decimal,
    before: Sequence[Decimal],
    rate: Rate,
    currency: str,
) -> Anomaly | None:
    usual = quantile(before, MIDDLE)
    spread = max(quantile([abs(each - usual) for each in before], MIDDLE), abs(usual) * FLOOR)
    reach = threshold(len(before), rate) * spread
    if abs(amount - usual) <= reach:
        return None
    here = Place(first=first_day(month), last=last_day(month), account_id=place.account_id, tag=place.tag)
    return Anomaly(
        category_id=category_id,
        category=names.get(category_id, category_id),
        month=month,
        amount=amount,
        usual=rounded(usual, currency),
        low=rounded(usual - reach, currency),
        high=rounded(usual + reach, currency),
        direction="high" if amount > usual else "low",
        deviation=amount - rounded(usual, currency),
        months_before=len(before),
        transactions_query=here.query(category_id=category_id, kind=",".join(SPENDING)),
    )


def _basis(place: Place, sums: Sums, found: Sequence[Anomaly], rate: Rate) -> Basis:
    return Basis(
        formula="analytics.anomalies",
        version=VERSION,
        assumptions={
            **assumptions(sums),
            "usual": f"median of the {LEAST} to {MOST} complete months before",
            "unusual": f"beyond a multiple of the median absolute deviation that normal months exceed at rate {rate}",
            "spread_at_least": f"{FLOOR} of the usual amount",
            "calibration": f"{_PATHS} simulated households, seed {_SEED}",
        },
        figures=dict(_figures(place, sums, found)),
    )


def _is_of(item: Sum, found: Anomaly) -> bool:
    return item.flow in SPENDING and item.category_id == found.category_id and month_of(item.on) == found.month


def _figures(place: Place, sums: Sums, found: Sequence[Anomaly]) -> Iterator[tuple[str, Figure]]:
    for item in found:
        name = f"{item.category_id}.{item.month}"
        here = replace(place, first=first_day(item.month), last=last_day(item.month))
        parts = [each for each in sums.items if _is_of(each, item)]
        conditions = {"category_id": item.category_id, "kind": ",".join(SPENDING)}
        yield f"{name}.amount", made_of(here, sums, parts, conditions, outgoing=True)
        usual = Input(id=f"{name}.usual", kind="figure", name="usual", value=f"{item.usual:f}")
        amount = Input(id=f"{name}.amount", kind="figure", name="amount", value=f"{item.amount:f}")
        yield (
            f"{name}.deviation",
            Figure(kind="formula", formula="amount - usual", inputs=(amount, usual)),
        )
