"""Medians and bands of monthly figures, exact and rounded once."""

from collections.abc import Sequence
from decimal import Decimal

from finapp.analytics.domain.sums import Totals
from finapp.analytics.public import Band, Monthly
from finapp.kernel.money import rounded

FIGURES = ("income", "expenses", "essential", "discretionary", "debt_service", "invested", "saved")
LOW, MIDDLE, HIGH = Decimal("0.1"), Decimal("0.5"), Decimal("0.9")


def quantile(values: Sequence[Decimal], at: Decimal) -> Decimal:
    """Linear between order statistics: Hyndman and Fan (1996), type 7. `values` is not empty."""
    ordered = sorted(values)
    place = at * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def median(values: Sequence[Decimal], currency: str) -> Decimal:
    """The middle value, rounded half-even to the currency. `values` is not empty."""
    return rounded(quantile(values, MIDDLE), currency)


def monthly(months: Sequence[Totals], currency: str) -> Monthly:
    """The median of each figure; `months` is not empty."""
    return Monthly(**{name: median([getattr(each, name) for each in months], currency) for name in FIGURES})


def band(values: Sequence[Decimal], currency: str) -> Band:
    """10th, 50th and 90th percentile; `values` is not empty."""
    low, middle, high = (rounded(quantile(values, at), currency) for at in (LOW, MIDDLE, HIGH))
    return Band(low=low, median=middle, high=high)
