"""One root of a monotone function, in Decimal."""

from collections.abc import Callable
from decimal import Decimal


def monotone_root(
    function: Callable[[Decimal], Decimal], low: Decimal, high: Decimal, tolerance: Decimal
) -> Decimal | None:
    """The x in [low, high] where `function` is zero, to within `tolerance`; None when the ends have one sign.

    Regula falsi with the Illinois modification (Dowell and Jarratt, BIT 11, 1971): it keeps the bracket.
    """
    left, right = function(low), function(high)
    if left == 0:
        return low
    if right == 0:
        return high
    if (left > 0) == (right > 0):
        return None
    for step in range(400):
        middle = (low + high) / 2 if step % 3 == 2 else (low * right - high * left) / (right - left)
        value = function(middle)
        if value == 0 or high - low <= tolerance:
            return middle
        if (value > 0) == (right > 0):
            high, right, left = middle, value, left / 2
        else:
            low, left, right = middle, value, right / 2
    return (low + high) / 2
