"""The promise of analytics."""

from datetime import date
from typing import Literal, Protocol

from finapp.analytics.public.insight import MoneyFlow, Patterns, Trends
from finapp.analytics.public.values import CashFlow, CategoryTree, Merchants, Scope, Summary, TypicalMonth


class Analytics(Protocol):
    """Composes the ledger's sums. `as_of` is the day of the question: later rows do not exist for it."""

    def version(self, *, owner: str) -> str:
        """Names the state of everything the answers depend on."""

    def summary(self, *, owner: str, scope: Scope, as_of: date) -> Summary:
        """A period in a few figures."""

    def typical_month(self, *, owner: str, as_of: date) -> TypicalMonth:
        """Medians over the complete months of the last twelve."""

    def categories(self, *, owner: str, scope: Scope, as_of: date) -> CategoryTree:
        """The category tree with totals and the period before."""

    def merchants(self, *, owner: str, scope: Scope, as_of: date, limit: int) -> Merchants:
        """The merchants where most was spent."""

    def cash_flow(self, *, owner: str, scope: Scope, by: Literal["month", "week", "day"], as_of: date) -> CashFlow:
        """Income, spending and saving period by period."""

    def patterns(self, *, owner: str, scope: Scope, as_of: date) -> Patterns:
        """When living cost arises. Raises Invalid for more than 4,000 days."""

    def flow(self, *, owner: str, scope: Scope, as_of: date) -> MoneyFlow:
        """Where money came from and went to."""

    def trends(self, *, owner: str, scope: Scope, as_of: date) -> Trends:
        """Where the complete months of the period are heading."""
