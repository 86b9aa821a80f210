"""What every part of the facade works with: the household's months and currency, and the ledger."""

from datetime import date

from finapp.analytics import store
from finapp.analytics.domain import calendar, coverage, prices
from finapp.analytics.domain.calendar import Calendar
from finapp.analytics.domain.categories import Branch
from finapp.analytics.domain.coverage import ActiveMonth, Covered
from finapp.analytics.domain.queries import Place
from finapp.analytics.facade.ledger import Ledger
from finapp.analytics.facade.setting import Setting
from finapp.analytics.public import AnalyticsSettings, MonthStart, NewSettings, Scope
from finapp.auth.public import Auth
from finapp.kernel.errors import Invalid
from finapp.kernel.once import require_version
from finapp.platform.database import Database
from finapp.platform.memory import Memory
from finapp.transactions.public import Transactions

PAYDAYS = MonthStart(kind="payday")
Known = tuple[tuple[ActiveMonth, ...], Covered | None]


class Desk:
    """Holds the parts; the subclasses hold the promises."""

    def __init__(self, *, database: Database, auth: Auth, transactions: Transactions) -> None:
        self._database = database
        self._auth = auth
        self._transactions = transactions
        self._ledger = Ledger(transactions)
        self._calendars = Memory[Calendar]()
        self._spans = Memory[Known]()

    def version(self, *, owner: str) -> str:
        neighbours = (self._auth, self._transactions)
        return ".".join([str(self._database.version(owner)), *(each.version(owner=owner) for each in neighbours)])

    def currency(self, *, owner: str) -> str:
        return self._auth.household(owner=owner).currency

    def settings(self, *, owner: str, as_of: date) -> AnalyticsSettings:
        with self._database.read() as connection:
            stated, version = store.stated(connection, owner)
        months = self._calendar(owner, stated.month_start, as_of)
        month = months.month_of(as_of)
        is_unknown = stated.month_start.kind == "payday" and months.is_plain
        return AnalyticsSettings(
            **vars(stated),
            version=version,
            as_of=as_of,
            month=month,
            month_first=months.first_day(month),
            month_last=months.last_day(month),
            month_start_reason="no_salary" if is_unknown else None,
        )

    def change_settings(
        self, *, owner: str, person: str, new: NewSettings, as_of: date, expected: int | None = None
    ) -> AnalyticsSettings:
        if not 1 <= new.month_start.day <= 31:
            raise Invalid("month_start.day", "must lie between 1 and 31")
        if new.prices is not None:
            prices.check(new.prices)
        with self._database.write(owner) as unit:
            require_version(expected, store.stated(unit.connection, owner)[1])
            store.keep_settings(unit.connection, owner, person, new)
        return self.settings(owner=owner, as_of=as_of)

    def _stated_settings(self, owner: str) -> NewSettings:
        return self._database.settled(store.stated, owner)[0]

    def _calendar(self, owner: str, starts: MonthStart, as_of: date) -> Calendar:
        """The months as they start; by pay day, from the salaries up to the day of the question."""
        if starts.kind != "payday":
            return Calendar(starts=starts)
        key = (owner, self._transactions.version(owner=owner), as_of)
        return self._calendars.answer(key, lambda: calendar.of_paydays(starts, self._ledger.salaries(owner, as_of)))

    def _state(self, owner: str) -> tuple[int, str]:
        """What is stored here and the ledger: with the currency, all that figures depend on."""
        return self._database.version(owner), self._transactions.version(owner=owner)

    def _setting(
        self, owner: str, scope: Scope, as_of: date, months: Calendar | None = None, currency: str | None = None
    ) -> Setting:
        """The question in the household's months, or in those given."""
        if scope.account_id is not None:
            self._transactions.account(owner=owner, account_id=scope.account_id)
        calendar_ = months or self._calendar(owner, self._stated_settings(owner).month_start, as_of)
        active, span = self._known(owner, scope.account_id, as_of)
        asked = _bounds(scope, calendar_, as_of)
        first, last = coverage.period(*asked, active, span, as_of, calendar_)
        return Setting(
            place=Place(first=first, last=last, account_id=scope.account_id, tag=scope.tag, person=scope.person),
            currency=currency or self.currency(owner=owner),
            calendar=calendar_,
            active=active,
            span=span,
        )

    def _known(self, owner: str, account_id: str | None, as_of: date) -> Known:
        """The months with rows up to a day, and the span that is known completely."""
        # What is covered is kept with its version already: asking for that again would be one call more.
        days = self._ledger.coverage(owner, account_id).active_days

        def read() -> Known:
            active = coverage.active_months(days, as_of)
            return active, coverage.covered(active, as_of)

        return self._spans.answer((owner, account_id, as_of, days), read)

    def _branches(self, owner: str) -> list[Branch]:
        return [
            Branch(id=each.id, code=each.code, name=each.name, parent_id=each.parent_id)
            for each in self._transactions.categories(owner=owner).items
        ]


def _bounds(scope: Scope, months: Calendar, as_of: date) -> tuple[date | None, date | None]:
    if scope.current:
        return months.first_day(months.month_of(as_of)), as_of
    first = scope.first if scope.first_month is None else months.first_day(scope.first_month)
    last = scope.last if scope.last_month is None else months.last_day(scope.last_month)
    return first, last
