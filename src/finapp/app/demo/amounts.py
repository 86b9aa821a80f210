"""What each payment of a series costs: fixed, variable, or in steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from finapp.app.demo.accounts import money
from finapp.app.demo.dice import between
from finapp.app.demo.truth import AmountKind, PriceChange


@dataclass(frozen=True, kw_only=True)
class Price:
    """How a series is priced: `amount` at first, in units; see profiles.shape.Stream for the rest."""

    amount: float
    kind: AmountKind = "fixed"
    prices: tuple[float, ...] = ()
    raises: tuple[float, float] = (0.0, 0.0)
    raise_month: int = 1
    swing: float = 0.0
    whole: bool = False


def tidy(value: float, currency: str) -> float:
    """`value` as people agree on a price: in fives, tens or hundreds."""
    steps = (500, 100, 50, 10) if currency == "INR" else (25, 10, 5, 1)
    limits = (10_000, 2_000, 500) if currency == "INR" else (1_000, 250, 50)
    step = next((step for step, limit in zip(steps, limits, strict=False) if value >= limit), steps[-1])
    return max(step, int(value / step + 0.5) * step)


def _listed(random: Random, days: Sequence[date], prices: tuple[float, ...]) -> list[float]:
    """A list price that rises to its last value, about every year and a half."""
    span = (days[-1] - days[0]).days
    changes = min(len(prices) - 1, int(span / 540 + random.random()))
    used = prices[len(prices) - 1 - changes :]
    starts = [
        days[0] + timedelta(days=int(span * (step + between(random, 0.2, 0.9)) / changes)) for step in range(changes)
    ]
    return [used[sum(day >= start for start in starts)] for day in days]


def _raised(random: Random, days: Sequence[date], price: Price, currency: str) -> list[float]:
    amount, year, amounts = price.amount, days[0].year - (days[0].month < price.raise_month), []
    for day in days:
        if day.year - (day.month < price.raise_month) > year:
            year += 1
            amount *= 1 + between(random, *price.raises)
            amount = tidy(amount, currency) if price.whole else amount
        amounts.append(amount)
    return amounts


def amounts_on(random: Random, days: Sequence[date], price: Price, currency: str) -> Sequence[Decimal]:
    """The positive amount due on each of `days`."""
    if not days:
        return []
    first = tidy(price.amount, currency) if price.whole else price.amount
    if price.prices:
        values = _listed(random, days, price.prices)
    elif price.kind == "variable":
        values = [first * (1 + price.swing * (2 * random.random() - 1)) for _ in days]
    elif price.kind == "stepped":
        values = _raised(random, days, price, currency)
        values[0] = first
    else:
        values = [first for _ in days]
    if price.whole or (currency == "INR" and price.kind != "variable" and not price.prices):
        values = [int(value + 0.5) for value in values]
    return [money(value) for value in values]


def price_changes(days: Sequence[date], amounts: Sequence[Decimal]) -> tuple[PriceChange, ...]:
    """Where the amount of a series steps from one payment to the next."""
    return tuple(
        PriceChange(on=day, before=before, after=after)
        for before, after, day in zip(amounts, amounts[1:], days[1:], strict=False)
        if before != after
    )
