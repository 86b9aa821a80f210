"""What a household puts aside in a typical month, by its ledger's kept sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from finapp.assets.domain.attribution import SAVED_FLOWS
from finapp.kernel.months import Month, first_day, last_day, month_of, shift

MOST_MONTHS = 12
_LATE, _EARLY = 25, 5
"""The last month with rows is whole when they reach this day, the first when they begin by this one."""


@dataclass(frozen=True, kw_only=True)
class Saving:
    """Medians over the complete months, in the household's currency. None without a month."""

    monthly: Decimal | None
    """Income less living cost and debt service, investments included."""
    invested: Decimal | None
    """The part of it that goes into investments: never more than it, never less than nothing."""
    months: tuple[Month, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MonthFlow:
    """A month's sum of ledger rows of one kind of flow, signed, in the household's currency."""

    month: Month
    flow: str
    amount: Decimal


NO_SAVING = Saving(monthly=None, invested=None)


def complete_months(first: date | None, last: date | None, as_of: date) -> tuple[Month, ...]:
    """Up to twelve whole months before that of `as_of`, among the days `first` to `last` that the ledger covers."""
    if first is None or last is None:
        return ()
    oldest = month_of(first) if first <= first_day(month_of(first)).replace(day=_EARLY) else shift(month_of(first), 1)
    whole = last >= last_day(month_of(last)).replace(day=_LATE)
    newest = min(shift(month_of(as_of), -1), month_of(last) if whole else shift(month_of(last), -1))
    found = [shift(newest, -back) for back in range(MOST_MONTHS)]
    return tuple(month for month in reversed(found) if month >= oldest)


def typical_saving(months: Sequence[Month], flows: Iterable[MonthFlow]) -> Saving:
    """The median month. Money moved into investments is a part of what was saved, not taken from it twice."""
    if not months:
        return NO_SAVING
    saved, invested = dict.fromkeys(months, Decimal(0)), dict.fromkeys(months, Decimal(0))
    for flow in flows:
        if flow.month in saved and flow.flow in SAVED_FLOWS:
            saved[flow.month] += flow.amount
        elif flow.month in invested and flow.flow == "investment":
            invested[flow.month] -= flow.amount
    monthly = median(saved.values())
    put_away = max(median(invested.values()), Decimal(0))
    return Saving(monthly=monthly, invested=min(put_away, max(monthly, Decimal(0))), months=tuple(months))
