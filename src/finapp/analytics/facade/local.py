"""Keeps the promise of analytics: asks the ledger for sums, hands them to the domain."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from finapp.analytics.domain import (
    anomalies,
    cash_flow,
    categories,
    coverage,
    flow,
    merchants,
    patterns,
    summary,
    trends,
)
from finapp.analytics.domain.coverage import ActiveMonth, Covered
from finapp.analytics.domain.merchants import Spent
from finapp.analytics.domain.queries import Place
from finapp.analytics.domain.sums import totals
from finapp.analytics.facade.budgets import BudgetDesk
from finapp.analytics.public import (
    Anomalies,
    CashFlow,
    CategoryTree,
    Merchants,
    MoneyFlow,
    Patterns,
    Scope,
    Summary,
    Trends,
    TypicalMonth,
)
from finapp.kernel.money import Rate
from finapp.kernel.months import Month, add_months, first_day, last_day, month_of
from finapp.platform.portable import PortableRows


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A question placed in the ledger."""

    place: Place
    currency: str
    active: tuple[ActiveMonth, ...]
    span: Covered | None

    @property
    def months(self) -> tuple[Month, ...]:
        """The complete months of the period."""
        found = self.span.months if self.span else ()
        first, last = self.place.first, self.place.last
        return tuple(month for month in found if first <= first_day(month) and last_day(month) <= last)

    @property
    def missing(self) -> str | None:
        """Why the ledger tells nothing about the period; None when it does."""
        if not self.active:
            return "no_rows"
        return "no_rows_yet" if self.active[-1].last < self.place.first else None


class LocalAnalytics(PortableRows, BudgetDesk):
    """Keeps `finapp.analytics.public.Analytics`."""

    def version(self, *, owner: str) -> str:
        neighbours = (self._auth, self._transactions)
        return ".".join([str(self._database.version(owner)), *(each.version(owner=owner) for each in neighbours)])

    def summary(self, *, owner: str, scope: Scope, as_of: date) -> Summary:
        setting = self._setting(owner, scope, as_of)
        if setting.missing is not None:
            return summary.unknown(setting.place, setting.currency, setting.missing, as_of)
        sums = self._ledger.sums(owner, setting.place, setting.currency)
        moved = summary.Moved(amount=None, reason="not_asked")
        if scope.include_transfers:
            moved = self._ledger.moved(owner, setting.place, setting.currency)
        return summary.summary(setting.place, sums, setting.months, moved, as_of)

    def typical_month(self, *, owner: str, as_of: date) -> TypicalMonth:
        setting = self._setting(owner, Scope(), as_of)
        sums = self._ledger.sums(owner, setting.place, setting.currency)
        complete = setting.months
        newest = (setting.active[-1].month,) if setting.active else ()
        last = setting.place.last if setting.active else None
        return summary.typical_month(sums, complete or newest, bool(complete), last, as_of)

    def categories(self, *, owner: str, scope: Scope, as_of: date) -> CategoryTree:
        setting = self._setting(owner, scope, as_of)
        place = setting.place
        first, last = coverage.before(place.first, place.last)
        reaches_back = setting.span is not None and setting.span.first <= first
        earlier = replace(place, first=first, last=last)
        compared = categories.Compared(
            place=place,
            sums=self._ledger.sums(owner, place, setting.currency),
            previous_first=first,
            previous_last=last,
            previous=self._ledger.sums(owner, earlier, setting.currency) if reaches_back else None,
        )
        return categories.tree(compared, self._branches(owner), scope.include_transfers, as_of)

    def merchants(self, *, owner: str, scope: Scope, as_of: date, limit: int) -> Merchants:
        setting = self._setting(owner, scope, as_of)
        place, currency = setting.place, setting.currency
        found = totals(self._ledger.sums(owner, place, currency).items, currency)
        return merchants.merchants(
            place,
            list(self._spent(owner, place, limit)),
            expenses=found.expenses,
            currency=currency,
            limit=limit,
            as_of=as_of,
        )

    def cash_flow(self, *, owner: str, scope: Scope, by: Literal["month", "week", "day"], as_of: date) -> CashFlow:
        setting = self._setting(owner, scope, as_of)
        place = setting.place
        ask = self._ledger.sums if by == "month" else self._ledger.daily_sums
        return cash_flow.cash_flow(
            place,
            ask(owner, place, setting.currency),
            by,
            span=setting.span,
            include_transfers=scope.include_transfers,
            as_of=as_of,
        )

    def patterns(self, *, owner: str, scope: Scope, as_of: date) -> Patterns:
        setting = self._setting(owner, scope, as_of)
        sums = self._ledger.daily_sums(owner, setting.place, setting.currency)
        return patterns.patterns(setting.place, sums, as_of)

    def flow(self, *, owner: str, scope: Scope, as_of: date) -> MoneyFlow:
        tree = self.categories(owner=owner, scope=replace(scope, include_transfers=False), as_of=as_of)
        return flow.money_flow(tree)

    def trends(self, *, owner: str, scope: Scope, as_of: date) -> Trends:
        setting = self._setting(owner, scope, as_of)
        sums = self._ledger.sums(owner, setting.place, setting.currency)
        months = summary.by_month(sums.items, setting.months, sums.currency)
        return trends.trends(sums, months, as_of)

    def anomalies(self, *, owner: str, scope: Scope, false_alarm_rate: Rate, as_of: date) -> Anomalies:
        setting = self._setting(owner, scope, as_of)
        place, known = setting.place, setting.span.months if setting.span else ()
        start = add_months(first_day(month_of(place.first)), -anomalies.MOST)
        sums = self._ledger.sums(owner, replace(place, first=start), setting.currency)
        months = [month for month in known if start <= first_day(month) <= place.last]
        names = {branch.id: branch.name for branch in self._branches(owner)}
        return anomalies.anomalies(place, sums, months, names, false_alarm_rate, as_of)

    def _setting(self, owner: str, scope: Scope, as_of: date) -> Setting:
        if scope.account_id is not None:
            self._transactions.account(owner=owner, account_id=scope.account_id)
        found = self._transactions.coverage(owner=owner, account_id=scope.account_id)
        active = coverage.active_months(found.active_days, as_of)
        span = coverage.covered(active, as_of)
        first, last = coverage.period(scope.first, scope.last, active, span, as_of)
        return Setting(
            place=Place(first=first, last=last, account_id=scope.account_id, tag=scope.tag),
            currency=self.currency(owner=owner),
            active=active,
            span=span,
        )

    def _spent(self, owner: str, place: Place, limit: int) -> Iterable[Spent]:
        parts = coverage.parts(place.first, place.last)
        if parts.days or parts.months is None or place.account_id is not None or place.tag is not None:
            return self._spent_by_row(owner, place)
        first, last = parts.months
        found = self._transactions.merchant_totals(owner=owner, first=first, last=last, limit=limit)
        return (
            Spent(
                merchant_id=each.merchant_id,
                merchant=each.merchant,
                currency=each.currency,
                amount=each.amount,
                count=each.count,
                last_on=each.last_on,
            )
            for each in found
        )

    def _spent_by_row(self, owner: str, place: Place) -> Iterable[Spent]:
        """Kept sums by merchant are whole months of all accounts; anything else is added up from rows."""
        found: dict[tuple[str, str], Spent] = {}
        for row in self._ledger.rows(owner, place, flows=("expense", "refund")):
            if row.merchant_id is None or row.merchant is None:
                continue
            key = (row.merchant_id, row.currency)
            known = found.get(key)
            found[key] = Spent(
                merchant_id=row.merchant_id,
                merchant=row.merchant if known is None or row.date > known.last_on else known.merchant,
                currency=row.currency,
                amount=row.amount + (known.amount if known else 0),
                count=1 + (known.count if known else 0),
                last_on=max(row.date, known.last_on) if known else row.date,
            )
        return found.values()
