"""The ledger, open for a slice of a statement's rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from finapp.transactions.domain.ledger import LedgerRow
from finapp.transactions.domain.movement import Household
from finapp.transactions.facade.settling import Ledger


@dataclass(frozen=True)
class Filling(Ledger):
    """Settles the slices of one statement one after the other: each knows which days the whole statement covers."""

    account_id: str
    period: tuple[date | None, date | None]

    def _household(self, affected: Sequence[LedgerRow], new: Sequence[LedgerRow] = ()) -> Household:
        household = super()._household(affected, new)
        first, last = self.period
        if first is None or last is None:
            return household
        return replace(
            household,
            accounts=tuple(
                replace(one, covered=tuple(sorted((*one.covered, (first, last))))) if one.id == self.account_id else one
                for one in household.accounts
            ),
        )
