"""The health score: a published model whose every part is in the answer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

ComponentName = Literal[
    "savings_rate",
    "emergency_cover",
    "debt_service",
    "debt_to_assets",
    "on_time_payments",
    "insurance",
    "diversification",
    "net_worth_trend",
]
StepName = Literal["spend_less", "fill_buffer", "repay_debt"]


@dataclass(frozen=True, kw_only=True)
class Knot:
    """A corner of a component's curve: at `value` the component scores `score`."""

    value: Rate
    score: Rate


@dataclass(frozen=True, kw_only=True)
class Component:
    """One part of the score: piecewise linear between its knots, flat beyond the outer ones."""

    name: ComponentName
    value: Rate | None
    """What is measured; the unit stands in `meaning`."""
    value_reason: str | None
    """Why it is not known: `no_income`, `no_months`, `no_streams`, `unavailable` ..."""
    meaning: str
    score: Rate | None
    """0 to 100."""
    weight: Rate
    """In the whole model; the weights sum to 1."""
    contribution: Rate | None
    """Points of the total: score x weight / coverage, to two decimals. The contributions add up to the score."""
    knots: tuple[Knot, ...]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Something the household could do, and the score it would have after it."""

    name: StepName
    amount: Decimal
    """Money to move; a month for `spend_less`, once for the others."""
    source: str
    """Where it would come from."""
    target: str
    """Where it would go."""
    score: Rate
    gain: Rate
    """Points above today's score, found by scoring the changed household anew."""


@dataclass(frozen=True, kw_only=True)
class HealthScore:
    """How healthy the household's finances are, 0 to 100: 80 and more healthy, 40 to 79 coping, below vulnerable."""

    as_of: date
    currency: str | None
    score: Rate | None
    score_reason: str | None
    """`too_little_known` when the known components weigh less than 0.4."""
    band: Literal["healthy", "coping", "vulnerable"] | None
    components: tuple[Component, ...]
    coverage: Rate
    """Weight of the components that are known; a missing one counts neither for nor against."""
    next_best: tuple[NextStep, ...]
    """Best first; only steps that raise the score."""
    complete: bool
    """Whether every neighbour could be asked."""
    basis: Basis
