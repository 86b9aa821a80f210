"""What one asset is worth on given days: last known values carried forward, never interpolated backwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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


@dataclass(frozen=True, slots=True)
class Mark:
    """A valuation: all of the asset in minor units, or the price of a unit."""

    on: date
    value: int | None
    unit_price: Decimal | None


@dataclass(frozen=True, slots=True)
class Worth:
    """All of an asset at the end of a day, in minor units. None: owned, but nothing is known."""

    minor: int | None
    on: date | None
    source: ValueSource


@dataclass(frozen=True, kw_only=True)
class Holding:
    """An asset with everything its value follows from. `marks` and `steps` ascend by date, one mark a day."""

    id: str
    details: AssetDetails
    marks: Sequence[Mark]
    steps: Sequence[Held] = ()


GONE = Worth(0, None, "closed")
UNKNOWN = Worth(None, None, "none")


def worths(holding: Holding, days: Sequence[date]) -> list[Worth]:
    """The value at the end of each of `days` (ascending).

    The latest valuation up to the day counts: a unit price times the units held then; a total as it stands, in
    proportion to the units held since when there are lots, and grown by `accrual_rate` where there is one. Before any
    valuation the cost of the lots counts. Nothing is owned before `acquired_on` (or, without it, before the first
    valuation or lot), nor from `closed_on` on.
    """
    details, marks, steps = holding.details, holding.marks, holding.steps
    begins = details.acquired_on or min(
        [mark.on for mark in marks[:1]] + [step.since for step in steps[:1]], default=None
    )
    answers = []
    mark_at = step_at = -1
    for day in days:
        while mark_at + 1 < len(marks) and marks[mark_at + 1].on <= day:
            mark_at += 1
        while step_at + 1 < len(steps) and steps[step_at + 1].since <= day:
            step_at += 1
        closed = details.closed_on is not None and day >= details.closed_on
        if closed or (begins is not None and day < begins):
            answers.append(GONE)
        elif begins is None:
            answers.append(UNKNOWN)
        else:
            held = steps[step_at] if step_at >= 0 else None
            answers.append(_worth(holding, marks[mark_at] if mark_at >= 0 else None, held, day))
    return answers


def _worth(holding: Holding, mark: Mark | None, held: Held | None, day: date) -> Worth:
    currency = holding.details.currency
    if held is not None and held.quantity == 0:
        return Worth(0, held.since, "closed")
    if mark is None:
        return UNKNOWN if held is None else Worth(_minor(held.cost, currency), held.since, "cost")
    if mark.unit_price is not None:
        if held is None:
            return UNKNOWN
        return Worth(_minor(EXACT.multiply(mark.unit_price, held.quantity), currency), mark.on, "price")
    value = mark.value or 0
    if holding.steps:
        return Worth(_in_proportion(holding.steps, mark.on, value, held), mark.on, "valuation")
    if holding.details.accrual_rate:
        grown = accrued(value, holding.details.accrual_rate, holding.details.compounding, mark.on, day)
        return Worth(grown, mark.on, "accrued" if day > mark.on else "valuation")
    return Worth(value, mark.on, "valuation")


def _in_proportion(steps: Sequence[Held], on: date, value: int, held: Held | None) -> int:
    then = next((step.quantity for step in reversed(steps) if step.since <= on), Decimal(0))
    if held is None or then == 0:
        return value
    share = EXACT.divide(EXACT.multiply(Decimal(value), held.quantity), then)
    return int(share.to_integral_value(context=EXACT))


def _minor(amount: Decimal, currency: str) -> int:
    return int(amount.scaleb(exponent(currency), context=EXACT).to_integral_value(context=EXACT))


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
