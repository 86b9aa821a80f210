"""Calendar rules of recurring payments: lattices of days, and what banks do when a day is closed."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from finapp.app.demo.truth import Frequency, Shift

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_BETWEEN: dict[Frequency, int] = {"weekly": 7, "biweekly": 14, "four_weekly": 28}
MONTHS_BETWEEN: dict[Frequency, int] = {
    "semi_monthly": 1,
    "monthly": 1,
    "bimonthly": 2,
    "quarterly": 3,
    "half_yearly": 6,
    "yearly": 12,
}
PER_YEAR: dict[Frequency, float] = {
    "weekly": 365.25 / 7,
    "biweekly": 365.25 / 14,
    "four_weekly": 365.25 / 28,
    "semi_monthly": 24,
    "monthly": 12,
    "bimonthly": 6,
    "quarterly": 4,
    "half_yearly": 2,
    "yearly": 1,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a payment is due.

    `start` is the lattice's origin: an occurrence for week-based rules, any day of an occurrence month for the rest.
    `days` are days of the month (31 means the last day); `nth` is (which, weekday) for "the 2nd tuesday".
    With neither, month-based rules fall on the last working day.
    """

    frequency: Frequency
    start: date
    days: tuple[int, ...] = ()
    nth: tuple[int, int] | None = None
    shift: Shift = "none"

    @property
    def anchor(self) -> str:
        """The rule in words."""
        if self.frequency in DAYS_BETWEEN:
            return f"every {WEEKDAYS[self.start.weekday()]}"
        if self.nth:
            ordinal = ("1st", "2nd", "3rd", "4th")[self.nth[0] - 1]
            return f"{ordinal} {WEEKDAYS[self.nth[1]]}"
        if not self.days:
            return "last working day"
        named = ["last day" if day == 31 else f"day {day}" for day in self.days]
        return " and ".join(named)


@lru_cache(maxsize=8)
def _holidays(country: str) -> Callable[[date], bool]:
    import holidays

    table = holidays.country_holidays(country)
    return lambda day: day in table


@lru_cache(maxsize=65_536)
def closed(day: date, country: str) -> bool:
    """Whether banks of `country` do not book on `day`: weekends and public holidays."""
    return day.weekday() >= 5 or _holidays(country)(day)


def booked_on(day: date, shift: Shift, country: str) -> date:
    """The day a payment due on `day` is booked."""
    if shift == "none":
        return day
    step = timedelta(days=1 if shift == "next" else -1)
    while closed(day, country):
        day += step
    return day


def _days_of_month(rule: Rule, year: int, month: int, country: str) -> list[date]:
    length = monthrange(year, month)[1]
    if rule.nth:
        which, weekday = rule.nth
        first = date(year, month, 1)
        return [first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))]
    if not rule.days:
        return [booked_on(date(year, month, length), "previous", country)]
    return [date(year, month, min(day, length)) for day in rule.days]


def nominal_days(rule: Rule, first: date, country: str) -> Iterator[date]:
    """Every day on or after `first` on which `rule` falls due, without end, before any shift."""
    if rule.frequency in DAYS_BETWEEN:
        step = DAYS_BETWEEN[rule.frequency]
        day = rule.start + timedelta(days=-(-(first - rule.start).days // step) * step)
        while True:
            yield day
            day += timedelta(days=step)
    step = MONTHS_BETWEEN[rule.frequency]
    origin = rule.start.year * 12 + rule.start.month - 1
    index = first.year * 12 + first.month - 1
    index += (origin - index) % step
    while True:
        for day in _days_of_month(rule, index // 12, index % 12 + 1, country):
            if day >= first:
                yield day
        index += step
