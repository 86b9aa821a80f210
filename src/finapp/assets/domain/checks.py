"""What no figure of this context may be: the limits that every input is held to, named by field."""

from datetime import date
from decimal import Decimal

from finapp.kernel.errors import Invalid

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)
HIGHEST_RATE = Decimal(5)
MOST_MONTHS = 1200
LARGEST_AMOUNT = Decimal(10) ** 13
LARGEST_QUANTITY = Decimal(10) ** 15
QUANTITY_DECIMALS = 18


def check_date(field: str, day: date) -> None:
    """Refuses days outside 1900 to 2200: they are typing errors, and calendars before them differ by country."""
    if not EARLIEST <= day <= LATEST:
        raise Invalid(field, f"must lie between {EARLIEST} and {LATEST}")


def check_rate(field: str, rate: Decimal, highest: Decimal = HIGHEST_RATE) -> None:
    """Refuses yearly rates below 0 or above `highest`, by default 5 (500 %)."""
    if not rate.is_finite() or not 0 <= rate <= highest:
        raise Invalid(field, f"must lie between 0 and {highest} (a fraction a year: 0.085 is 8.5 %)")


def check_amount(field: str, amount: Decimal, *, zero: bool = False) -> None:
    """Refuses amounts that are not positive (or zero, where `zero` allows it), not finite, or too large."""
    if not amount.is_finite() or amount < 0 or (amount == 0 and not zero):
        raise Invalid(field, "must not be negative" if zero else "must be positive")
    if amount > LARGEST_AMOUNT:
        raise Invalid(field, f"must not exceed {LARGEST_AMOUNT:f}")


def check_quantity(field: str, quantity: Decimal) -> None:
    """Refuses quantities that are not positive, not finite, too large, or finer than 18 decimals."""
    if not quantity.is_finite() or quantity <= 0:
        raise Invalid(field, "must be positive")
    if quantity > LARGEST_QUANTITY:
        raise Invalid(field, f"must not exceed {LARGEST_QUANTITY:f}")
    places = quantity.normalize().as_tuple().exponent
    if isinstance(places, int) and -places > QUANTITY_DECIMALS:
        raise Invalid(field, f"has more than {QUANTITY_DECIMALS} decimals")


def check_share(field: str, share: Decimal) -> None:
    """Refuses shares outside (0, 1]."""
    if not share.is_finite() or not 0 < share <= 1:
        raise Invalid(field, "must be above 0 and at most 1")


def check_months(field: str, months: int, *, least: int = 1, most: int = MOST_MONTHS) -> None:
    """Refuses counts of months outside `least` to `most`, by default 1200."""
    if not least <= months <= most:
        raise Invalid(field, f"must lie between {least} and {most}")
