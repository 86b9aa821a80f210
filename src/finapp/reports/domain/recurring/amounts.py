"""What the amounts of a stream do: stay, change in steps, or vary. Amounts are positive minor units, in the order of
their days."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Literal

from finapp.reports.public.recurring import AmountChange, RecurringAmount

Kind = Literal["fixed", "variable", "stepped"]
SAME = 200
"""Amounts within a two-hundredth are the same price: banks round, and small charges come on top."""
_RECENT = 6


def same_price(a: int, b: int) -> bool:
    """Whether two amounts are one price."""
    return (a - b) * SAME <= a if a > b else (b - a) * SAME <= b


def levels(amounts: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of one price: (position of the first, amount)."""
    runs: list[tuple[int, int]] = []
    price = None
    for position, amount in enumerate(amounts):
        if price is None or (amount != price and not same_price(price, amount)):
            runs.append((position, amount))
            price = amount
    return runs


def steady(amounts: Sequence[int]) -> list[int]:
    """The amounts with each single odd one between two equal prices replaced by that price (a part month, a typo)."""
    calm = list(amounts)
    for i in range(1, len(calm) - 1):
        if same_price(calm[i - 1], calm[i + 1]) and not same_price(calm[i], calm[i - 1]):
            calm[i] = calm[i - 1]
    return calm


def kind_of(amounts: Sequence[int]) -> Kind:
    """Fixed: one price. Stepped: few prices, each kept for a while. Variable: anything else."""
    runs = levels(steady(amounts))
    if len(runs) == 1:
        return "fixed"
    if len(amounts) >= 4 and len(runs) <= 1 + len(amounts) // 4 and _kept(runs, len(amounts)):
        return "stepped"
    if len(amounts) == 3 and len(runs) == 2 and runs[1][0] == 2:
        return "stepped"
    common = Counter(amounts).most_common(1)[0][1]
    return "fixed" if len(amounts) >= 5 and common >= 0.8 * len(amounts) else "variable"


def _kept(runs: Sequence[tuple[int, int]], count: int) -> bool:
    """Whether prices are kept: at most a fifth of the rows stand alone between two changes, ends not counted."""
    starts = [position for position, _ in runs] + [count]
    return sum(later - earlier == 1 for earlier, later in pairwise(starts[1:-1])) <= count // 5


def variation(amounts: Sequence[int]) -> float:
    """Median absolute deviation over the median."""
    centre = median(amounts)
    return float(median(abs(amount - centre) for amount in amounts) / centre) if centre else 0.0


def profile(amounts: Sequence[int], decimals: int) -> RecurringAmount:
    """The amounts in the words of the report."""
    kind = kind_of(amounts)
    typical = amounts[-1] if kind != "variable" else _middle(amounts[-_RECENT:])
    last, low, high = amounts[-1], min(amounts), max(amounts)
    return RecurringAmount(
        kind=kind,
        last=money(last, decimals),
        typical=money(typical, decimals),
        low=money(low, decimals),
        high=money(high, decimals),
    )


def money(minor: int, decimals: int) -> Decimal:
    """Minor units as an amount."""
    return Decimal(minor).scaleb(-decimals)


def _middle(amounts: Sequence[int]) -> int:
    """The median, rounded half-even."""
    ordered, half = sorted(amounts), len(amounts) // 2
    if len(ordered) % 2:
        return ordered[half]
    whole, odd = divmod(ordered[half - 1] + ordered[half], 2)
    return whole + (odd and whole & 1)


def changes(amounts: Sequence[int], days: Sequence[date], decimals: int) -> tuple[AmountChange, ...]:
    """The dated price changes of a stepped amount; none for the other kinds."""
    if kind_of(amounts) != "stepped":
        return ()
    return tuple(
        AmountChange(on=days[later[0]], before=money(earlier[1], decimals), after=money(later[1], decimals))
        for earlier, later in pairwise(levels(steady(amounts)))
    )


def clusters(sizes: Sequence[int], order: Sequence[int], gap: float) -> list[list[int]]:
    """Positions grouped so that neighbouring sizes of one group differ by less than `gap` (0.03 is 3 %).

    `order` are the positions by size, sorted once by the caller for every gap that it tries.
    """
    groups: list[list[int]] = []
    limit = -1.0
    for position in order:
        size = sizes[position]
        if size <= limit:
            groups[-1].append(position)
        else:
            groups.append([position])
        limit = size * (1 + gap)
    return groups
