"""Plans one recurring series: its days, its amounts, its rows, and the truth about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from random import Random

from finapp.app.demo.accounts import Opened
from finapp.app.demo.amounts import Price, amounts_on, price_changes
from finapp.app.demo.booking import Due, Planned, Source
from finapp.app.demo.calendars import DAYS_BETWEEN, PER_YEAR, Rule, booked_on, nominal_days
from finapp.app.demo.dice import pick
from finapp.app.demo.narrations import Narrator
from finapp.app.demo.profiles.shape import Profile
from finapp.app.demo.truth import AmountKind, Frequency, Series, Shift


@dataclass(kw_only=True)
class Setting:
    """Where a household is being planned: its profile, banks, window and chance. `employer` is a name and its
    spelling, `counter` numbers the series."""

    profile: Profile
    narrator: Narrator
    random: Random
    opened: Opened
    first: date
    last: date
    pay: float
    employer: tuple[str, str]
    counter: int = 0

    def name_series(self) -> str:
        """An id for the next series."""
        self.counter += 1
        return f"series-{self.counter:03d}"


@dataclass(frozen=True, kw_only=True)
class Life:
    """When a series begins and ends, and how reliably it comes. `late` is the most days it comes after its day."""

    begins: date = date.min
    ends: date = date.max
    late: int = 0
    misses: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of a series inside the window, those it missed, and the next one after it."""

    booked: tuple[date, ...]
    missed: tuple[date, ...]
    next_on: date


def rule_for(random: Random, frequency: Frequency, when: str, shift: Shift, first: date) -> Rule:
    """A calendar rule drawn from `when` (see profiles.shape.Stream), its lattice beginning a year before `first`."""
    origin = date(first.year - 1, int(random.random() * 12) + 1, 1)
    if frequency in DAYS_BETWEEN:
        weekday = int(when) if when.isdigit() else int(random.random() * 5)
        start = origin + timedelta(days=(weekday - origin.weekday()) % 7)
        return Rule(frequency=frequency, start=start, shift=shift)
    rule = Rule(frequency=frequency, start=origin, shift=shift)
    if when == "working":
        return rule
    if when[1:] in ("st", "nd", "rd", "th"):
        return replace(rule, nth=(int(when[0]), int(random.random() * 5)))
    return replace(rule, days=_days(random, frequency, when))


def _days(random: Random, frequency: Frequency, when: str) -> tuple[int, ...]:
    if when == "last":
        return (31,)
    if "," in when:
        days = tuple(int(day) for day in when.split(","))
        return days if frequency == "semi_monthly" else days[:1]
    low, high = (int(day) for day in when.split("-"))
    if frequency == "semi_monthly":
        day = low + int(random.random() * (min(high, 13) - low + 1))
        return (day, day + 15)
    if (low, high) == (1, 28) and random.random() < 0.12:
        return (pick(random, (29, 30, 31)),)
    return (low + int(random.random() * (high - low + 1)),)


def days_of(setting: Setting, rule: Rule, life: Life) -> Days:
    """When the series is booked inside the setting's window."""
    random, country = setting.random, setting.profile.country
    margin = timedelta(days=10)
    booked: list[date] = []
    missed: list[date] = []
    for nominal in nominal_days(rule, setting.first - margin, country):
        day = booked_on(nominal, rule.shift, country)
        came = day + timedelta(days=int(random.random() * (life.late + 1)))
        if came > setting.last:
            next_on = max(day, setting.last + timedelta(days=1))
            break
        if not life.begins <= nominal <= life.ends or came < setting.first:
            continue
        if booked and random.random() < life.misses:
            missed.append(day)
        else:
            booked.append(came)
    inner = tuple(takewhile(lambda day: day < booked[-1], missed)) if booked else ()
    return Days(booked=tuple(booked), missed=inner, next_on=next_on)


def draw_life(setting: Setting, frequency: Frequency, late: int) -> Life:
    """Most series last throughout; some begin or end inside the window, some miss a payment."""
    random = setting.random
    span = (setting.last - setting.first).days
    period = int(366 / PER_YEAR[frequency])
    begins, ends = date.min, date.max
    if random.random() < 0.14:
        begins = setting.first + timedelta(days=int(span * random.random() * 0.8))
    elif random.random() < 0.14 and span > 5 * period:
        ends = setting.last - timedelta(days=2 * period + int((span - 4 * period) * random.random()))
    misses = 0.0 if random.random() < 0.8 else 0.04
    return Life(begins=begins, ends=ends, late=late, misses=misses)


def plan(setting: Setting, sources: list[Source], rule: Rule, life: Life, price: Price | None) -> Planned | None:
    """The series that `sources` print, or None when no payment falls into the window.

    Without a price the amounts follow from balances. Income is positive, everything else negative.
    """
    days = days_of(setting, rule, life)
    if not days.booked:
        return None
    amounts = amounts_on(setting.random, days.booked, price, setting.profile.currency) if price else ()
    sign = 1 if sources[0].flow == "income" else -1
    minors: list[int | None] = [sign * minor(amount) for amount in amounts]
    dues = tuple(
        Due(day=day, source=sources[int(setting.random.random() * len(sources))], minor=value)
        for day, value in zip(days.booked, minors or [None] * len(days.booked), strict=True)
    )
    account_id = setting.opened.accounts[sources[0].account].id
    ended = life.ends < setting.last
    return Planned(series=_truth(sources[0], account_id, rule, days, price, amounts, ended=ended), dues=dues)


def _truth(
    source: Source,
    account_id: str,
    rule: Rule,
    days: Days,
    price: Price | None,
    amounts: Sequence[Decimal],
    *,
    ended: bool,
) -> Series:
    varies = price is None or price.kind == "variable"
    changes = () if varies else price_changes(days.booked, amounts)
    kind: AmountKind = "variable" if varies else "stepped" if changes else "fixed"
    return Series(
        id=source.series_id or "",
        account_id=account_id,
        direction="in" if source.flow == "income" else "out",
        merchant=source.merchant or "",
        category=source.leaf,
        flow=source.flow,
        frequency=rule.frequency,
        anchor=rule.anchor,
        shift=rule.shift,
        amount_kind=kind,
        amount_last=amounts[-1] if amounts else None,
        first_on=days.booked[0],
        last_on=days.booked[-1],
        next_on=None if ended else days.next_on,
        occurrences=len(days.booked),
        ended=ended,
        missed_on=days.missed,
        price_changes=changes,
    )


def minor(amount: Decimal) -> int:
    """An amount of two decimals in minor units."""
    return int(amount.scaleb(2))
