"""Words of the cash forecast: balances to come, with a band, and the debits that would bounce."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class ForecastAccount:
    """An account at the close of the day of the question. Below `minimum` a debit bounces."""

    id: str
    name: str
    balance: Decimal
    minimum: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ForecastItem:
    """One expected row, signed from the household. `deviation` is the standard deviation of its amount."""

    date: date
    amount: Decimal
    account_id: str
    name: str = ""
    deviation: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Habit:
    """Everyday money of an account that follows no calendar: signed mean and standard deviation of a day.

    `learned_days` is from how many days the mean was learned: the fewer, the wider the band gets with time. 0 means
    that it is certain.
    """

    account_id: str
    per_day: Decimal
    deviation: Decimal = Decimal(0)
    learned_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ForecastInstalment:
    """By which rows a loan is expected: those of the recurring payment `paid_by`, None: its instalment as due."""

    loan: str
    paid_by: str | None


@dataclass(frozen=True, kw_only=True)
class ForecastQuestion:
    """What a forecast is made from. `band` is the share of outcomes that the band is to hold."""

    currency: str
    accounts: tuple[ForecastAccount, ...]
    items: tuple[ForecastItem, ...] = ()
    habits: tuple[Habit, ...] = ()
    instalments: tuple[ForecastInstalment, ...] = ()
    """Stated in the assumptions; the rows themselves are in `items`."""
    days: int = 90
    months: int = 24
    band: Rate = Decimal("0.8")


@dataclass(frozen=True, kw_only=True)
class ForecastDay:
    """A closing balance: expected, and the ends of the band."""

    date: date
    balance: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A debit that the expected balance cannot pay. `missing` is what the account lacks on that day."""

    date: date
    name: str
    amount: Decimal
    missing: Decimal
    probability: float
    """That the account is below its minimum at the close of that day."""


@dataclass(frozen=True, kw_only=True)
class AccountForecast:
    """One account, day by day."""

    account_id: str
    name: str
    daily: tuple[ForecastDay, ...]
    lowest: ForecastDay
    bounces: tuple[Bounce, ...]


@dataclass(frozen=True, kw_only=True)
class ForecastMonth:
    """All accounts together over a calendar month; `coming` and `going` are positive, the band is at its end."""

    month: Month
    coming: Decimal
    going: Decimal
    balance: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class ForecastScore:
    """How an earlier forecast held: the share of its account days on which the balance was inside the band."""

    made_on: date
    days: int
    band: Rate
    coverage: Rate


@dataclass(frozen=True, kw_only=True)
class CashForecast:
    """Balances to come."""

    as_of: date
    basis: Basis
    currency: str
    band: Rate
    accounts: tuple[AccountForecast, ...]
    monthly: tuple[ForecastMonth, ...]
    previous: ForecastScore | None = None
    previous_reason: str | None = None
