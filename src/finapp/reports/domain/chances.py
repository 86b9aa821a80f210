"""How likely an emergency fund is to last, by simulation.

Twelve or more own months are resampled; with fewer, need is lognormal around the typical month with a coefficient of
variation of 15 %, an assumption that is stated. Job search ends with a constant monthly hazard 1 - 2^(-1 / median).
"""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil, log, sqrt
from statistics import mean
from typing import TYPE_CHECKING

from finapp.reports.public.emergency import EmergencyQuestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN_MONTHS = 12
PRIOR_VARIATION = 0.15
LONGEST = 120
_KEPT_PATHS = 10_000


@dataclass(frozen=True)
class Chances:
    """Simulated statistics: probabilities, their standard error, the 95 % amount, percentiles of months."""

    target: float
    search: float
    error: float
    amount: float
    months: tuple[int, int, int]


@dataclass(frozen=True)
class _Spent:
    """What is spent on simulated paths."""

    until: "NDArray[np.float64]"
    """A row for each month: what every path has spent at its end, never less than a month before."""
    by_target: "NDArray[np.float64]"
    """Until the target is reached."""
    in_search: "NDArray[np.float64]"
    """Until the search for work is over."""
    enough: float
    """What reaches the target on 95 % of the paths."""
    ranks: tuple[int, ...]
    """Of the paths by the months they last, those at 10, 50 and 90 %."""

    def share(self, spent: "NDArray[np.float64]", fund: float) -> float:
        """The part of the paths that a fund is enough for."""
        return self._count(spent, fund) / len(spent)

    def lasting(self, fund: float) -> tuple[int, ...]:
        """How many months a fund lasts on the path of each rank: no more paths than its rank may fall short."""
        paths = self.until.shape[1]
        return tuple(
            bisect_right(self.until, rank - paths, key=lambda spent: -self._count(spent, fund)) for rank in self.ranks
        )

    @staticmethod
    def _count(spent: "NDArray[np.float64]", fund: float) -> int:
        import numpy as np

        return int(np.count_nonzero(spent <= fund))


def chances(question: EmergencyQuestion, essential: Decimal, fund: float, months: float) -> Chances:
    """Probabilities by simulation: same seed, same answer. Statistics are floats."""
    own = tuple(float(amount) for amount in question.essential_by_month)
    simulated = _spent if question.paths <= _KEPT_PATHS else _spent.__wrapped__
    spent = simulated(
        own if len(own) >= OWN_MONTHS else (),
        float(essential),
        (float(question.debt_service), float(question.deductibles)),
        (months, float(question.job_search_months)),
        (question.seed, question.paths),
    )
    wins = spent.share(spent.by_target, fund)
    low, middle, high = spent.lasting(fund)
    return Chances(
        target=wins,
        search=spent.share(spent.in_search, fund),
        error=sqrt(wins * (1 - wins) / question.paths),
        amount=spent.enough,
        months=(low, middle, high),
    )


@lru_cache(maxsize=2)
def _spent(
    own: tuple[float, ...],
    essential: float,
    fixed: tuple[float, float],
    waits: tuple[float, float],
    dice_of: tuple[int, int],
) -> _Spent:
    """The paths for own months (none without enough), (debt service, deductibles), (months of the target, months of
    the search) and (seed, paths). Kept, because the money at hand changes with every row but complete months do not."""
    import numpy as np

    (debt_service, deductibles), (months, job_search), (seed, paths) = fixed, waits, dice_of
    dice, shape = np.random.default_rng(seed), (paths, LONGEST)
    if own:
        scale = essential / mean(own) if mean(own) > 0 else 1.0
        drawn = dice.choice(np.maximum(np.array(own) * scale, 0.0), size=shape)
    else:
        sigma = sqrt(log(1 + PRIOR_VARIATION**2))
        drawn = essential * np.exp(sigma * dice.standard_normal(shape) - sigma**2 / 2)
    until = np.cumsum(drawn + debt_service, axis=1) + deductibles
    whole = max(1, ceil(months))
    by_target = until[:, whole - 1] - (whole - months) * (drawn[:, whole - 1] + debt_service)
    hazard = 1 - 2 ** (-1 / job_search)
    search = np.minimum(dice.geometric(hazard, size=paths), LONGEST)
    # Month after month, so that the paths of one are read together.
    return _Spent(
        until=np.ascontiguousarray(until.T),
        by_target=by_target,
        in_search=until[np.arange(paths), search - 1],
        enough=float(np.quantile(by_target, 0.95)),
        ranks=tuple(map(int, np.percentile(np.arange(paths), (10, 50, 90), method="lower"))),
    )
