"""What an account does beside the calendar, and how an earlier forecast held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist, mean, pstdev, stdev

from finapp.kernel.money import EXACT
from finapp.reports.domain.recurring.calendar import due_between, expected
from finapp.reports.public.forecast import CashForecast, ForecastItem, ForecastScore, Habit
from finapp.reports.public.recurring import RecurringStream

Moved = Mapping[tuple[str, date], Decimal]
"""What an account moved on a day."""
WEEKS, RECENT = 52, 12
_AHEAD = 13
_WEEKEND = timedelta(days=4)


def expected_items(
    streams: Sequence[RecurringStream],
    amounts: Mapping[str, Decimal],
    as_of: date,
    last: date,
    seen: Mapping[str, date] | None = None,
    ends: Mapping[str, date] | None = None,
) -> tuple[ForecastItem, ...]:
    """The expected rows of streams; a variable amount is the mean of its last twelve, with their deviation. `amounts`
    are those of rows by their ids, of which the last twelve of each stream are asked for.

    What was due after an account's last statement (`seen`) and is not in the ledger yet counts on the first day. A
    stream with an entry in `ends` stops on that day, give or take a weekend.
    """
    items: list[ForecastItem] = []
    for stream in streams:
        mean_amount, deviation = stream.amount.typical, Decimal(0)
        if stream.amount.kind == "variable":
            recent = [abs(amounts[row]) for row in stream.transaction_ids[-RECENT:] if row in amounts]
            mean_amount = mean(recent).quantize(stream.amount.typical)
            deviation = Decimal(repr(pstdev(float(amount) for amount in recent))).quantize(stream.amount.typical)
        tomorrow = as_of + timedelta(days=1)
        unseen = due_between(stream, (seen or {}).get(stream.account_id or "", as_of), as_of)
        end = min(last, (ends or {}).get(stream.id, last) + _WEEKEND)
        for day in [tomorrow] * len(unseen) + [item.date for item in expected(stream, tomorrow, end)]:
            items.append(
                ForecastItem(
                    date=day,
                    amount=mean_amount if stream.direction == "in" else -mean_amount,
                    account_id=stream.account_id or "",
                    name=stream.name,
                    deviation=deviation,
                )
            )
    return tuple(items)


def habits(moved: Moved, first: Mapping[str, date], accounts: Sequence[str], as_of: date) -> tuple[Habit, ...]:
    """Mean and deviation of a day by account, from the weekly sums of the last 52 weeks: of what `moved` beside the
    expected rows.

    Weeks before an account's `first` row do not count; with fewer than four there is no habit to speak of.
    """
    weekly: dict[str, list[Decimal]] = {account: [Decimal(0)] * WEEKS for account in accounts}
    for (account, day), amount in moved.items():
        week = (as_of - day).days // 7
        if account in weekly and 0 <= week < WEEKS:
            weekly[account][week] += amount
    found = []
    for account, sums in weekly.items():
        known = min((as_of - first[account]).days // 7, WEEKS) if account in first else 0
        if known >= 4:
            found.append(_habit(account, sums[:known]))
    return tuple(found)


def _habit(account: str, sums: Sequence[Decimal]) -> Habit:
    cent = Decimal("0.01")
    per_day, days = EXACT.divide(mean(sums), Decimal(7)), 7 * len(sums)
    weekly = stdev(float(amount) for amount in sums) / 7**0.5
    deviation = Decimal(repr(weekly * _widened(sums, float(per_day), weekly)))
    return Habit(
        account_id=account,
        per_day=per_day.quantize(cent),
        deviation=deviation.quantize(cent),
        learned_days=days,
    )


def _widened(sums: Sequence[Decimal], per_day: float, deviation: float) -> float:
    """How much wider the band must be than independent days would have it, learned from the account's own past.

    From each earlier week the mean is projected up to 13 weeks ahead; the factor makes 80 % of those errors fit.
    `sums` begin with the latest week.
    """
    errors = []
    for start in range(1, len(sums) + 1):
        moved = 0.0
        for weeks in range(1, min(start, _AHEAD) + 1):
            moved += float(sums[start - weeks])
            days = 7 * weeks
            spread = deviation * (days + days**2 / (7 * len(sums))) ** 0.5
            errors.append(abs(moved - per_day * days) / spread if spread else 0.0)
    errors.sort()
    return max(1.0, errors[int(0.8 * (len(errors) - 1))] / NormalDist().inv_cdf(0.9))


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


def scored(earlier: Kept, balances: Mapping[str, Decimal], moved: Moved, as_of: date) -> ForecastScore | None:
    """How the earlier forecast held until `as_of`: `balances` are those of `as_of`, `moved` what led to them since.
    None when no day has passed."""
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
