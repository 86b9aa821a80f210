"""Credit without fixed instalments: revolving cards and overdrafts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.assets.public.loans import DayCount
from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class RevolvingQuestion:
    """A card balance that is paid down month by month, without new purchases."""

    balance: Decimal
    annual_rate: Rate
    minimum_rate: Rate = Decimal("0.05")
    """Of the balance after interest, the least that must be paid ..."""
    minimum_amount: Decimal = Decimal(0)
    """... but no less than this."""
    payment: Decimal | None = None
    """What is paid each month where that is more than the least; None: the least."""
    start: date
    day_count: DayCount = "act/365f"


@dataclass(frozen=True, kw_only=True)
class RevolvingRow:
    """One statement: interest on the balance since the last, then the payment."""

    number: int
    date: date
    interest: Decimal
    payment: Decimal
    balance: Decimal


@dataclass(frozen=True, kw_only=True)
class Revolving:
    """How long a card balance lasts."""

    as_of: date
    rows: tuple[RevolvingRow, ...]
    months: int | None
    months_reason: str | None
    """`never`: the balance has grown tenfold, or lasts longer than a hundred years."""
    total_interest: Decimal | None
    total_interest_reason: str | None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class OverdraftEntry:
    """Money drawn (negative) or parked (positive) on a day."""

    date: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class OverdraftQuestion:
    """An overdraft loan: parked money lowers the interest by the day and stays drawable."""

    outstanding: Decimal
    """Drawn before the first entry, less what is parked. Positive is owed."""
    annual_rate: Rate
    start: date
    end: date
    entries: tuple[OverdraftEntry, ...] = ()
    limit: Decimal | None = None
    day_count: DayCount = "act/365f"


@dataclass(frozen=True, kw_only=True)
class OverdraftMonth:
    """One month: interest on each day's closing balance, charged on its last day."""

    date: date
    interest: Decimal
    interest_without_parking: Decimal
    """Had nothing been parked."""
    balance: Decimal
    """Owed after the interest; negative when more is parked than drawn."""


@dataclass(frozen=True, kw_only=True)
class Overdraft:
    """What an overdraft costs and what parking saves."""

    as_of: date
    rows: tuple[OverdraftMonth, ...]
    total_interest: Decimal
    saved: Decimal
    """Less interest because of what was parked."""
    basis: Basis
