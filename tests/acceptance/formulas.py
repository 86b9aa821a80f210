"""Computes formulas of a basis anew: arithmetic as it is written, and by name what is written in words."""

import re
from calendar import day_name, month_name
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import erfc, sqrt
from statistics import median
from typing import Any

Computed = Callable[[Any, Any, str, Sequence[Mapping[str, Any]]], Decimal | None]
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][\w.\-]*)|(.))")


class Unanswered(Exception):
    """A formula that cannot be computed from what the answer gives."""


def computed(formula: str, known: Mapping[str, Decimal], beside: Callable[[str], Decimal | None]) -> Decimal:
    """The value of an expression of + - x / and parentheses over the inputs' names, and figures `beside` it.

    Raises Unanswered.
    """
    tokens = [match.groups() for match in _TOKEN.finditer(formula) if match.group().strip()]
    reading = _Reading(formula, tokens, known, beside)
    value = reading.sum()
    if not reading.is_done:
        raise Unanswered(f"cannot read the formula {formula!r}")
    return value


class _Reading:
    def __init__(
        self,
        formula: str,
        tokens: Sequence[tuple[Any, ...]],
        known: Mapping[str, Decimal],
        beside: Callable[[str], Decimal | None],
    ) -> None:
        self._formula, self._tokens, self._known, self._beside, self._at = formula, tokens, known, beside, 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._tokens)

    def _next(self, *signs: str) -> str | None:
        if not self.is_done:
            _, word, sign = self._tokens[self._at]
            if (sign or word) in signs:
                self._at += 1
                return str(sign or word)
        return None

    def sum(self) -> Decimal:
        value = self._product()
        while sign := self._next("+", "-"):
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._one()
        while sign := self._next("x", "/"):
            other = self._one()
            if sign == "/" and other == 0:
                raise Unanswered(f"divides by zero: {self._formula!r}")
            value = value * other if sign == "x" else value / other
        return value

    def _one(self) -> Decimal:
        if self._next("("):
            value = self.sum()
            if not self._next(")"):
                raise Unanswered(f"cannot read the formula {self._formula!r}")
            return value
        if self.is_done:
            raise Unanswered(f"cannot read the formula {self._formula!r}")
        digits, word, _ = self._tokens[self._at]
        self._at += 1
        if digits is not None:
            return Decimal(digits)
        value = self._known.get(word) if word in self._known else self._beside(word or "")
        if value is None:
            raise Unanswered(f"{self._formula!r} names {word or 'something'!r}, which is no input")
        return value


def _values(inputs: Sequence[Mapping[str, Any]]) -> list[Decimal]:
    return [Decimal(given["value"]) for given in inputs]


def _median_of_months(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    if inputs[0]["value"] is not None:
        return median(_values(inputs))
    months = walk.answer(inputs[0]["source"])["months"]
    return median([Decimal(month["amount"]) for month in months if month["complete"]])


def _median_before(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    months = walk.answer(inputs[0]["source"])["months"]
    amounts = [Decimal(month["amount"]) for month in months if month["complete"]]
    some = [amount for amount in amounts if amount]
    return median(amounts if 2 * len(some) > len(amounts) else some)


def _mean_of_months(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    return 12 * sum(_values(inputs), Decimal(0)) / len(inputs)


def _added(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    return sum(_values(inputs), Decimal(0))


def _by_day(walk: Any, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    items: list[Mapping[str, Any]] = walk.answer(inputs[0]["source"])["items"]
    return items


def _of_its_days(of: Callable[[date], str]) -> Computed:
    def added(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
        wanted = name.split(".")[1]
        days = (day for day in _by_day(walk, inputs) if of(date.fromisoformat(day["period"])) == wanted)
        return sum((Decimal(day["expenses"]) for day in days), Decimal(0))

    return added


def _slope(values: Sequence[Decimal]) -> Decimal:
    return median([(b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(values), 2)])


def _series(walk: Any, inputs: Sequence[Mapping[str, Any]], figure: str) -> list[Decimal]:
    return [Decimal(item[figure]) for item in walk.answer(inputs[0]["source"])["items"]]


def _trend(name: str) -> str:
    return name.partition(".")[0]


def _theil_sen(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    return _slope(_series(walk, inputs, _trend(name)))


def _per_year(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    values = _series(walk, inputs, _trend(name))
    return 12 * _slope(values) / median(values)


def _mann_kendall(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    values = _series(walk, inputs, _trend(name))
    n, score = len(values), sum((b > a) - (b < a) for a, b in combinations(values, 2))
    tied = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in tied)) / 18
    return Decimal(1) if score == 0 else Decimal(str(erfc((abs(score) - 1) / sqrt(2 * variance))))


def _creep(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    return _slope(_series(walk, inputs, "discretionary")) / _slope(_series(walk, inputs, "income"))


IN_WORDS: dict[str, Computed] = {
    "median over the complete months": _median_of_months,
    "median over the months before": _median_before,
    "12 x mean over the complete months": _mean_of_months,
    "sum of the inputs": _added,
    "sum of its days: weekdays": _of_its_days(lambda day: day_name[day.weekday()].lower()),
    "sum of its days: days_of_month": _of_its_days(lambda day: str(day.day)),
    "sum of its days: months_of_year": _of_its_days(lambda day: month_name[day.month].lower()),
    "median of the slopes between all pairs of months": _theil_sen,
    "12 x per_month / median of the figure": _per_year,
    "Mann-Kendall, two-sided, ties corrected": _mann_kendall,
    "slope of discretionary / slope of income": _creep,
}
"""Formula, as the basis writes it -> how it is computed anew."""
