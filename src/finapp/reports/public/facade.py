"""The promise of reports."""

from datetime import date
from typing import Protocol

from finapp.kernel.portable import PortableHousehold
from finapp.reports.public.emergency import EmergencyFund, EmergencyQuestion
from finapp.reports.public.forecast import CashForecast, ForecastQuestion
from finapp.reports.public.prepayment import LoanPrepayment, PrepaymentQuestion
from finapp.reports.public.recurring import (
    Obligations,
    RecurringCalendar,
    RecurringPayments,
    RecurringRows,
    RecurringStream,
    SplitStream,
    StreamChange,
)
from finapp.reports.public.sweep import SalarySweep, SweepChoices, SweepQuestion


class Reports(PortableHousehold, Protocol):
    """Reports a household acts on. Those that take a question compute and store nothing.

    `as_of` is the day of the question: later rows do not exist for it. Every question raises Invalid with the field
    that makes no sense.
    """

    def version(self, *, owner: str) -> str:
        """Names the state of everything the answers depend on."""

    def currency(self, *, owner: str) -> str:
        """The household's currency."""

    def recurring_payments(self, *, owner: str, as_of: date) -> RecurringPayments:
        """Streams among the household's rows, with its decisions; dismissed ones are left out."""

    def detect_recurring(self, *, owner: str, rows: RecurringRows, currency: str, as_of: date) -> RecurringPayments:
        """Streams among given rows."""

    def change_stream(
        self, *, owner: str, person: str, stream_id: str, change: StreamChange, as_of: date
    ) -> RecurringStream:
        """Confirms, dismisses or renames a stream. Raises StreamNotFound."""

    def merge_streams(self, *, owner: str, person: str, stream_ids: tuple[str, ...], as_of: date) -> RecurringStream:
        """Makes one stream of several, for rows to come too. Raises StreamNotFound, and Invalid when they point both
        ways or no calendar rule joins them."""

    def split_stream(
        self, *, owner: str, person: str, stream_id: str, transaction_ids: tuple[str, ...], as_of: date
    ) -> SplitStream:
        """Takes rows out of a stream into one of their own; rows to come go to the one whose size they have.

        Raises StreamNotFound, and Invalid for rows of another stream or too few of them."""

    def obligations(self, *, owner: str, as_of: date) -> Obligations:
        """What the household has to pay and can expect: its confirmed streams and the mature ones."""

    def recurring_calendar(self, *, owner: str, first: date, last: date, as_of: date) -> RecurringCalendar:
        """Expected rows of live streams between two days. Raises Invalid for more than 800 days."""

    def cash_forecast(self, *, owner: str, as_of: date) -> CashForecast:
        """Balances to come, from the household's streams and habits; keeps the forecast and scores an earlier one.

        `accounts` is empty and `previous_reason` is `no_accounts` when the ledger has no account that holds money,
        `other_currency` when it has none in the household's currency.
        """

    def cash_forecast_of(self, *, owner: str, question: ForecastQuestion, as_of: date) -> CashForecast:
        """The same for given inputs; nothing is kept."""

    def emergency_fund(self, *, owner: str, as_of: date) -> EmergencyFund:
        """The emergency fund from the household's months, liquid assets and loans."""

    def emergency_fund_of(self, *, owner: str, question: EmergencyQuestion, as_of: date) -> EmergencyFund:
        """The same for given inputs."""

    def loan_prepayment(self, *, owner: str, as_of: date) -> LoanPrepayment:
        """Payoff strategies for the household's loans, with what it typically saves as the extra payment.

        `strategies` is empty and `best_reason` is `no_loans` without a loan that has an instalment.
        """

    def loan_prepayment_of(self, *, owner: str, question: PrepaymentQuestion, as_of: date) -> LoanPrepayment:
        """The same for given inputs."""

    def salary_sweep(self, *, owner: str, as_of: date, choices: SweepChoices | None = None) -> SalarySweep:
        """A sweep plan between the account the salary reaches and the others, from expected rows of 92 days.

        The basis names the salary and the obligations by their streams; whoever finds one wrong changes or dismisses it
        and asks again.

        `scenarios` is empty and `best_reason` is `no_salary_account` or `one_account` when there is nothing to plan.
        """

    def salary_sweep_of(self, *, owner: str, question: SweepQuestion, as_of: date) -> SalarySweep:
        """The same for given inputs."""
