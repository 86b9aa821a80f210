"""What an account does beside the calendar, and how an earlier forecast held."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, pstdev

from finapp.kernel.money import EXACT
from finapp.reports.public.forecast import CashForecast, ForecastScore, Habit
from finapp.reports.public.recurring import RecurringRow

WEEKS = 26
_TRIMMED = 0.08
"""Share of weeks at each end drawn in to the next: a single large purchase is not a habit."""


def habits(
    rows: Sequence[RecurringRow], expected: frozenset[str], accounts: Sequence[str], as_of: date
) -> tuple[Habit, ...]:
    """Mean and deviation of a day by account, from the weekly sums of the last 26 weeks without the expected rows.

    Weeks before an account's first row do not count; with fewer than four there is no habit to speak of.
    """
    weekly: dict[str, list[Decimal]] = {account: [Decimal(0)] * WEEKS for account in accounts}
    first: dict[str, date] = {}
    for row in rows:
        account = row.account_id
        if account is None or account not in weekly or row.date > as_of:
            continue
        first[account] = min(first.get(account, row.date), row.date)
        week = (as_of - row.date).days // 7
        if week < WEEKS and row.id not in expected:
            weekly[account][week] += row.amount
    found = []
    for account, sums in weekly.items():
        known = min((as_of - first[account]).days // 7, WEEKS) if account in first else 0
        if known >= 4:
            found.append(_habit(account, sums[:known]))
    return tuple(found)


def _habit(account: str, sums: Sequence[Decimal]) -> Habit:
    ordered = sorted(sums)
    cut = int(len(ordered) * _TRIMMED)
    calm = [min(max(amount, ordered[cut]), ordered[-1 - cut]) for amount in sums]
    cent = Decimal("0.01")
    deviation = Decimal(repr(pstdev(float(amount) for amount in sums) / 7**0.5))
    return Habit(
        account_id=account,
        per_day=EXACT.divide(mean(calm), Decimal(7)).quantize(cent),
        deviation=deviation.quantize(cent),
        learned_days=len(sums) * 7,
    )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An earlier forecast: (account, day) -> ends of the band."""

    made_on: date
    band: Decimal
    days: Mapping[tuple[str, date], tuple[Decimal, Decimal]]


def kept(found: CashForecast) -> Kept:
    """What is kept of a forecast to score it later."""
    return Kept(
        made_on=found.as_of,
        band=found.band,
        days={(a.account_id, day.date): (day.low, day.high) for a in found.accounts for day in a.daily},
    )


def scored(
    earlier: Kept, balances: Mapping[str, Decimal], rows: Sequence[RecurringRow], as_of: date
) -> ForecastScore | None:
    """How the earlier forecast held until `as_of`; `balances` are those of `as_of`. None when no day has passed."""
    moved: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.account_id is not None and earlier.made_on < row.date <= as_of:
            moved[row.account_id, row.date] += row.amount
    inside = total = 0
    for account, balance in balances.items():
        day, closing = as_of, balance
        while day > earlier.made_on:
            band = earlier.days.get((account, day))
            if band is not None:
                total += 1
                inside += band[0] <= closing <= band[1]
            closing -= moved.get((account, day), Decimal(0))
            day -= timedelta(days=1)
    if not total:
        return None
    coverage = EXACT.divide(Decimal(inside), Decimal(total)).quantize(Decimal("0.0001"))
    return ForecastScore(
        made_on=earlier.made_on, days=(as_of - earlier.made_on).days, band=earlier.band, coverage=coverage
    )
