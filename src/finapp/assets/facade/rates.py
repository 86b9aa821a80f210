"""Exchange rates as a household sees them: its own where it has said any, else the central bank's."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from finapp.assets.domain.estate import Rates
from finapp.transactions.public import Transactions

MOST_OWN = 500


class HouseholdRates:
    """Asks the ledger, which knows the household's own rates, only about pairs of which there are any.

    A timeline asks for hundreds of days: pairs without an own rate are answered by the reference in this process.
    """

    def __init__(self, *, owner: str, transactions: Transactions, reference: Rates) -> None:
        self._owner, self._transactions, self._reference = owner, transactions, reference
        self._found: dict[tuple[str, str, date], Decimal | None] = {}

    @cached_property
    def _own(self) -> frozenset[frozenset[str]]:
        """Pairs of currencies with an own rate; asked for by the first foreign amount."""
        return frozenset(_pairs(self._owner, self._transactions))

    def rate(self, *, currency: str, to: str, on: date) -> Decimal | None:
        """How much of `to` one unit of `currency` was on a day; None when nobody knows."""
        key = (currency, to, on)
        if key not in self._found:
            self._found[key] = self._asked(currency, to, on)
        return self._found[key]

    def _asked(self, currency: str, to: str, on: date) -> Decimal | None:
        if frozenset((currency, to)) not in self._own:
            return self._reference.rate(currency=currency, to=to, on=on)
        return self._transactions.exchange_rate(owner=self._owner, base=currency, quote=to, on=on).rate


def _pairs(owner: str, transactions: Transactions) -> list[frozenset[str]]:
    found, cursor = [], None
    while True:
        page = transactions.exchange_rates(owner=owner, limit=MOST_OWN, cursor=cursor)
        found += [frozenset((said.base, said.quote)) for said in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found
