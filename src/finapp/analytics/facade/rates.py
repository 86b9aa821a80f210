"""Exchange rates as the household sees them, asked of the ledger: one call for all days of a currency."""

from collections.abc import Collection, Mapping
from datetime import date

from finapp.analytics.domain.sums import DayRate
from finapp.transactions.public import DatedRate, Transactions


class HouseholdRates:
    """Keeps `finapp.analytics.domain.sums.Rates` for one household."""

    def __init__(self, *, owner: str, transactions: Transactions) -> None:
        self._owner, self._transactions = owner, transactions

    def on_days(self, *, currency: str, to: str, days: Collection[date]) -> Mapping[date, DayRate]:
        """How much of `to` one unit of `currency` was on each of some days; days without a rate are missing."""
        asked = tuple(sorted(days))
        found = self._transactions.exchange_rates_of(owner=self._owner, base=currency, quote=to, days=asked)
        return {each.on: rate for each in found if (rate := _known(each)) is not None}


def _known(found: DatedRate) -> DayRate | None:
    if found.rate is None or found.rate_on is None:
        return None
    return DayRate(rate=found.rate, on=found.rate_on, source="own" if found.source == "own" else "ecb")
