"""Level payments over periods of unequal length."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from finapp.assets.public import Rounding, RoundingMode

QUANTA: dict[Rounding, Decimal] = {
    "none": Decimal("0.000001"),
    "unit": Decimal(1),
    "hundredth": Decimal("0.01"),
    "thousandth": Decimal("0.001"),
}
_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_CEILING, "down": ROUND_DOWN}


def round_to(amount: Decimal, rounding: Rounding, mode: RoundingMode = "half_up") -> Decimal:
    """`amount` rounded to its unit, hundredth, thousandth, or six decimals (`none`), with two decimals at least."""
    if rounding == "none":
        return amount.quantize(QUANTA["none"], rounding=ROUND_HALF_EVEN)
    found = amount.quantize(QUANTA[rounding], rounding=_MODES[mode])
    return found.quantize(QUANTA["hundredth"]) if rounding == "unit" else found


def level_payment(due: Decimal, growths: Sequence[Decimal]) -> Decimal:
    """The payment that, made now and after each growth, settles what is `due` now (before the payment of today).

    `growths` are the factors 1 + r f of the periods that follow. It is the annuity formula for unequal periods,
    P prod(1 + r f_k) / sum_j prod_(k>j)(1 + r f_k); with equal ones P i / (1 - (1 + i)^-n).
    """
    annuity = Decimal(1)
    for growth in reversed(growths):
        annuity = 1 + annuity / growth
    return due / annuity


def payments_left(due: Decimal, payment: Decimal, growths: Iterable[Decimal], half_unit: Decimal) -> int | None:
    """How many payments settle `due` (now, then one after each growth); None when the growths run out first.

    A remainder that rounding each payment by `half_unit` explains needs no payment of its own.
    """
    count, explained = 1, half_unit
    for growth in growths:
        if due - payment <= explained:
            return count
        due = (due - payment) * growth
        explained = explained * growth + half_unit
        count += 1
    return count if due - payment <= explained else None
