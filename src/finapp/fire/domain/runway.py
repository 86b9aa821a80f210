"""How long liquid money lasts without income, tier by tier."""

from decimal import Decimal
from statistics import NormalDist

from finapp.fire.domain import numbers
from finapp.fire.domain.projection import date_after, shown
from finapp.fire.public.numbers import Runway, RunwayRequest, Tier, TierCover
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import Rate, rounded
from finapp.kernel.months import after_months

VERSION = 1
TIERS: tuple[Tier, ...] = ("today", "days", "months", "locked")
_LIQUID: tuple[Tier, ...] = ("today", "days", "months")


def runway(request: RunwayRequest, source: str = "request") -> Runway:
    """Months that the liquid money covers, in all and tier by tier, against a target. Raises Invalid.

    The need is paid at month ends; `annual_growth` compounds monthly. Of a month that is met in part, the same part of
    its days counts: `runs_out_on` is as far from `as_of` as `months` says. Locked money is shown but never counted.
    """
    _check(request)
    rate = numbers.step_rate(request.annual_growth, 12)
    liquid = sum((getattr(request, tier) for tier in _LIQUID), Decimal(0))
    months, reason = numbers.runway_months(liquid, request.monthly_need, rate)
    lasts = None if months is None else shown(months)
    day, day_reason = date_after(request.as_of, None if lasts is None else int(lasts))
    target = rounded(request.monthly_need * request.target_months, request.currency)
    probability, probability_reason = _probability(request, liquid)
    return Runway(
        as_of=request.as_of,
        currency=request.currency,
        monthly_need=rounded(request.monthly_need, request.currency),
        monthly_need_reason=None,
        liquid=rounded(liquid, request.currency),
        liquid_reason=None,
        by_tier=_by_tier(request, rate),
        months=lasts,
        months_reason=reason,
        runs_out_on=None if day is None or lasts is None else after_months(request.as_of, lasts),
        runs_out_on_reason=reason or day_reason,
        target_months=request.target_months,
        target=target,
        target_reason=None,
        shortfall=rounded(max(target - rounded(liquid, request.currency), Decimal(0)), request.currency),
        shortfall_reason=None,
        probability_lasts=probability,
        probability_lasts_reason=probability_reason,
        basis=_basis(request, source),
    )


def _check(request: RunwayRequest) -> None:
    for name in ("monthly_need", *TIERS):
        if getattr(request, name) < 0:
            raise Invalid(name if name == "monthly_need" else f"liquid.{name}", "must not be negative")
    if not -1 < request.annual_growth <= 1:
        raise Invalid("annual_growth", "must be above -1 and at most 1")
    if not 0 <= request.target_months <= 1200:
        raise Invalid("target_months", "must be between 0 and 1200")
    if request.monthly_deviation is not None and request.monthly_deviation < 0:
        raise Invalid("monthly_deviation", "must not be negative")


def _by_tier(request: RunwayRequest, rate: Rate) -> tuple[TierCover, ...]:
    covers: list[TierCover] = []
    so_far = Decimal(0)
    for tier in TIERS:
        amount = getattr(request, tier)
        so_far += amount
        months, reason = numbers.runway_months(so_far, request.monthly_need, rate)
        if tier == "locked":
            months, reason = None, "locked"
        covers.append(
            TierCover(
                tier=tier,
                amount=rounded(amount, request.currency),
                cumulative=rounded(so_far, request.currency),
                months=None if months is None else shown(months),
                months_reason=reason,
            )
        )
    return tuple(covers)


def _probability(request: RunwayRequest, liquid: Decimal) -> tuple[float | None, str | None]:
    """Phi((F - n mu)/(sd sqrt n)): independent normal monthly needs, n the target months, without growth."""
    if request.monthly_deviation is None:
        return None, "no_deviation"
    if request.monthly_need == 0:
        return None, "no_need"
    months = float(request.target_months)
    spare = float(liquid - request.monthly_need * request.target_months)
    deviation = float(request.monthly_deviation) * months**0.5
    if deviation == 0:
        return (1.0 if spare >= 0 else 0.0), None
    return NormalDist().cdf(spare / deviation), None


def _basis(request: RunwayRequest, source: str) -> Basis:
    names = ("monthly_need", *_LIQUID, "annual_growth", "target_months")
    inputs = tuple(
        Input(id=name, kind="assumption", name=name, value=str(getattr(request, name)), source=source) for name in names
    )
    formula = "liquid/monthly_need" if request.annual_growth == 0 else "-ln(1 - L i/E)/ln(1 + i)"
    return Basis(
        formula="fire.runway",
        version=VERSION,
        assumptions={"payment": "end of each month", "annual_growth": str(request.annual_growth)},
        figures={
            "months": Figure(kind="formula", formula=formula, inputs=inputs),
            "target": Figure(kind="formula", formula="monthly_need x target_months", inputs=inputs),
        },
    )
