"""When simulated savers reach independence: the range around the deterministic date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy as np

from finapp.fire.domain.flows import by_slot
from finapp.fire.domain.numbers import fire_number
from finapp.fire.domain.projection import date_after
from finapp.fire.domain.returns import Floats
from finapp.fire.public.numbers import DateRange
from finapp.fire.public.projection import ProjectionRequest
from finapp.kernel.money import Rate

HORIZON_YEARS = 60
PATHS = 2_000
SEED = 1
_NEVER = HORIZON_YEARS * 12 + 1


def date_range(request: ProjectionRequest, volatility: Rate) -> DateRange:
    """The months by which one in ten, half and nine in ten of simulated savers have arrived.

    Monthly lognormal real returns whose median compounds to `real_return`, yearly deviation `volatility`; saving at
    month ends, with what joins it on the way; other flows are left out. Always the same draws.
    """
    target = fire_number(request.annual_expenses, request.withdrawal_rate)
    saving = Saving(monthly=request.monthly_savings, rises=_rises(request))
    early, median, late, share = _quantiles(request.invested, saving, target, request.real_return, volatility)
    (early_on, early_reason), (median_on, median_reason), (late_on, late_reason) = (
        _day(request.as_of, month) for month in (early, median, late)
    )
    return DateRange(
        early=early_on,
        early_reason=early_reason,
        median=median_on,
        median_reason=median_reason,
        late=late_on,
        late_reason=late_reason,
        share_reached=share,
        horizon_years=HORIZON_YEARS,
        paths=PATHS,
        seed=SEED,
    )


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What is saved a month, and what joins it: from month number on, so much more."""

    monthly: Decimal
    rises: tuple[tuple[int, Decimal], ...] = ()

    def by_month(self) -> list[float]:
        """The saving of each month of the horizon."""
        amounts = [float(self.monthly)] * (HORIZON_YEARS * 12)
        for first, more in self.rises:
            for month in range(first, len(amounts) + 1):
                amounts[month - 1] += float(more)
        return amounts


def _rises(request: ProjectionRequest) -> tuple[tuple[int, Decimal], ...]:
    firsts = ((flow, next((slot for slot, _ in by_slot(flow, request.as_of)), None)) for flow in request.saving_flows)
    return tuple((slot + 1, flow.amount) for flow, slot in firsts if slot is not None)


@lru_cache(maxsize=256)
def _quantiles(
    assets: Decimal, saving: Saving, target: Decimal, real_return: Rate, volatility: Rate
) -> tuple[int, int, int, float]:
    """The months of the 10th, 50th and 90th percentile and the share that arrives.

    Kept, because most writes of a household change none of these inputs.
    """
    rate = float(real_return)
    sigma = np.sqrt(np.log1p((float(volatility) / (1.0 + rate)) ** 2) / 12.0)
    months = np.sort(_arrivals(float(assets), saving, float(target), np.log1p(rate) / 12.0, sigma))
    early, median, late = (int(months[int(np.ceil(share * PATHS)) - 1]) for share in (0.1, 0.5, 0.9))
    return early, median, late, float((months < _NEVER).mean())


def _arrivals(assets: float, saving: Saving, target: float, mu: float, sigma: float) -> Floats:
    """Months until each path first reaches the target; _NEVER for a path that does not within the horizon."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    wealth = np.full(PATHS, assets)
    months = np.where(wealth >= target, 0.0, float(_NEVER))
    for month, added in enumerate(saving.by_month(), start=1):
        if not (months == _NEVER).any():
            break
        wealth *= np.exp(mu + sigma * generator.standard_normal(PATHS))
        wealth += added
        np.maximum(wealth, 0.0, out=wealth)
        months[(wealth >= target) & (months == _NEVER)] = month
    return months


def _day(as_of: date, month: int) -> tuple[date | None, str | None]:
    if month == _NEVER:
        return None, f"not_within_{HORIZON_YEARS}_years"
    return date_after(as_of, month)
