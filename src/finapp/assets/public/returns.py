"""What a series of payments has returned."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class DatedFlow:
    """A payment seen from the investor: paid in negative, received positive."""

    date: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class DatedValue:
    """What the investment was worth on a day, before that day's payments. Zero or positive."""

    date: date
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class ReturnsQuestion:
    """Payments, and what is left of the investment at the end."""

    flows: tuple[DatedFlow, ...]
    value: Decimal | None = None
    """Worth on `as_of`; None when everything was paid out."""
    as_of: date | None = None
    """The end; default: the last payment."""
    valuations: tuple[DatedValue, ...] = ()
    """For the time-weighted return: one for each day with payments between the first and the end."""
    annualise: bool = False
    """Give time-weighted and Dietz returns per year also for less than a year."""


@dataclass(frozen=True, kw_only=True)
class Returns:
    """Returns as decimal fractions (0.1 is 10 %)."""

    as_of: date
    """The end of the period."""
    first: date | None
    """Of the first payment; None when there is none."""
    days: int
    xirr: Rate | None
    """The yearly rate at which the payments are worth zero; None without exactly one."""
    xirr_reason: str | None
    """`no_root`, `several_roots` (then see `roots`), `one_day`; of the household's own also `no_purchases` and
    `no_exchange_rate`."""
    roots: tuple[Rate, ...]
    """Every yearly rate above -100 % that makes the payments worth zero, ascending."""
    period_return: Rate | None
    """The same over the whole period, not per year: (1 + xirr)^(days / 365) - 1."""
    period_return_reason: str | None
    twr: Rate | None
    """Time-weighted, over the period; per year where `twr_annualised`."""
    twr_reason: str | None
    """`no_value`: the worth at the end was not told; `no_valuations`: that before a payment is missing or impossible;
    `no_capital`: nothing was invested."""
    twr_annualised: bool
    modified_dietz: Rate | None
    modified_dietz_reason: str | None
    """`no_value`; `no_capital`: the average capital is zero or negative, so that a ratio to it says nothing;
    `beyond_total_loss`: the average capital is smaller than what was lost."""
    modified_dietz_annualised: bool
    invested: Decimal
    """Paid in, positive."""
    received: Decimal
    """Paid out, positive."""
    gain: Decimal
    """received + value - invested."""
    basis: Basis
