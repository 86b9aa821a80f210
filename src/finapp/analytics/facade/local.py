"""Keeps the promise of analytics: asks the ledger for sums, hands them to the domain."""

from dataclasses import replace
from datetime import date

from finapp.analytics.domain import (
    anomalies,
    cash_flow,
    categories,
    coverage,
    flow,
    merchants,
    patterns,
    prices,
    summary,
    trends,
)
from finapp.analytics.domain.merchants import Visited
from finapp.analytics.domain.sums import totals
from finapp.analytics.facade.desk import PAYDAYS
from finapp.analytics.facade.histories import HistoryDesk
from finapp.analytics.facade.setting import Setting
from finapp.analytics.public import (
    Anomalies,
    CashFlow,
    CategoryTree,
    InPrices,
    Merchants,
    MoneyFlow,
    Patterns,
    Scope,
    Step,
    Summary,
    Trends,
    TypicalMonth,
)
from finapp.auth.public import Auth
from finapp.kernel.money import Rate
from finapp.kernel.months import Month, shift
from finapp.platform.database import Database
from finapp.platform.memory import Latest, Memory
from finapp.platform.portable import PortableRows
from finapp.transactions.public import Transactions


class LocalAnalytics(PortableRows, HistoryDesk):
    """Keeps `finapp.analytics.public.Analytics`."""

    def __init__(self, *, database: Database, auth: Auth, transactions: Transactions) -> None:
        super().__init__(database=database, auth=auth, transactions=transactions)
        self._typical = Memory[TypicalMonth]()
        self._months = Latest[TypicalMonth]()
        self._summaries = Memory[Summary]()
        self._years = Latest[Summary]()

    def summary(self, *, owner: str, scope: Scope, as_of: date) -> Summary:
        currency = self.currency(owner=owner)
        key = (owner, scope, as_of, currency, *self._state(owner))
        return self._summaries.answer(key, lambda: self._summary(owner, scope, as_of, currency))

    def _summary(self, owner: str, scope: Scope, as_of: date, currency: str) -> Summary:
        setting = self._setting(owner, scope, as_of, currency=currency)
        if setting.missing is not None:
            return summary.unknown(setting.place, setting.currency, setting.missing, as_of)
        moved = summary.Moved(amount=None, reason="not_asked")
        if scope.include_transfers:
            moved = self._ledger.moved(owner, setting.place, setting.currency, setting.calendar)
        place, sums, months = setting.place, self._sums(owner, setting), setting.months
        # A row outside of the period changes nothing.
        return self._years.answer(
            (owner, scope, as_of),
            (place, sums, months, moved),
            lambda: summary.summary(place, sums, months, moved, as_of),
        )

    def typical_month(self, *, owner: str, as_of: date) -> TypicalMonth:
        # Every context above asks for it in one visit.
        currency = self.currency(owner=owner)
        key = (owner, as_of, currency, *self._state(owner))
        return self._typical.answer(key, lambda: self._typical_month(owner, as_of, currency))

    def _typical_month(self, owner: str, as_of: date, currency: str) -> TypicalMonth:
        setting = self._setting(owner, Scope(), as_of, currency=currency)
        complete = setting.months
        newest = (setting.calendar.month_of(setting.place.last),) if setting.active else ()
        last = setting.place.last if setting.active else None
        sums, months = summary.within(self._sums(owner, setting), complete or newest), complete or newest
        # A row of the month that has begun changes nothing: complete months are what is looked at.
        return self._months.answer(
            (owner, as_of),
            (sums, months, bool(complete), last),
            lambda: summary.typical_month(sums, months, bool(complete), last, as_of),
        )

    def categories(self, *, owner: str, scope: Scope, as_of: date) -> CategoryTree:
        setting = self._setting(owner, scope, as_of)
        place = setting.place
        first, last = coverage.before(place.first, place.last, setting.calendar)
        earlier = None
        if setting.span is not None and setting.span.first <= first:
            earlier = self._sums(owner, replace(setting, place=place.at(first, last)))
        compared = categories.Compared(
            place=place,
            sums=self._sums(owner, setting),
            previous_first=first,
            previous_last=last,
            previous=earlier,
            months=setting.months,
        )
        return categories.tree(compared, self._branches(owner), scope.include_transfers, as_of)

    def merchants(self, *, owner: str, scope: Scope, as_of: date, limit: int) -> Merchants:
        setting = self._setting(owner, scope, as_of)
        currency = setting.currency
        found = totals(self._sums(owner, setting).items, currency)
        visited = self._visited(owner, setting, limit)
        return merchants.merchants(visited, expenses=found.expenses, currency=currency, limit=limit, as_of=as_of)

    def cash_flow(self, *, owner: str, scope: Scope, by: Step, as_of: date) -> CashFlow:
        months = self._calendar(owner, PAYDAYS, as_of) if by == "payday" else None
        setting = self._setting(owner, scope, as_of, months)
        place = setting.place
        parts = cash_flow.pieces(place, by, setting.calendar)
        if by == "month":
            sums = self._sums(owner, setting)
        else:
            periods = [(part.first, part.last) for part in parts]
            sums = self._ledger.sums_of(owner, place, periods, setting.currency, setting.calendar)
        return cash_flow.cash_flow(
            place, sums, by, parts, span=setting.span, include_transfers=scope.include_transfers, as_of=as_of
        )

    def patterns(self, *, owner: str, scope: Scope, as_of: date) -> Patterns:
        setting = self._setting(owner, scope, as_of)
        sums = self._ledger.daily_sums(owner, setting.place, setting.currency, setting.calendar)
        return patterns.patterns(setting.place, sums, as_of)

    def flow(self, *, owner: str, scope: Scope, as_of: date) -> MoneyFlow:
        tree = self.categories(owner=owner, scope=replace(scope, include_transfers=False), as_of=as_of)
        return flow.money_flow(tree)

    def trends(self, *, owner: str, scope: Scope, as_of: date) -> Trends:
        setting = self._setting(owner, scope, as_of)
        sums = self._sums(owner, setting)
        return trends.trends(setting.place, sums, summary.by_month(sums, setting.months), as_of)

    def in_prices(self, *, owner: str, scope: Scope, base: Month | None, as_of: date) -> InPrices:
        setting = self._setting(owner, scope, as_of)
        sums = self._sums(owner, setting)
        months = summary.by_month(sums, setting.months)
        said = self._stated_settings(owner).prices
        return prices.in_prices(setting.place, sums, months, said, base, as_of)

    def anomalies(self, *, owner: str, scope: Scope, false_alarm_rate: Rate, as_of: date) -> Anomalies:
        setting = self._setting(owner, scope, as_of)
        place, months = setting.place, setting.calendar
        start = months.first_day(shift(months.month_of(place.first), -anomalies.MOST))
        sums = self._sums(owner, replace(setting, place=place.at(start, place.last)))
        known = setting.span.months(months) if setting.span else ()
        compared = [month for month in known if start <= months.first_day(month) <= place.last]
        return anomalies.anomalies(place, sums, compared, self._branches(owner), false_alarm_rate, as_of)

    def _visited(self, owner: str, setting: Setting, limit: int) -> Visited:
        place = setting.place
        first, last = coverage.before(place.first, place.last, setting.calendar)
        previous = place.at(first, last)
        spent = self._ledger.spent(owner, place, limit)
        if setting.span is None or setting.span.first > first:
            return Visited(place=place, spent=spent, previous=previous, before=None, reason="ledger_starts_later")
        asked = tuple(dict.fromkeys(each.merchant_id for each in spent))
        earlier = self._ledger.spent(owner, previous, len(asked), asked) if asked else []
        before = {(each.merchant_id, each.currency): each for each in earlier}
        return Visited(place=place, spent=spent, previous=previous, before=before, reason=None)
