"""What a spending rule sees and answers. Arrays hold one number per path; amounts are nominal unless named real."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from finapp.fire.domain.returns import Floats

Amount = float | Floats
Mask = npt.NDArray[np.bool_]


@dataclass(kw_only=True)
class Moment:
    """The moment of a decision."""

    number: int
    """Years of spending before this one: 0 at the first decision."""
    remaining: int
    """Years of spending left, this one included."""
    wealth: Floats
    price: Amount
    """The price level; 1 today."""
    inflation: Amount
    """The rise of the price level since the last decision; 0 at the first."""
    since: Sequence[Floats]
    """The portfolio's nominal growth factors by step since the last decision."""
    cape: Floats | None = None
    """The price-earnings ratio of stocks at the year's beginning, where the series has it."""
    explain: bool = False
    reasons: list[str] = field(default_factory=list)

    @cached_property
    def growth(self) -> Floats | None:
        """The portfolio's nominal growth factor since the last decision; None when there was none."""
        return functools.reduce(np.multiply, self.since) if self.since else None

    def note(self, reason: str, where: Mask) -> None:
        """Keeps a reason when a single path is explained and the rule acted on it."""
        if self.explain and bool(where[0]):
            self.reasons.append(reason)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a rule may know beforehand."""

    spending: Amount | None
    """The first year's real spending, where it is given; one for all paths or one for each."""
    years: int
    """Years of spending."""
    age: float | None
    """Age in the first year of spending."""
    stock_share: float | None
    """Share of stocks where the allocation names them."""
    expected_growth: float
    """Median real yearly growth factor of the portfolio, as the request's model has it."""
    has_cape: bool = False
    """Whether the series brings the price-earnings ratio of each year."""
    income: Floats
    """Real flows of each year of spending (years,), known beforehand."""


class Rule(Protocol):
    """A spending rule. It may keep state from one decision to the next; a fresh one is made for each run."""

    def decide(self, moment: Moment) -> Amount:
        """The nominal spending of the coming year."""

    def earn(self, wealth: Floats, growth: Floats, inflation: Amount) -> Floats:
        """The growth factor of the year for what is left, where the rule keeps part of it apart."""


class Plain:
    """A rule that leaves the portfolio's growth as it is."""

    def earn(self, wealth: Floats, growth: Floats, inflation: Amount) -> Floats:
        """The portfolio's own growth."""
        return growth


def share_of(spending: Amount | None, wealth: Floats) -> Floats:
    """The first year's spending as a share of each path's wealth; 0 where there is none."""
    return np.where(wealth > 0, (0.0 if spending is None else spending) / np.where(wealth > 0, wealth, 1.0), 0.0)


def annuity_due(rate: float, payments: float, wealth: Floats, final: float = 0.0) -> Floats:
    """W = r (P q^n - B)/((q^n - 1) q), (P - B)/n at 0: the payment at the start of each of n years that leaves B."""
    if abs(rate) < 1e-12:
        return np.maximum((wealth - final) / payments, 0.0)
    factor: float = (1.0 + rate) ** payments
    return np.maximum(rate * (wealth * factor - final) / ((factor - 1.0) * (1.0 + rate)), 0.0)
