"""Exchange rates as a household sees them: its own where it has said any, else the central bank's."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from finapp.assets.domain.estate import Rates
from finapp.transactions.public import Transactions

MOST_OWN = 500


class HouseholdRates:
    """Asks the ledger, which knows the household's own rates, only about pairs of which there are any.

    A timeline asks for hundreds of days: pairs without an own rate are answered by the reference in this process.
    """

    def __init__(self, *, owner: str, transactions: Transactions, reference: Rates) -> None:
        self._reference = reference
        self._own = frozenset(_pairs(owner, transactions))
        self._ask: Callable[[str, str, date], Decimal | None] = lambda base, quote, on: (
            transactions.exchange_rate(owner=owner, base=base, quote=quote, on=on).rate
        )
        self._found: dict[tuple[str, str, date], Decimal | None] = {}

    def rate(self, *, currency: str, to: str, on: date) -> Decimal | None:
        """How much of `to` one unit of `currency` was on a day; None when nobody knows."""
        if frozenset((currency, to)) not in self._own:
            return self._reference.rate(currency=currency, to=to, on=on)
        key = (currency, to, on)
        if key not in self._found:
            self._found[key] = self._ask(*key)
        return self._found[key]


def _pairs(owner: str, transactions: Transactions) -> list[frozenset[str]]:
    found, cursor = [], None
    while True:
        page = transactions.exchange_rates(owner=owner, limit=MOST_OWN, cursor=cursor)
        found += [frozenset((said.base, said.quote)) for said in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found
