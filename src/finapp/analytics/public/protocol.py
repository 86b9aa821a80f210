"""The promise of analytics."""

from datetime import date
from typing import Protocol

from finapp.analytics.public.anomalies import Anomalies
from finapp.analytics.public.budgets import Budget, BudgetPage, Envelopes, NewBudget
from finapp.analytics.public.history import History, HistoryKind, InPrices
from finapp.analytics.public.insight import MoneyFlow, Patterns, Trends
from finapp.analytics.public.settings import AnalyticsSettings, NewSettings
from finapp.analytics.public.values import CashFlow, CategoryTree, Merchants, Scope, Step, Summary, TypicalMonth
from finapp.kernel.money import Rate
from finapp.kernel.months import Month
from finapp.kernel.once import Once
from finapp.kernel.portable import PortableHousehold


class Analytics(PortableHousehold, Protocol):
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

    def cash_flow(self, *, owner: str, scope: Scope, by: Step, as_of: date) -> CashFlow:
        """Income, spending and saving period by period."""

    def patterns(self, *, owner: str, scope: Scope, as_of: date) -> Patterns:
        """When living cost arises. Raises Invalid for more than 4,000 days."""

    def flow(self, *, owner: str, scope: Scope, as_of: date) -> MoneyFlow:
        """Where money came from and went to."""

    def trends(self, *, owner: str, scope: Scope, as_of: date) -> Trends:
        """Where the complete months of the period are heading."""

    def anomalies(self, *, owner: str, scope: Scope, false_alarm_rate: Rate, as_of: date) -> Anomalies:
        """Complete months in which a category was unusual. Raises Invalid for the rate."""

    def category_history(
        self, *, owner: str, category_id: str, kind: HistoryKind | None, scope: Scope, as_of: date
    ) -> History:
        """A category month by month; left out, `kind` is what most of its rows did. Raises Invalid for an unknown
        category."""

    def bank_charges(self, *, owner: str, scope: Scope, as_of: date) -> History:
        """What banks take, month by month."""

    def passive_income(self, *, owner: str, scope: Scope, as_of: date) -> History:
        """What comes in from interest, dividends and rent, month by month."""

    def in_prices(self, *, owner: str, scope: Scope, base: Month | None, as_of: date) -> InPrices:
        """Complete months in the prices of one of them. Raises Invalid for a base without a price level."""

    def settings(self, *, owner: str, as_of: date) -> AnalyticsSettings:
        """When months start and how prices rose, with the month of a day."""

    def change_settings(
        self, *, owner: str, person: str, new: NewSettings, as_of: date, expected: int | None = None
    ) -> AnalyticsSettings:
        """Replaces the settings. Raises Invalid, PreconditionFailed."""

    def envelopes(self, *, owner: str, as_of: date) -> Envelopes:
        """The month of a day by envelopes."""

    def currency(self, *, owner: str) -> str:
        """The household's currency, for budgets that name none."""

    def budgets(self, *, owner: str, as_of: date, limit: int = 500, cursor: str | None = None) -> BudgetPage:
        """Budgets and how they stand in the month of `as_of`, oldest first."""

    def budget(self, *, owner: str, budget_id: str, as_of: date) -> Budget:
        """A budget. Raises BudgetNotFound."""

    def create_budget(
        self, *, owner: str, person: str, new: NewBudget, as_of: date, once: Once | None = None
    ) -> Budget:
        """Sets a budget. Raises Invalid, BudgetExists."""

    def change_budget(
        self, *, owner: str, person: str, budget_id: str, new: NewBudget, as_of: date, expected: int | None = None
    ) -> Budget:
        """Replaces what is stated of a budget. Raises BudgetNotFound, BudgetExists, PreconditionFailed, Invalid."""

    def delete_budget(self, *, owner: str, person: str, budget_id: str, expected: int | None = None) -> None:
        """Deletes a budget. Raises BudgetNotFound, PreconditionFailed."""
