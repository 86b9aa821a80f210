"""Words of the emergency fund report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

Tier = Literal["today", "days", "months", "locked"]
DrillName = Literal["job_loss", "rate_plus_2", "medical_bill"]
Stability = Literal["dual_stable", "single_stable", "variable", "self_employed"]


@dataclass(frozen=True, kw_only=True)
class Liquid:
    """Money by how soon it can be had. Locked money is shown and never counted."""

    today: Decimal = Decimal(0)
    days: Decimal = Decimal(0)
    months: Decimal = Decimal(0)
    locked: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class LiquidSource:
    """An account or asset that is part of a tier. Drills draw the one that earns least first."""

    id: str
    name: str
    tier: Tier
    amount: Decimal
    annual_rate: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class EmergencyQuestion:
    """What an emergency fund is measured by. Amounts are positive and in one currency.

    The monthly need is `essential` plus `debt_service`; `essential` defaults to the mean of `essential_by_month`.
    """

    currency: str
    liquid: Liquid | None
    liquid_reason: str | None = None
    sources: tuple[LiquidSource, ...] = ()
    """What the tiers are made of, as far as it is known."""
    essential: Decimal | None = None
    essential_by_month: tuple[Decimal, ...] = ()
    income_by_month: tuple[Decimal, ...] = ()
    debt_service: Decimal = Decimal(0)
    stability: Stability | None = None
    """Of the income; None derives it from how far months of `income_by_month` fall short of the usual one."""
    earners: int = 1
    """People with a salary of their own; two steady ones make a steadier household."""
    target_months: Rate | None = None
    """Overrides what stability suggests."""
    deductibles: Decimal = Decimal(0)
    """What insurances leave to the household, once; added to the target."""
    monthly_saving: Decimal | None = None
    """What can be put aside a month, for the funding plan."""
    debt_outstanding: Decimal = Decimal(0)
    """Loans whose rate can rise, for the stress drill."""
    medical_bill: Decimal | None = None
    """One-time cost of the medical drill; None takes three months of need."""
    job_search_months: Rate = Decimal(4)
    """Median time until income returns, a stated assumption; the hazard is constant."""
    seed: int = 1
    paths: int = 10_000


@dataclass(frozen=True, kw_only=True)
class TierCover:
    """Months covered by the money up to and including a tier."""

    tier: Tier
    amount: Decimal
    months: Rate | None
    months_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Funding:
    """How the shortfall is closed: `monthly` put aside until `full_on`."""

    monthly: Decimal | None
    months: int | None
    full_on: date | None
    reason: str | None = None
    """`no_shortfall`, `no_saving` or `never`, when there is no date."""


@dataclass(frozen=True, kw_only=True)
class Draw:
    """In a drill: take `amount` from an account or asset of a tier between two months (1 is the first without income).

    `source_id` is None for money whose account is not known.
    """

    tier: Tier
    source_id: str | None = None
    name: str | None = None
    amount: Decimal
    first_month: int
    last_month: int


@dataclass(frozen=True, kw_only=True)
class Drill:
    """One stress: what it asks a month and once, which money is drawn in which order, and until when it lasts."""

    name: DrillName
    monthly_need: Decimal
    once: Decimal
    draws: tuple[Draw, ...]
    lasts_months: Rate | None
    """Months whose need is met in full, and the part of the next one that is met."""
    lasts_until: date | None
    """`lasts_months` from today: whole months, and of the last one the same part of its days."""
    lasts_reason: str | None = None
    """`beyond_ten_years`, `no_liquid_money` or `no_need`, when no date is given."""


@dataclass(frozen=True, kw_only=True)
class EmergencyFund:
    """How far liquid money carries the household, and how far it should."""

    as_of: date
    basis: Basis
    currency: str
    monthly_need: Decimal | None
    monthly_need_reason: str | None = None
    essential: Decimal | None
    debt_service: Decimal
    liquid: Liquid | None
    liquid_reason: str | None = None
    liquid_total: Decimal | None
    """Without locked money."""
    by_tier: tuple[TierCover, ...]
    months: Rate | None
    months_reason: str | None = None
    stability: Stability
    variation: float | None = None
    """Standard deviation of essential months over their mean; None with fewer than three."""
    target_months: Rate
    target: Decimal | None
    target_reason: str | None = None
    shortfall: Decimal | None
    shortfall_reason: str | None = None
    surplus: Decimal | None
    surplus_reason: str | None = None
    probability_lasts: float | None = None
    """That the liquid money covers `target_months` of need."""
    probability_lasts_reason: str | None = None
    probability_until_income_returns: float | None = None
    """That it lasts as long as finding new income takes."""
    probability_until_income_returns_reason: str | None = None
    probability_standard_error: float | None = None
    amount_for_95: Decimal | None = None
    """Covers `target_months` with a probability of 95 %."""
    amount_for_95_reason: str | None = None
    months_lasting: tuple[int, int, int] | None = None
    """Months it lasts at the 10th, 50th and 90th percentile of need, at most 120."""
    months_lasting_reason: str | None = None
    funding: Funding
    drills: tuple[Drill, ...]
