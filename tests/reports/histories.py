"""Histories written from how payrolls, lenders and utilities of four countries really book, not by the simulator.

Each history is a list of rows and the streams in it. Banks' holidays come from the `holidays` package; the narrations
in `payments.csv` and `shops.csv` follow the banks' printed shapes, with references that change from row to row.
"""

import calendar
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal, cast

from finapp.reports.public.recurring import Frequency, RecurringRow

FIRST, LAST = date(2024, 9, 1), date(2026, 6, 30)
Shift = Literal["none", "next", "previous"]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """One stream that is in the rows, by the ids of its rows; `next_on` is its next due day, None when it ended."""

    name: str
    direction: str
    frequency: Frequency
    ids: frozenset[str]
    next_on: date | None


@dataclass(kw_only=True)
class History:
    """Rows of one household and the truth about them."""

    country: str
    dice: Random
    rows: list[RecurringRow] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)

    def add(self, day: date, amount: float | Decimal, text: str) -> str:
        """Books one row; later days than the last of the history are not there yet."""
        identifier = f"r{len(self.rows)}"
        value = Decimal(str(amount)).quantize(Decimal("0.01"))
        self.rows.append(RecurringRow(id=identifier, date=day, amount=value, description=text))
        return identifier

    def reference(self, digits: int = 10) -> str:
        """A number as banks print it."""
        return "".join(self.dice.choice("0123456789") for _ in range(digits))


@cache
def _holidays(country: str) -> frozenset[date]:
    import holidays

    subdivision = {"in": "KA", "us": None, "gb": "ENG", "eu": "BE"}[country]
    code = {"in": "IN", "us": "US", "gb": "GB", "eu": "DE"}[country]
    found = holidays.country_holidays(code, subdiv=subdivision, years=range(2024, 2028))
    return frozenset(found)


def is_open(day: date, country: str) -> bool:
    """Whether banks work."""
    return day.weekday() < 5 and day not in _holidays(country)


def moved(day: date, shift: Shift, country: str) -> date:
    """The day moved to a working day."""
    step = {"none": 0, "next": 1, "previous": -1}[shift]
    while step and not is_open(day, country):
        day += timedelta(days=step)
    return day


Rule = Callable[[str], Iterator[date]]


def monthly(day: int, every: int = 1, start: int = 0, shift: Shift = "none") -> Rule:
    """A day of the month; 31 is the last."""

    def days(country: str) -> Iterator[date]:
        month = FIRST.year * 12 + FIRST.month - 1 + start
        while True:
            year, number = divmod(month, 12)
            length = calendar.monthrange(year, number + 1)[1]
            yield moved(date(year, number + 1, min(day, length)), shift, country)
            month += every

    return days


def weekly(first: date, step: int, shift: Shift = "none") -> Rule:
    """Every so many days."""

    def days(country: str) -> Iterator[date]:
        day = first
        while True:
            yield moved(day, shift, country)
            day += timedelta(days=step)

    return days


def working_day(number: int) -> Rule:
    """The nth working day of each month; -1 is the last."""

    def days(country: str) -> Iterator[date]:
        month = FIRST.year * 12 + FIRST.month - 1
        while True:
            year, index = divmod(month, 12)
            length = calendar.monthrange(year, index + 1)[1]
            working = [d for n in range(length) if is_open(d := date(year, index + 1, n + 1), country)]
            yield working[number if number < 0 else number - 1]
            month += 1

    return days


def nth_weekday(nth: int, weekday: int) -> Rule:
    """The nth weekday of each month; -1 is the last."""

    def days(country: str) -> Iterator[date]:
        month = FIRST.year * 12 + FIRST.month - 1
        while True:
            year, index = divmod(month, 12)
            length = calendar.monthrange(year, index + 1)[1]
            found = [d for n in range(length) if (d := date(year, index + 1, n + 1)).weekday() == weekday]
            yield found[nth if nth < 0 else nth - 1]
            month += 1

    return days


def twice(early: int, late: int, shift: Shift = "previous") -> Rule:
    """Two days of each month."""

    def days(country: str) -> Iterator[date]:
        for one, two in zip(monthly(early, shift=shift)(country), monthly(late, shift=shift)(country), strict=True):
            yield one
            yield two

    return days


@dataclass(frozen=True, kw_only=True)
class Payment:
    """How one stream books: `amount(n, dice)` is signed, `text(history)` its narration, `late` the longest delay."""

    name: str
    frequency: Frequency
    rule: Rule
    amount: Callable[[int, Random], float]
    text: Callable[[History, date], str]
    late: int = 0
    skip: frozenset[int] = frozenset()
    ends: date | None = None
    begins: date = FIRST


def book(history: History, payment: Payment) -> None:
    """Adds the rows of a payment up to the last day and its truth."""
    ids: list[str] = []
    upcoming = None
    for number, due in enumerate(payment.rule(history.country)):
        if due < payment.begins:
            continue
        if payment.ends and due > payment.ends:
            break
        day = due + timedelta(days=history.dice.randint(0, payment.late))
        if day > LAST:
            upcoming = due
            break
        if number not in payment.skip:
            ids.append(history.add(day, payment.amount(number, history.dice), payment.text(history, day)))
    direction = "in" if payment.amount(0, Random(1)) > 0 else "out"
    history.truths.append(
        Truth(
            name=payment.name,
            direction=direction,
            frequency=payment.frequency,
            ids=frozenset(ids),
            next_on=upcoming,
        )
    )


def fixed(amount: float) -> Callable[[int, Random], float]:
    """Always the same."""
    return lambda number, dice: amount


def steps(*prices: tuple[int, float]) -> Callable[[int, Random], float]:
    """Prices from a number of occurrences on."""

    def amount(number: int, dice: Random) -> float:
        return [price for since, price in prices if since <= number][-1]

    return amount


def varying(mean: float, share: float, season: float = 0.0) -> Callable[[int, Random], float]:
    """Around a mean, with a yearly season."""
    from math import cos, tau

    def amount(number: int, dice: Random) -> float:
        return round(mean * (1 + season * cos(tau * number / 12)) * (1 + dice.uniform(-share, share)), 2)

    return amount


def said(pattern: str) -> Callable[[History, date], str]:
    """A narration; `{ref}`, `{short}`, `{mon}`, `{dmy}` change from row to row."""

    def text(history: History, day: date) -> str:
        return pattern.format(
            ref=history.reference(12),
            short=history.reference(4),
            mon=f"{day:%b}".upper(),
            month=f"{day:%B %Y}",
            dmy=f"{day:%d%m%y}",
            alnum="".join(history.dice.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(9)),
        )

    return text


def _rule(words: str) -> Rule:
    """A rule of the table: `monthly day every start shift`, `every days first shift`, `working n`, `weekday n day`,
    `twice early late shift`."""
    kind, *rest = words.split()
    if kind == "monthly":
        return monthly(int(rest[0]), int(rest[1]), int(rest[2]), _shift(rest[3]))
    if kind == "every":
        return weekly(date.fromisoformat(rest[1]), int(rest[0]), _shift(rest[2]))
    if kind == "working":
        return working_day(int(rest[0]))
    if kind == "weekday":
        return nth_weekday(int(rest[0]), int(rest[1]))
    return twice(int(rest[0]), int(rest[1]), _shift(rest[2]))


def _shift(word: str) -> Shift:
    return "next" if word == "next" else "previous" if word == "previous" else "none"


def _amount(words: str) -> Callable[[int, Random], float]:
    """`fixed amount`, `steps number:amount ...`, `varying mean share season`."""
    kind, *rest = words.split()
    if kind == "fixed":
        return fixed(float(rest[0]))
    if kind == "steps":
        pairs = (word.split(":") for word in rest)
        return steps(*((int(number), float(price)) for number, price in pairs))
    return varying(*map(float, rest))


def _table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def catalogue(country: str) -> tuple[Payment, ...]:
    """The payments of a country."""
    return tuple(
        Payment(
            name=row["name"],
            frequency=cast(Frequency, row["frequency"]),
            rule=_rule(row["rule"]),
            amount=_amount(row["amount"]),
            text=said(row["narration"]),
            late=int(row["late"]),
        )
        for row in _table("payments.csv")
        if row["country"] == country
    )


_CASH = {
    "in": ("ATM WDL {ref} BANGALORE", 5000),
    "us": ("BKOFAMERICA ATM {ref} WITHDRAWAL SEATTLE", 80),
    "gb": ("CASH HALIFAX {dmy}", 50),
    "eu": ("GELDAUTOMAT SPARKASSE {ref}", 100),
}


def history(country: str, seed: int) -> History:
    """A household that has about half of its country's payments, shops as people do, and draws the same cash weekly."""
    made = History(country=country, dice=Random(f"{country}{seed}"))
    payments = catalogue(country)
    for payment in made.dice.sample(payments, k=len(payments) * 2 // 3):
        book(made, _disturbed(made.dice, payment))
    for shop in _table("shops.csv"):
        if shop["country"] == country:
            _shop(made, said(shop["narration"]), float(shop["mean"]), float(shop["visits_a_month"]))
    text, amount = _CASH[country]
    day = FIRST + timedelta(days=made.dice.randint(0, 6))
    while day <= LAST:
        made.add(day, -amount, said(text)(made, day))
        day += timedelta(days=made.dice.choice((6, 7, 7, 7, 8)))
    made.rows.sort(key=lambda row: row.date)
    return made


def _disturbed(dice: Random, payment: Payment) -> Payment:
    """Now and then one occurrence is missing, the stream ended, or it began later."""
    many = payment.frequency in ("weekly", "biweekly", "four_weekly", "semi_monthly", "monthly")
    chance = dice.random()
    if many and chance < 0.15:
        return replace(payment, skip=frozenset({dice.randint(4, 12)}))
    if many and chance < 0.25:
        return replace(payment, ends=LAST - timedelta(days=dice.randint(120, 300)))
    if many and chance < 0.4:
        return replace(payment, begins=LAST - timedelta(days=dice.randint(150, 400)))
    return payment


def _shop(made: History, text: Callable[[History, date], str], mean: float, per_month: float) -> None:
    """Visits at random days, on one habitual weekday half of the time; amounts around a mean, sometimes round."""
    day, habit = FIRST, made.dice.randint(0, 6)
    while True:
        day += timedelta(days=max(1, round(made.dice.expovariate(per_month / 30.4))))
        if made.dice.random() < 0.5 and per_month < 6:
            day += timedelta(days=(habit - day.weekday()) % 7)
        if day > LAST:
            return
        amount = mean if mean < 7 and made.dice.random() < 0.6 else mean * made.dice.lognormvariate(0, 0.45)
        made.add(day, -round(amount, 2), text(made, day))
