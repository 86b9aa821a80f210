"""The reports context's own answers: the household's word on streams is stored here, the rest is computed."""

from dataclasses import replace
from datetime import date, timedelta

from finapp.analytics.public import Analytics
from finapp.assets.public import Assets
from finapp.auth.public import Auth
from finapp.kernel.clock import Clock
from finapp.platform.database import Database
from finapp.platform.portable import PortableRows
from finapp.reports import store
from finapp.reports.domain import emergency, unanswered
from finapp.reports.domain.forecast import habits, project
from finapp.reports.domain.recurring import calendar as calendars
from finapp.reports.domain.recurring import obligations
from finapp.reports.facade import forecasts, households
from finapp.reports.facade.streams import Streams
from finapp.reports.public import (
    CashForecast,
    EmergencyFund,
    EmergencyQuestion,
    ForecastQuestion,
    LoanPrepayment,
    Obligations,
    PrepaymentQuestion,
    RecurringCalendar,
    RecurringPayments,
    RecurringRows,
    RecurringStream,
    SalarySweep,
    SplitStream,
    StreamChange,
    SweepChoices,
    SweepQuestion,
)
from finapp.transactions.public import Transactions

_SCORED_AFTER = timedelta(days=14)


class LocalReports(PortableRows):
    """Keeps the promise of `Reports` in this process."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        auth: Auth,
        transactions: Transactions,
        assets: Assets,
        analytics: Analytics,
    ) -> None:
        self._database, self._clock = database, clock
        self._auth, self._transactions = auth, transactions
        self._assets, self._analytics = assets, analytics
        self._streams = Streams(database=database, clock=clock, transactions=transactions)

    def version(self, *, owner: str) -> str:
        """A text that changes with every write the answers depend on."""
        # Assets and analytics name the people and the ledger, on which they rest as well.
        neighbours = (self._assets, self._analytics)
        return ".".join([str(self._database.version(owner)), *(each.version(owner=owner) for each in neighbours)])

    def currency(self, *, owner: str) -> str:
        """The household's currency."""
        return self._auth.household(owner=owner).currency

    def recurring_payments(self, *, owner: str, as_of: date) -> RecurringPayments:
        """Streams among the household's rows."""
        found = self._streams.payments(owner, as_of, self.currency(owner=owner))
        if found.basis.rows is not None and found.basis.rows.count:
            return found
        held = self._transactions.account_balances(owner=owner, on=as_of)
        return unanswered.recurring_payments(found) if households.are_foreign(held, found.currency) else found

    def detect_recurring(self, *, owner: str, rows: RecurringRows, currency: str, as_of: date) -> RecurringPayments:
        """Streams among given rows."""
        return self._streams.detect(owner, rows, currency, as_of)

    def change_stream(
        self, *, owner: str, person: str, stream_id: str, change: StreamChange, as_of: date
    ) -> RecurringStream:
        """Keeps the household's word on a stream. Raises StreamNotFound."""
        return self._streams.change(owner, person, stream_id, change, as_of, self.currency(owner=owner))

    def merge_streams(self, *, owner: str, person: str, stream_ids: tuple[str, ...], as_of: date) -> RecurringStream:
        """Makes one stream of several."""
        return self._streams.merge(owner, person, stream_ids, as_of, self.currency(owner=owner))

    def split_stream(
        self, *, owner: str, person: str, stream_id: str, transaction_ids: tuple[str, ...], as_of: date
    ) -> SplitStream:
        """Takes rows out of a stream into one of their own."""
        return self._streams.split(owner, person, stream_id, transaction_ids, as_of, self.currency(owner=owner))

    def obligations(self, *, owner: str, as_of: date) -> Obligations:
        """What has to be paid and can be expected."""
        return obligations.obligations(self.recurring_payments(owner=owner, as_of=as_of))

    def recurring_calendar(self, *, owner: str, first: date, last: date, as_of: date) -> RecurringCalendar:
        """Expected rows of live streams."""
        streams = self.recurring_payments(owner=owner, as_of=as_of).streams
        return calendars.calendar(streams, first, last, as_of)

    def cash_forecast(self, *, owner: str, as_of: date) -> CashForecast:
        """Balances to come; the first forecast of a day is kept, and one of a fortnight ago or older is scored."""
        found = self.recurring_payments(owner=owner, as_of=as_of)
        held = self._transactions.account_balances(owner=owner, on=as_of)
        book = self._streams.book(owner, as_of, found.currency)
        loans = self._assets.loans(owner=owner, as_of=as_of).items
        question = forecasts.forecast_question(found, held, loans, book, as_of)
        if question is None:
            return unanswered.cash_forecast(found.currency, as_of, forecasts.why_no_forecast(held))
        made = project.forecast(question, as_of)
        balances = {account.id: account.balance for account in question.accounts}
        earlier = self._kept(owner, made)
        moved = {} if earlier is None else book.moved(earlier.made_on + timedelta(days=1), as_of)
        score = None if earlier is None else habits.scored(earlier, balances, moved, as_of)
        return replace(made, previous=score, previous_reason=None if score else "no_earlier_forecast")

    def _kept(self, owner: str, made: CashForecast) -> habits.Kept | None:
        """Keeps a forecast unless one of the day is there, and finds one that is old enough to be scored."""
        with self._database.read() as connection:
            known = store.has_forecast(connection, owner, made.as_of)
            earlier = store.forecast_before(connection, owner, made.as_of - _SCORED_AFTER)
        if not known:
            # Keeping today's forecast changes no answer of today, so it does not raise the household's version.
            with self._database.write(None) as unit:
                store.keep_forecast(unit.connection, owner, habits.kept(made), made.currency, self._clock.now())
        return earlier

    def cash_forecast_of(self, *, owner: str, question: ForecastQuestion, as_of: date) -> CashForecast:
        """The same for given inputs."""
        return project.forecast(question, as_of)

    def emergency_fund(self, *, owner: str, as_of: date) -> EmergencyFund:
        """The emergency fund from the household's own figures."""
        month = self._analytics.typical_month(owner=owner, as_of=as_of)
        worth = self._assets.net_worth(owner=owner, as_of=as_of)
        found = self._streams.payments(owner, as_of, month.currency)
        earners = households.earners_of(found)
        question = households.emergency_question(month, worth.positions, earners, found.currency)
        return emergency.emergency_fund(question, as_of)

    def emergency_fund_of(self, *, owner: str, question: EmergencyQuestion, as_of: date) -> EmergencyFund:
        """The same for given inputs."""
        return emergency.emergency_fund(question, as_of)

    def loan_prepayment(self, *, owner: str, as_of: date) -> LoanPrepayment:
        """Payoff strategies for the household's loans."""
        loans = self._assets.loans(owner=owner, as_of=as_of)
        month = self._analytics.typical_month(owner=owner, as_of=as_of)
        question = households.prepayment_question(loans.items, month, month.currency, as_of)
        if question is None:
            return unanswered.loan_prepayment(month.currency, as_of)
        return self.loan_prepayment_of(owner=owner, question=question, as_of=as_of)

    def loan_prepayment_of(self, *, owner: str, question: PrepaymentQuestion, as_of: date) -> LoanPrepayment:
        """The same for given inputs."""
        from finapp.reports.domain.prepayment.compare import compare

        return compare(question, as_of)

    def salary_sweep(self, *, owner: str, as_of: date, choices: SweepChoices | None = None) -> SalarySweep:
        """A sweep plan from expected rows."""
        month = self._analytics.typical_month(owner=owner, as_of=as_of)
        found = self._streams.payments(owner, as_of, month.currency)
        balances = self._transactions.account_balances(owner=owner, on=as_of)
        question = households.sweep_question(found, balances, month, as_of)
        if isinstance(question, str):
            return unanswered.salary_sweep(found.currency, as_of, question)
        if choices is not None:
            question = households.chosen(question, choices)
        planned = self.salary_sweep_of(owner=owner, question=question, as_of=as_of)
        return self._with_last_year(owner, planned, question)

    def _with_last_year(self, owner: str, planned: SalarySweep, question: SweepQuestion) -> SalarySweep:
        """The plan with the same accounts' last twelve months beside it."""
        from finapp.reports.domain.sweep.past import DAYS, replayed

        first = planned.as_of - timedelta(days=DAYS)
        found = self._transactions.movements(owner=owner, first=first, last=planned.as_of)
        if found.truncated:
            return replace(planned, replay_reason="too_many_rows")
        result = replayed(question, households.booked(found.rows), planned.as_of)
        if isinstance(result, str):
            return replace(planned, replay_reason=result)
        return replace(planned, replay=result, replay_reason=None)

    def salary_sweep_of(self, *, owner: str, question: SweepQuestion, as_of: date) -> SalarySweep:
        """The same for given inputs."""
        from finapp.reports.domain.sweep.plan import plan

        return plan(question, as_of)
