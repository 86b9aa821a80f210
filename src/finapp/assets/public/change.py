"""How net worth has changed and may change: attribution, projection, snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate
from finapp.kernel.months import Month


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Why net worth changed from the end of `first` to the end of `as_of`. The seven parts add up to `change`.

    All are signed and in `currency`. `before`, `change` and the parts are None, with `reason`, when nothing at all is
    known of `first`, `after` too when nothing is known of `as_of`; all are None when a rate is missing.
    """

    first: date
    as_of: date
    currency: str
    before: Decimal | None
    after: Decimal | None
    change: Decimal | None
    saved: Decimal | None
    """Income less living cost and debt service, by the ledger."""
    market: Decimal | None
    """Price changes of what is bought in units, and of investments valued as a whole."""
    interest: Decimal | None
    """What deposits and retirement savings grew by."""
    revaluation: Decimal | None
    """New values of homes, vehicles and other things."""
    exchange: Decimal | None
    debt_repaid: Decimal | None
    """Fall of scheduled and stated debts; new borrowing is negative."""
    other: Decimal | None
    """Things entered, closed or given, own transfers and sales of which one side is not in the ledger."""
    reason: str | None
    """`no_exchange_rate`; `no_rows`, `no_valuation`: nothing is known of `first`, as net worth says of that day."""
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class ProjectionQuestion:
    """How to look ahead."""

    years: int
    monthly_saving: Decimal | None = None
    """Everything put aside each month after today's instalments, regular investments included. None: what the ledger
    says was put aside in the median of the last complete months."""
    monthly_investment: Decimal | None = None
    """The part of it that goes into investments. None: by the ledger in the same way."""
    investment_class: str = "fund"
    """As which class that part grows; as the rest of what is put aside where `growth` does not name it."""
    growth: Mapping[str, Rate]
    """Yearly growth by class of asset (`fund`, `property` ...). A class left out keeps its value, and a deposit in it
    grows by its own accrual rate."""
    saving_growth: Rate = Decimal(0)
    """Yearly growth of what is put aside from now on and not invested."""
    freed_instalments_saved: bool = True
    """Whether an instalment is put aside once its loan has ended."""


@dataclass(frozen=True, kw_only=True)
class LoanEnd:
    """A loan that ends inside the projection."""

    id: str
    name: str
    ends_on: date
    frees: Decimal
    """Its last regular instalment, a month, the household's share, in the currency of the answer."""


@dataclass(frozen=True, kw_only=True)
class ProjectedPoint:
    """Net worth expected at a month's end."""

    date: date
    assets: Decimal
    liabilities: Decimal
    net_worth: Decimal
    put_aside: Decimal
    """What has been put aside since `as_of` and has become of it; a part of `assets`."""


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Net worth ahead, month by month, under stated assumptions. Empty with a reason when today's is unknown."""

    as_of: date
    currency: str
    monthly_saving: Decimal
    """As used; 0.00 when it was left out and the ledger has no complete month."""
    monthly_saving_origin: Literal["own", "derived"]
    monthly_investment: Decimal
    saving_months: tuple[Month, ...]
    """The complete months whose median it is; empty for an own one."""
    points: tuple[ProjectedPoint, ...]
    points_reason: str | None
    loan_ends: tuple[LoanEnd, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Net worth as it was known when the month had ended, beside what is known of that day now."""

    date: date
    currency: str
    assets: Decimal
    liabilities: Decimal
    net_worth: Decimal
    by_class: Mapping[str, Decimal]
    reconstructed: Decimal | None
    """Net worth of the day from today's entries."""
    difference: Decimal | None
    """reconstructed - net_worth; None when it cannot be told."""
    difference_reason: str | None
    """`no_exchange_rate`, `other_currency`, or `no_rows`: nothing is known of that day any more."""


@dataclass(frozen=True, kw_only=True)
class Snapshots:
    """Kept month ends, newest first."""

    as_of: date
    items: tuple[Snapshot, ...]
    basis: Basis
