"""The amounts that a size means, in minor units."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from finapp.kernel.money import LARGEST_MINOR, exponent
from finapp.transactions.domain import search


def ranges(node: search.Sized, currency: str) -> list[tuple[int, int]]:
    """From and to, both included: what came in and, where the size of either way counts, what left."""
    low, high = -LARGEST_MINOR, LARGEST_MINOR
    if node.low is not None:
        low = _minor(node.low, currency, ROUND_CEILING, 1 if node.without_low else 0)
    if node.high is not None:
        high = _minor(node.high, currency, ROUND_FLOOR, -1 if node.without_high else 0)
    if node.signed:
        return [(low, high)]
    size = max(low, 0)
    return [(size, high), (-high, -size)]


def _minor(amount: Decimal, currency: str, rounding: str, step: int) -> int:
    """The nearest whole minor unit within a bound; a `step` further where that is the bound itself."""
    exact = amount.scaleb(exponent(currency))
    whole = exact.to_integral_value(rounding)
    nearest = whole + step if whole == exact else whole
    return int(min(max(nearest, Decimal(-LARGEST_MINOR)), Decimal(LARGEST_MINOR)))
