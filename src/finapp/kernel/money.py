"""Exact money. Amounts are Decimal in code, integer minor units in tables, decimal strings in JSON."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Annotated, Any

from finapp.kernel.currencies import KNOWN
from finapp.kernel.errors import Invalid

# Wide enough for any product of two amounts of the largest stored size (18 digits) and a rate.
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
LARGEST_MINOR = 10**15


class _ShownAsNumber:
    """Marks a Decimal that a JSON answer shows as a number, because it is a rate or a share, not money.

    The hook builds pydantic's core schema from plain dictionaries, so the kernel needs no import of it.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = handler(source)
        number = {"type": "float"}
        plain = {"type": "function-plain", "function": float, "return_schema": number, "when_used": "json"}
        return {**schema, "serialization": plain}


Rate = Annotated[Decimal, _ShownAsNumber()]
"""A dimensionless Decimal (rate, share, months of cover): exact in code, a number in JSON answers."""


def exponent(currency: str) -> int:
    """Decimal places of `currency` (ISO 4217, former ones too). Raises Invalid for an unknown code."""
    try:
        return KNOWN[currency]
    except KeyError:
        raise Invalid("currency", f"{currency!r} is not an ISO 4217 currency code") from None


def quantum(currency: str) -> Decimal:
    """The smallest amount of `currency`: 0.01 for INR, 1 for JPY."""
    return Decimal(1).scaleb(-exponent(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """`amount` rounded half-even to the minor unit of `currency`: for named places at the end of a calculation.

    What rounds to nothing is 0, never -0.
    """
    return EXACT.plus(amount.quantize(quantum(currency), context=EXACT))


def to_minor(amount: Decimal, currency: str, field: str = "amount") -> int:
    """`amount` as an integer count of minor units.

    Raises Invalid naming `field` when the amount is not finite, has more decimals than the currency, or is
    larger than 10**15 minor units. It never rounds: callers round first, where the rounding is named.
    """
    if not amount.is_finite():
        raise Invalid(field, "must be a finite amount")
    minor = amount.scaleb(exponent(currency), context=EXACT)
    if -LARGEST_MINOR <= minor <= LARGEST_MINOR and minor == (whole := int(minor)):
        return whole
    if minor != minor.to_integral_value():
        raise Invalid(field, f"has more decimals than {currency} allows ({exponent(currency)})")
    raise Invalid(field, "is larger than can be stored")


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount of `minor` units, with exactly the decimals of `currency` (45000, INR -> 450.00)."""
    return Decimal(minor).scaleb(-exponent(currency), context=EXACT)


def allocate(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """`total` minor units split in proportion to non-negative `weights` by largest remainder.

    The parts sum to `total` exactly. Ties go to the earlier part. All-zero weights split evenly.
    """
    if not weights:
        raise ValueError("nothing to allocate to")
    shares = [Decimal(weight) for weight in weights]
    if not any(shares):
        shares = [Decimal(1)] * len(shares)
    whole = sum(shares)
    exact = [EXACT.divide(EXACT.multiply(abs(total), share), whole) for share in shares]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in by_remainder[: abs(total) - sum(parts)]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]
