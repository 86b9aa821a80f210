"""Computes formulas of a basis anew: arithmetic as it is written, and by name what is written in words."""

import re
from calendar import day_name, month_name
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import combinations, pairwise
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


def _same(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal | None:
    value = walk.found(walk.answer(inputs[0]["source"]), inputs[0]["id"])
    return None if value is None else Decimal(str(value))


def _at_most_100(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    return min(sum(_values(inputs), Decimal(0)), Decimal(100))


def _not_below_0(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    saved, target = _values(inputs)
    return max(target - saved, Decimal(0))


def _rounded_up(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    remaining, months = _values(inputs)
    return (remaining / months).quantize(Decimal("0.01"), rounding=ROUND_CEILING)


def _lowest(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    """The expected rows, incoming ones from the calendar, day by day."""
    tile = holder["obligations"]["data"]
    calendar = walk.answer(inputs[1]["source"]) if len(inputs) > 1 else {"items": []}
    moved: dict[str, Decimal] = {}
    for item in calendar["items"]:
        if item["date"] < tile["first"]:
            continue
        moved[item["date"]] = moved.get(item["date"], Decimal(0)) + Decimal(item["amount"])
    running = lowest = Decimal(tile["balance"])
    for day in sorted(moved):
        running += moved[day]
        lowest = min(lowest, running)
    return lowest


def _debt_share(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    part, whole = (Decimal(walk.answer(given["source"])[given["id"]]) for given in inputs)
    return part / whole


def _on_its_curve(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    component = next(each for each in holder["components"] if name == f"components.{each['name']}.contribution")
    knots = [(Decimal(str(knot["value"])), Decimal(str(knot["score"]))) for knot in component["knots"]]
    value, weight, coverage = _values(inputs)
    return (_interpolated(knots, value) * weight / coverage).quantize(Decimal("0.01"))


def _interpolated(knots: Sequence[tuple[Decimal, Decimal]], value: Decimal) -> Decimal:
    if value <= knots[0][0]:
        return knots[0][1]
    for (left, low), (right, high) in pairwise(knots):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return knots[-1][1]


def _measured(of: Callable[[Any], Decimal | float]) -> Computed:
    def again(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
        return Decimal(str(of(walk.answer(inputs[0]["source"]))))

    return again


def _spread(worth: Any) -> Decimal:
    held: dict[str, Decimal] = {}
    for item in worth["positions"]:
        if item["liquidity"] is not None and item["converted"] is not None and Decimal(item["converted"]) > 0:
            held[item["group"]] = held.get(item["group"], Decimal(0)) + Decimal(item["converted"])
    whole = sum(held.values(), Decimal(0))
    return 1 - sum(((amount / whole) ** 2 for amount in held.values()), Decimal(0))


def _on_time(streams: Any) -> Decimal:
    live = [each for each in streams["streams"] if each["direction"] == "out" and each["status"] in _LIVE]
    came, missed = sum(each["occurrences"] for each in live), sum(len(each["missed"]) for each in live)
    return Decimal(came) / (came + missed)


def _insured(streams: Any) -> Decimal:
    live = [each for each in streams["streams"] if each["direction"] == "out" and each["status"] in _LIVE]
    return Decimal(any(each["category"] == "insurance" for each in live))


def _worth_trend(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    points = walk.answer(inputs[0]["source"])["points"]
    month = walk.answer("/analytics/typical-month")
    return (Decimal(points[-1]["net_worth"]) - Decimal(points[0]["net_worth"])) / (12 * Decimal(month["expenses"]))


def _from_month(figure: str, times: int = 1) -> Computed:
    def again(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
        return times * Decimal(str(walk.answer("/analytics/typical-month")[figure]))

    return again


def _better_rate(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    kept, *accounts = inputs
    balances, rates = _values(accounts[::2]), _values(accounts[1::2])
    above = [max(balance - Decimal(kept["value"]), Decimal(0)) for balance in balances]
    return sum((amount * (max(rates) - rate) for amount, rate in zip(above, rates, strict=True)), Decimal(0))


def _standing(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    parts = sum((Decimal(holder[f"by_{part}"]) for part in ("saving", "market", "elsewhere")), Decimal(0))
    gap = Decimal(holder["actual"]) - Decimal(holder["planned"])
    if parts != gap:
        raise Unanswered(f"the parts make {parts}, actual less planned {gap}")
    return gap


def _gained(walk: Any, holder: Any, name: str, inputs: Sequence[Mapping[str, Any]]) -> Decimal:
    paid = sum((Decimal(lot["basis"]) for lot in holder["lots"]), Decimal(0))
    return Decimal(holder["gross"]) - Decimal(holder["fees"]) - paid


_LIVE = ("mature", "overdue")
IN_WORDS: dict[str, Computed] = {
    "median over the complete months": _median_of_months,
    "median over the months before": _median_before,
    "12 x mean over the complete months": _mean_of_months,
    "sum of the inputs": _added,
    "sum of inputs": _added,
    "sum of the inputs without their signs": lambda walk, holder, name, inputs: sum(
        map(abs, _values(inputs)), Decimal(0)
    ),
    "sum of (balance - kept, not below 0) x (best rate - rate)": _better_rate,
    "today + days + months": lambda walk, holder, name, inputs: sum(
        (Decimal(holder["liquid"][tier]) for tier in ("today", "days", "months")), Decimal(0)
    ),
    "sum of monthly equivalents of live incoming streams": _added,
    "sum of monthly equivalents of live outgoing streams": _added,
    "sum of positive positions less sum of negative ones, each converted": _added,
    "12 x median monthly living cost": _from_month("expenses", 12),
    "(income - living cost - debt service)/income over all months used together": _from_month("savings_rate"),
    "sum of the monthly equivalents, own transfers left out": _added,
    "actual - planned = by_saving + by_market + by_elsewhere": _standing,
    "gross - fees - basis of the parts taken": _gained,
    "0 less the sum of the inputs": lambda walk, holder, name, inputs: -_added(walk, holder, name, inputs),
    "all that is left": _added,
    "smaller of left and capacity": lambda walk, holder, name, inputs: min(_values(inputs)),
    "the amount asked about": lambda walk, holder, name, inputs: _values(inputs)[0],
    "sum of the inputs, at most 100": _at_most_100,
    "the figure of that answer": _same,
    "target_amount - saved, not below 0": _not_below_0,
    "remaining / months, rounded up": _rounded_up,
    "lowest of balance and what is expected, added up day by day": _lowest,
    "debt_service / income there": _debt_share,
    "value on the curve of its knots x weight / coverage": _on_its_curve,
    "(income - living cost - debt service) / income over the months of the typical month together": _measured(
        lambda month: month["savings_rate"]
    ),
    "months of essential living cost and debt service that liquid money covers": _measured(lambda fund: fund["months"]),
    "debt service / income of a typical month": _measured(
        lambda month: Decimal(month["debt_service"]) / Decimal(month["income"])
    ),
    "everything owed / everything owned": _measured(
        lambda worth: Decimal(worth["liabilities"]) / Decimal(worth["assets"])
    ),
    "share of expected recurring payments that came when they were due": _measured(_on_time),
    "1 when a premium is paid regularly, 0 when none is seen among the recurring payments": _measured(_insured),
    "1 - sum of the squared shares of the classes of what is owned": _measured(_spread),
    "change of net worth over the last twelve months / living cost of twelve typical months": _worth_trend,
    "sum of its days: weekdays": _of_its_days(lambda day: day_name[day.weekday()].lower()),
    "sum of its days: days_of_month": _of_its_days(lambda day: str(day.day)),
    "sum of its days: months_of_year": _of_its_days(lambda day: month_name[day.month].lower()),
    "median of the slopes between all pairs of months": _theil_sen,
    "12 x per_month / median of the figure": _per_year,
    "Mann-Kendall, two-sided, ties corrected": _mann_kendall,
    "slope of discretionary / slope of income": _creep,
}
"""Formula, as the basis writes it -> how it is computed anew."""
