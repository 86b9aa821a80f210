"""Which exchange rate holds on a day: the household's own before the central bank's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

Source = Literal["own", "ecb", "same"]
CARRIED: Final = timedelta(days=31)
"""For so long an own rate holds before the central bank is asked; longer, where that bank has none."""
FRESH: Final = timedelta(days=7)
"""For so long a rate of the central bank stands for the days on which it sets none."""
PLACES: Final = Decimal("0.000000000001")
"""What a rate turned round is rounded to, half-even."""


@dataclass(frozen=True, kw_only=True)
class OwnRate:
    """One unit of `base` is `rate` of `quote` from `on`."""

    base: str
    quote: str
    on: date
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class Held:
    """The rate that holds on a day: how much of `to` one unit of `currency` is, from when, and who says so."""

    rate: Decimal
    on: date
    source: Source

    def is_stale(self, asked: date) -> bool:
        """Whether a newer rate should be known on a day, and is not."""
        return self.source != "same" and asked - self.on > (CARRIED if self.source == "own" else FRESH)


Quoted = Callable[[str, str, date], tuple[Decimal, date] | None]
"""The central bank's rate of two currencies on a day and the day it is of, None when it has none."""


def held(own: Sequence[OwnRate], quoted: Quoted, currency: str, to: str, on: date) -> Held | None:
    """The rate that holds on a day; None when nobody knows one."""
    if currency == to:
        return Held(rate=Decimal(1), on=on, source="same")
    newest = max((rate for rate in own if _is_of(rate, currency, to) and rate.on <= on), key=_age, default=None)
    if newest is not None and on - newest.on <= CARRIED:
        return _towards(newest, to)
    found = quoted(currency, to, on)
    if found is not None:
        return Held(rate=found[0], on=found[1], source="ecb")
    return _towards(newest, to) if newest is not None else None


def _is_of(rate: OwnRate, currency: str, to: str) -> bool:
    return {rate.base, rate.quote} == {currency, to}


def _age(rate: OwnRate) -> tuple[date, str]:
    return rate.on, rate.base


def _towards(rate: OwnRate, to: str) -> Held:
    exact = rate.rate if rate.quote == to else (1 / rate.rate).quantize(PLACES)
    return Held(rate=exact, on=rate.on, source="own")
