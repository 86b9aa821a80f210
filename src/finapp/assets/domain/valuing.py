"""What one asset is worth on given days: last known values carried forward, never interpolated backwards."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from finapp.assets.domain.lots import Held
from finapp.assets.public import AssetDetails, Compounding, ValueSource
from finapp.kernel.money import EXACT, exponent
from finapp.kernel.months import add_months, count_months, month_of

_MONTHS: dict[Compounding, int] = {"yearly": 12, "half_yearly": 6, "quarterly": 3, "monthly": 1}

STALE_AFTER_DAYS = {
    "bank": 35,
    "cash": 92,
    "deposit": 400,
    "retirement": 400,
    "stock": 31,
    "fund": 31,
    "bond": 92,
    "gold": 92,
    "property": 366,
    "vehicle": 366,
    "crypto": 8,
    "other": 366,
}
"""By kind: the age in days beyond which a value is flagged."""


class Mark(NamedTuple):
    """A valuation: all of the asset in minor units, or the price of a unit."""

    on: date
    value: int | None
    unit_price: Decimal | None


class Marks(NamedTuple):
    """Valuations by date, one a day, as columns: a household has tens of thousands, too many to be objects each."""

    days: Sequence[date] = ()
    values: Sequence[int | None] = ()
    unit_prices: Sequence[Decimal | None] = ()

    def at(self, index: int) -> Mark:
        """One of them."""
        return Mark(self.days[index], self.values[index], self.unit_prices[index])


NO_MARKS = Marks()


def marks_from(marks: Iterable[Mark]) -> Marks:
    """Valuations in any order as columns."""
    columns = list(zip(*sorted(marks, key=lambda mark: mark.on), strict=True))
    return Marks(*columns) if columns else NO_MARKS


class Worth(NamedTuple):
    """All of an asset or account at the end of a day, in minor units. None: owned, but nothing is known."""

    minor: int | None
    on: date | None
    source: ValueSource


@dataclass(frozen=True, kw_only=True)
class Holding:
    """An asset with everything its value follows from. `steps` ascend by date."""

    id: str
    details: AssetDetails
    marks: Marks = NO_MARKS
    steps: Sequence[Held] = ()
    _series: list[tuple[tuple[date, ...], Sequence[int | None]]] = field(default_factory=list, compare=False)
    """The last answer of `minors`: an asset that has not changed is not valued again over the same days."""


GONE = Worth(0, None, "closed")
UNKNOWN = Worth(None, None, "none")


def begins(holding: Holding) -> date | None:
    """The first day on which anything of it is owned; None when nothing tells."""
    firsts = [*holding.marks.days[:1], *(step.since for step in holding.steps[:1])]
    return holding.details.acquired_on or min(firsts, default=None)


def worths(holding: Holding, days: Sequence[date]) -> list[Worth]:
    """The value at the end of each of `days` (ascending).

    The latest valuation up to the day counts: a unit price times the units held then; a total as it stands, in
    proportion to the units held since when there are lots, and grown by `accrual_rate` where there is one. Before any
    valuation the cost of the lots counts. Nothing is owned before `acquired_on` (or, without it, before the first
    valuation or lot), nor from `closed_on` on.
    """
    with localcontext(EXACT):
        return _Walk(holding).over(days)


def minors(holding: Holding, days: Sequence[date]) -> Sequence[int | None]:
    """The amounts of `worths` without where they come from: for many days of many assets."""
    asked, kept = tuple(days), holding._series
    for known, series in kept:
        if known == asked:
            return series
    with localcontext(EXACT):
        found = _Walk(holding).minors(asked)
    kept[:] = [(asked, found)]
    return found


@lru_cache(maxsize=4)
def positions(known: tuple[date, ...], days: tuple[date, ...]) -> list[int]:
    """Of each of `days`, the last of `known` (ascending) up to it; -1 before the first. Assets valued on the same days
    share the answer."""
    return [bisect_right(known, day) - 1 for day in days]


class _Walk:
    """The worth of an asset by its latest mark and step."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        places = exponent(holding.details.currency)
        self._units = [step.quantity.scaleb(places) for step in holding.steps]
        """Units held after each step, scaled so that a price times them is in minor units."""
        self._places = places

    def minors(self, days: tuple[date, ...]) -> list[int | None]:
        details, marks, steps = self._holding.details, self._holding.marks, self._holding.steps
        first, closed = begins(self._holding), details.closed_on or date.max
        if first is None or details.accrual_rate:
            return [worth.minor for worth in self.over(days)]
        begin = bisect_left(days, first)
        end = max(begin, bisect_left(days, closed))
        ats = positions(tuple(marks.days), days)[begin:end]
        if steps:
            step_ats = positions(tuple(step.since for step in steps), days)[begin:end]
            found = [self._minor(at, step_at) for at, step_at in zip(ats, step_ats, strict=True)]
        else:
            values = [*marks.values, None]
            found = [values[at] for at in ats]
        return [*[0] * begin, *found, *[0] * (len(days) - end)]

    def _minor(self, at: int, step_at: int) -> int | None:
        price = self._holding.marks.unit_prices[at] if at >= 0 else None
        if price is not None and step_at >= 0:
            return round(price * self._units[step_at])
        return self._worth(at, step_at, date.max).minor

    def over(self, days: Sequence[date]) -> list[Worth]:
        marks, steps = self._holding.marks, self._holding.steps
        first, closed = begins(self._holding), self._holding.details.closed_on or date.max
        if first is None:
            return [UNKNOWN] * len(days)
        ats = positions(tuple(marks.days), tuple(days))
        step_ats = positions(tuple(step.since for step in steps), tuple(days))
        return [
            self._worth(at, step_at, day) if first <= day < closed else GONE
            for day, at, step_at in zip(days, ats, step_ats, strict=True)
        ]

    def _worth(self, at: int, step_at: int, day: date) -> Worth:
        steps = self._holding.steps
        if step_at >= 0 and not self._units[step_at]:
            return Worth(0, steps[step_at].since, "closed")
        if at < 0:
            return UNKNOWN if step_at < 0 else self._at_cost(steps[step_at])
        mark = self._holding.marks.at(at)
        if mark.unit_price is not None:
            return UNKNOWN if step_at < 0 else Worth(round(mark.unit_price * self._units[step_at]), mark.on, "price")
        value = mark.value or 0
        if steps:
            return Worth(
                _in_proportion(steps, mark.on, value, steps[step_at] if step_at >= 0 else None), mark.on, "valuation"
            )
        details = self._holding.details
        if details.accrual_rate:
            grown = accrued(value, details.accrual_rate, details.compounding, mark.on, day)
            return Worth(grown, mark.on, "accrued" if day > mark.on else "valuation")
        return Worth(value, mark.on, "valuation")

    def _at_cost(self, step: Held) -> Worth:
        return Worth(round(step.cost.scaleb(self._places)), step.since, "cost")


def _in_proportion(steps: Sequence[Held], on: date, value: int, held: Held | None) -> int:
    then = next((step.quantity for step in reversed(steps) if step.since <= on), Decimal(0))
    if held is None or then == 0:
        return value
    share = EXACT.divide(EXACT.multiply(Decimal(value), held.quantity), then)
    return int(share.to_integral_value(context=EXACT))


def accrued(minor: int, rate: Decimal, compounding: Compounding, since: date, day: date) -> int:
    """A deposit grown from `since` to `day`: whole periods compound, further days earn simple interest over 365.

    That is how bank deposits are credited; `simple` never compounds and `daily` compounds every day.
    """
    if compounding == "simple":
        growth = 1 + rate * (day - since).days / 365
    elif compounding == "daily":
        growth = EXACT.power(1 + rate / 365, (day - since).days)
    else:
        length = _MONTHS[compounding]
        periods = count_months(month_of(since), month_of(day)) // length
        while periods and add_months(since, periods * length) > day:
            periods -= 1
        rest = (day - add_months(since, periods * length)).days
        growth = (1 + rate * length / 12) ** periods * (1 + rate * rest / 365)
    return int((minor * growth).to_integral_value(context=EXACT))


def age(worth: Worth, day: date) -> timedelta:
    """How old the value is."""
    return day - worth.on if worth.on is not None else timedelta(0)


def is_stale(kind: str, worth: Worth, day: date) -> bool:
    """Whether the value is older than its kind allows. What accrues by contract stays fresh as long as a deposit."""
    return (
        worth.on is not None
        and worth.source not in ("closed", "account")
        and age(worth, day).days > STALE_AFTER_DAYS[kind]
    )
