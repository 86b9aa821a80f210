"""What a row was in the currency of its purchase: an amount, its currency, and the rate between the two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, allocate, from_minor, to_minor

_PLACES = 8
"""A rate that follows from two amounts is rounded half-even to so many places; a small one to so many figures."""
_LARGEST_RATE = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True)
class Abroad:
    """What was paid in another currency. `rate` is units of the account's currency for one of `currency`."""

    amount: Decimal | None = None
    currency: str | None = None
    rate: Decimal | None = None

    def columns(self) -> dict[str, Decimal | str | None]:
        """As a row keeps it."""
        return {"original_amount": self.amount, "original_currency": self.currency, "rate": self.rate}


def abroad(said: Abroad, *, amount: int, currency: str) -> Abroad:
    """What was said of a row of this amount in minor units of `currency`; without a rate, what the amounts come to.

    Raises Invalid for half of it, for the account's own currency, and for money that went the other way.
    """
    if said == Abroad():
        return said
    if said.amount is None or said.currency is None:
        missing = "original_amount" if said.amount is None else "original_currency"
        raise Invalid(missing, "is needed: an amount abroad is an amount and its currency")
    if said.currency == currency:
        raise Invalid("original_currency", "is the currency of the account")
    minor = to_minor(said.amount, said.currency, "original_amount")
    if minor == 0 or (minor < 0) != (amount < 0):
        raise Invalid("original_amount", "has the sign of amount")
    if said.rate is not None and not 0 < said.rate < _LARGEST_RATE:
        raise Invalid("rate", "is no rate between two currencies")
    exact = from_minor(minor, said.currency)
    rate = _come_to(from_minor(amount, currency), exact) if said.rate is None else said.rate
    return Abroad(amount=exact, currency=said.currency, rate=rate)


def followed(was: Abroad, before: int, amount: int, currency: str) -> Abroad:
    """What a row was abroad once its amount is another one: paid in the same direction, at what the amounts come to."""
    if was.amount is None or before == amount or amount == 0:
        return was
    original = abs(was.amount).copy_sign(Decimal(amount))
    return Abroad(amount=original, currency=was.currency, rate=_come_to(from_minor(amount, currency), original))


def shared(whole: Abroad, parts: Sequence[int]) -> list[Abroad]:
    """What each part of a row was abroad: by largest remainder, so that they sum to the whole.

    Parts of both signs have no such shares, and neither has a part that comes to nothing.
    """
    if whole.amount is None or whole.currency is None or len({part < 0 for part in parts}) > 1:
        return [Abroad()] * len(parts)
    minor = to_minor(whole.amount, whole.currency, "original_amount")
    shares = allocate(minor, [abs(part) for part in parts])
    paid = [replace(whole, amount=from_minor(share, whole.currency)) for share in shares]
    return [each if each.amount else Abroad() for each in paid]


def _come_to(amount: Decimal, original: Decimal) -> Decimal:
    exact = EXACT.divide(amount, original)
    return exact.quantize(Decimal(1).scaleb(min(-_PLACES, exact.adjusted() - _PLACES + 1)), context=EXACT)
