"""Ranges every report insists on, so that nonsense is refused with its field instead of simulated."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.kernel.money import to_minor

HIGHEST_RATE = Decimal(1)
"""100 % a year: dearer than any product these reports are about."""


def minor(amount: Decimal, currency: str, field: str, *, zero: bool = True, negative: bool = False) -> int:
    """The amount in minor units; Invalid when it is negative, or zero where that makes no sense."""
    number = to_minor(amount, currency, field)
    if number < 0 and not negative:
        raise Invalid(field, "must not be negative")
    if number == 0 and not zero:
        raise Invalid(field, "must be more than 0")
    return number


def rate(value: Decimal, field: str, *, lowest: Decimal = Decimal(0), highest: Decimal = HIGHEST_RATE) -> Decimal:
    """A yearly rate or a share as a decimal fraction, inside its range."""
    if not value.is_finite() or not lowest <= value <= highest:
        raise Invalid(field, f"must lie between {lowest} and {highest}, as a decimal fraction (0.085 is 8.5 %)")
    return value


def whole(value: int, field: str, lowest: int, highest: int) -> int:
    """A whole number inside its range."""
    if not lowest <= value <= highest:
        raise Invalid(field, f"must lie between {lowest} and {highest}")
    return value


def count(items: Iterable[object], field: str, highest: int, lowest: int = 0) -> int:
    """How many items there are, inside a range."""
    found = sum(1 for _ in items)
    if not lowest <= found <= highest:
        raise Invalid(field, f"must have between {lowest} and {highest} entries, has {found}")
    return found


def distinct(values: Iterable[str], field: str) -> None:
    """Ids appear once."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Invalid(field, f"{value!r} appears twice")
        seen.add(value)


def day(value: date, field: str, earliest: date, latest: date) -> date:
    """A day inside a range."""
    if not earliest <= value <= latest:
        raise Invalid(field, f"must lie between {earliest} and {latest}")
    return value
