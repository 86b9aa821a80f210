"""The next rupee: where the next unit of money does most."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

ChoiceKind = Literal["buffer", "loan", "sweep", "invest"]
Every = Literal["once", "month"]


@dataclass(frozen=True, kw_only=True)
class RupeeLoan:
    """A loan that can be paid ahead of schedule."""

    id: str
    name: str
    outstanding: Decimal
    annual_rate: Rate
    instalment: Decimal
    tax_relief: Rate = Decimal(0)
    """The part of the interest that comes back as lower tax."""
    prepayment_fee: Rate = Decimal(0)
    """What the lender charges on an amount paid ahead of schedule, as a fraction of it."""


@dataclass(frozen=True, kw_only=True)
class RupeeQuestion:
    """An amount at hand and what it could do. Without `annual_expenses` there is no effect on independence."""

    currency: str
    amount: Decimal
    every: Every = "once"
    """Whether the amount is there once, or in each month from now on."""
    liquid: Decimal
    buffer_target: Decimal
    monthly_need: Decimal | None = None
    loans: tuple[RupeeLoan, ...] = ()
    invest_return: Rate
    """Expected yearly return after tax, before inflation; not certain."""
    inflation: Rate
    sweep_rate: Rate | None = None
    """What liquid money earns a year on the best account, after tax; None without such an account."""
    invested: Decimal = Decimal(0)
    monthly_savings: Decimal = Decimal(0)
    annual_expenses: Decimal | None = None
    withdrawal_rate: Rate = Decimal("0.04")


@dataclass(frozen=True, kw_only=True)
class RupeeEffect:
    """What a choice does when it gets as much of the amount as it can take: `amount`, in a year when it is monthly."""

    amount: Decimal
    interest_saved: Decimal | None
    """Of a loan, after tax relief and charges, until it would have ended; negative where the charge is higher."""
    interest_earned: Decimal | None = None
    """Of money kept liquid on the best account, in a year."""
    cover_months: Rate | None
    """Months of need by which the emergency cover grows."""
    independence_months: Rate | None
    """Months by which independence comes earlier."""
    independence_months_reason: str | None
    """`stays_liquid`, `no_spending`, or why the projection has no date."""


@dataclass(frozen=True, kw_only=True)
class RupeeChoice:
    """One thing the money could do."""

    kind: ChoiceKind
    id: str
    name: str
    annual_return: Rate | None
    """After tax; of a loan the rate it saves, of the buffer that of the best liquid account, None without one."""
    certain: bool
    capacity: Decimal | None
    """The most it can take, of a loan with the charge; None without limit."""
    share: Decimal
    """What it should get of the amount, of a monthly one in the first month. The shares add up to it."""
    first_month: int | None = None
    """Of a monthly amount: the month from now, 1 being the first, in which it begins to get something."""
    months: int | None = None
    """Of a monthly amount: for how many months; None without end, or when it is never its turn."""
    close_call: bool
    """Whether a loan and investing differ by less than 1.5 points, so that either is reasonable."""
    why: str
    effect: RupeeEffect


@dataclass(frozen=True, kw_only=True)
class NextRupee:
    """The amount split over the choices, best first."""

    as_of: date
    currency: str
    amount: Decimal
    every: Every
    choices: tuple[RupeeChoice, ...]
    basis: Basis
