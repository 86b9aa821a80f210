"""What the amounts of a stream do: stay, change in steps, or vary. Amounts are positive, in the order of their days."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Literal

from finapp.reports.public.recurring import AmountChange, RecurringAmount

Kind = Literal["fixed", "variable", "stepped"]
SAME = Decimal("0.005")
"""Amounts within half a percent are the same price: banks round, and small charges come on top."""
_RECENT = 6


def same_price(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts are one price."""
    return abs(a - b) <= SAME * max(a, b)


def levels(amounts: Sequence[Decimal]) -> list[tuple[int, Decimal]]:
    """Runs of one price: (position of the first, amount)."""
    runs: list[tuple[int, Decimal]] = []
    for position, amount in enumerate(amounts):
        if not runs or not same_price(runs[-1][1], amount):
            runs.append((position, amount))
    return runs


def steady(amounts: Sequence[Decimal]) -> list[Decimal]:
    """The amounts with each single odd one between two equal prices replaced by that price (a part month, a typo)."""
    calm = list(amounts)
    for i in range(1, len(calm) - 1):
        if same_price(calm[i - 1], calm[i + 1]) and not same_price(calm[i], calm[i - 1]):
            calm[i] = calm[i - 1]
    return calm


def kind_of(amounts: Sequence[Decimal]) -> Kind:
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


def _kept(runs: Sequence[tuple[int, Decimal]], count: int) -> bool:
    """Whether prices are kept: at most a fifth of the rows stand alone between two changes, ends not counted."""
    starts = [position for position, _ in runs] + [count]
    return sum(later - earlier == 1 for earlier, later in pairwise(starts[1:-1])) <= count // 5


def variation(amounts: Sequence[Decimal]) -> float:
    """Median absolute deviation over the median."""
    centre = median(amounts)
    return float(median(abs(amount - centre) for amount in amounts) / centre) if centre else 0.0


def profile(amounts: Sequence[Decimal]) -> RecurringAmount:
    """The amounts in the words of the report."""
    typical = median(amounts[-_RECENT:])
    kind = kind_of(amounts)
    return RecurringAmount(
        kind=kind,
        last=amounts[-1],
        typical=(amounts[-1] if kind != "variable" else typical).quantize(amounts[-1]),
        low=min(amounts),
        high=max(amounts),
    )


def changes(amounts: Sequence[Decimal], days: Sequence[date]) -> tuple[AmountChange, ...]:
    """The dated price changes of a stepped amount; none for the other kinds."""
    if kind_of(amounts) != "stepped":
        return ()
    runs = levels(steady(amounts))
    return tuple(
        AmountChange(on=days[later[0]], before=earlier[1], after=later[1]) for earlier, later in pairwise(runs)
    )


def clusters(sizes: Sequence[float], order: Sequence[int], gap: float) -> list[list[int]]:
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
