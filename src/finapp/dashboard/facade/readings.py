"""What the screen asks its neighbours: one call for each reading, all side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from typing import Any, TypeVar

from finapp.analytics.public import Envelopes, History, Scope, Summary, TypicalMonth
from finapp.assets.public import Loans, NetWorth, NetWorthTimeline
from finapp.auth.public import Household
from finapp.dashboard.domain.ahead import DAYS
from finapp.dashboard.facade.asking import Answered, Ask
from finapp.dashboard.facade.neighbours import Neighbours
from finapp.dashboard.public import GoalPage
from finapp.fire.public import Runway
from finapp.fire.public import Summary as Independence
from finapp.kernel.months import add_months, first_day, month_of, shift
from finapp.reports.public import EmergencyFund, RecurringCalendar, RecurringPayments
from finapp.transactions.public import AccountBalance, DailyTotal, MonthlyTotal, RepeatedDebit

TREND_MONTHS = 12
T = TypeVar("T")
UNCATEGORIZED = "uncategorized"
WAITING_MONTHS, LATELY = 3, timedelta(days=35)
"""How far back rows without a category, from the first of a month, and equal debits are looked for."""


def questions(near: Neighbours, owner: str, as_of: date) -> Mapping[str, Ask]:
    """Every reading by name."""
    this_month = Scope(current=True)
    trend_from, ahead = add_months(as_of, -TREND_MONTHS), as_of + timedelta(days=DAYS)
    return {
        "household": lambda: near.auth.household(owner=owner),
        "month": lambda: near.analytics.typical_month(owner=owner, as_of=as_of),
        "this_month": lambda: near.analytics.summary(owner=owner, scope=this_month, as_of=as_of),
        "net_worth": lambda: near.assets.net_worth(owner=owner, as_of=as_of),
        "timeline": lambda: near.assets.net_worth_timeline(
            owner=owner, first=trend_from, last=as_of, by="month", as_of=as_of
        ),
        "loans": lambda: near.assets.loans(owner=owner, as_of=as_of),
        "balances": lambda: near.transactions.account_balances(owner=owner, on=as_of),
        "runway": lambda: near.fire.runway(owner=owner, as_of=as_of),
        "independence": lambda: near.fire.summary(owner=owner, as_of=as_of),
        "emergency_fund": lambda: near.reports.emergency_fund(owner=owner, as_of=as_of),
        "envelopes": lambda: near.analytics.envelopes(owner=owner, as_of=as_of),
        "charges": lambda: near.analytics.bank_charges(owner=owner, scope=Scope(), as_of=as_of),
        "uncategorized": lambda: _recent_sums(near, owner, as_of),
        "repeated": lambda: near.transactions.repeated_debits(owner=owner, first=as_of - LATELY, last=as_of),
        "recurring": lambda: near.reports.recurring_payments(owner=owner, as_of=as_of),
        "calendar": lambda: near.reports.recurring_calendar(owner=owner, first=as_of, last=ahead, as_of=as_of),
    }


@dataclass(frozen=True)
class Readings:
    """What the neighbours answered. Each property raises Missing when its neighbour did not answer."""

    answered: Answered
    dismissed: frozenset[str] = frozenset()
    """Ids of insights that the household does not want to see."""
    made: dict[Callable[["Readings"], Any], Any] = field(default_factory=dict, compare=False)
    """What several parts of the screen show, by what makes it of these readings."""

    @property
    def household(self) -> Household:
        """Currency, locale, members."""
        found: Household = self.answered.value("household")
        return found

    @property
    def month(self) -> TypicalMonth:
        """A normal month."""
        found: TypicalMonth = self.answered.value("month")
        return found

    @property
    def this_month(self) -> Summary:
        """The month of the question so far."""
        found: Summary = self.answered.value("this_month")
        return found

    @property
    def net_worth(self) -> NetWorth:
        """Net worth on the day."""
        found: NetWorth = self.answered.value("net_worth")
        return found

    @property
    def timeline(self) -> NetWorthTimeline:
        """Net worth of the last twelve month ends."""
        found: NetWorthTimeline = self.answered.value("timeline")
        return found

    @property
    def loans(self) -> Loans:
        """What is owed."""
        found: Loans = self.answered.value("loans")
        return found

    @property
    def balances(self) -> tuple[AccountBalance, ...]:
        """What the accounts hold."""
        found: tuple[AccountBalance, ...] = self.answered.value("balances")
        return found

    @property
    def runway(self) -> Runway:
        """How long liquid money lasts."""
        found: Runway = self.answered.value("runway")
        return found

    @property
    def independence(self) -> Independence:
        """Independence figures."""
        found: Independence = self.answered.value("independence")
        return found

    @property
    def emergency_fund(self) -> EmergencyFund:
        """The emergency fund."""
        found: EmergencyFund = self.answered.value("emergency_fund")
        return found

    @property
    def recurring(self) -> RecurringPayments:
        """Recurring payments and income."""
        found: RecurringPayments = self.answered.value("recurring")
        return found

    @property
    def calendar(self) -> RecurringCalendar:
        """What is expected in the next days."""
        found: RecurringCalendar = self.answered.value("calendar")
        return found

    @property
    def envelopes(self) -> Envelopes:
        """The month by envelopes."""
        found: Envelopes = self.answered.value("envelopes")
        return found

    @property
    def charges(self) -> History:
        """What banks take."""
        found: History = self.answered.value("charges")
        return found

    @property
    def uncategorized(self) -> tuple[MonthlyTotal | DailyTotal, ...]:
        """The period's sums, among them of what waits for a category."""
        found: tuple[MonthlyTotal | DailyTotal, ...] = self.answered.value("uncategorized")
        return found

    @staticmethod
    def uncategorized_between(as_of: date) -> tuple[date, date]:
        """The first and the last day they are looked for."""
        return _waiting(as_of)

    @property
    def repeated(self) -> tuple[RepeatedDebit, ...]:
        """Equal debits of late."""
        found: tuple[RepeatedDebit, ...] = self.answered.value("repeated")
        return found

    @property
    def goals(self) -> GoalPage:
        """Goals with their progress."""
        found: GoalPage = self.answered.value("goals")
        return found


def _waiting(as_of: date) -> tuple[date, date]:
    return first_day(shift(month_of(as_of), 1 - WAITING_MONTHS)), as_of


def _recent_sums(near: Neighbours, owner: str, as_of: date) -> tuple[MonthlyTotal | DailyTotal, ...]:
    """The sums of these days: of whole months those that are kept by month."""
    this_month = month_of(as_of)
    begun = near.transactions.period_totals(owner=owner, periods=((first_day(this_month), as_of),))
    first, last = shift(this_month, 1 - WAITING_MONTHS), shift(this_month, -1)
    return (*near.transactions.monthly_totals(owner=owner, first=first, last=last), *begun)


def once(make: Callable[[Readings], T]) -> Callable[[Readings], T]:
    """For what is made of readings alone: of the same ones it is made once."""

    @wraps(make)
    def made(found: Readings) -> T:
        if make not in found.made:
            found.made[make] = make(found)
        kept: T = found.made[make]
        return kept

    return made
