"""How a derived answer explains itself: each figure is a sum over rows or a formula over named inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows behind an answer: how many, and from when to when (None when there are none)."""

    count: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Input:
    """One input of a formula. `id` finds it again: a figure's name, or the id of a valuation, row or assumption."""

    id: str
    kind: Literal["figure", "valuation", "schedule_row", "assumption", "account", "rows"]
    name: str
    value: str | None
    """The value as text, exactly as used; None when it is unknown."""
    source: str = ""
    """Where it came from: `own`, `derived`, a path to ask, or a named publication."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How one figure of the answer came about."""

    kind: Literal["sum", "formula"]
    transactions_query: str | None = None
    """For a sum: the path and query that lists rows adding up to it exactly."""
    formula: str | None = None
    """For a formula: the expression over `inputs`, in words a person can check."""
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a derived answer rests on. Every derived answer carries one beside its `as_of`."""

    formula: str
    """The name of the method, for example `analytics.summary`."""
    version: int
    """Raised whenever the method changes its result for the same input."""
    assumptions: Mapping[str, str] = field(default_factory=dict)
    """Conventions and parameters used, as text: `{"withdrawal_rate": "0.04", "timing": "start"}`."""
    rows: Rows | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """Figure name (as in the answer) -> how it came about."""
