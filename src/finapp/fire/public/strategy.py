"""Spending rules and their parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate

StrategyKind = Literal[
    "constant_real",
    "constant_percent",
    "floor_ceiling",
    "guyton_klinger",
    "vanguard_dynamic",
    "ratchet",
    "vpw",
    "amortization",
    "cape",
    "rmd",
    "ninety_five",
    "endowment",
    "hebeler",
    "bucket",
    "custom_floor",
    "one_over_n",
    "declining",
]


@dataclass(frozen=True, kw_only=True)
class StrategyDescription:
    """A spending rule as it can be chosen."""

    kind: StrategyKind
    summary: str
    source: str
    parameters: Mapping[str, str | None]
    """Name -> published value; None where the request's market, age or first spending decides."""


@dataclass(frozen=True, kw_only=True)
class Strategies:
    """Every spending rule there is."""

    items: tuple[StrategyDescription, ...]


GuytonKlingerRule = Literal["withdrawal", "inflation_cap", "capital_preservation", "prosperity"]


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """A spending rule by name. A parameter that is None takes the rule's published value; one that the rule does not
    know is refused. Shares are decimal fractions (0.05 is 5 %)."""

    kind: StrategyKind = "constant_real"
    rate: Rate | None = None
    """constant_percent, floor_ceiling, vanguard_dynamic, ninety_five, endowment, custom_floor: the share of the
    portfolio spent in a year (default: the first year's spending / portfolio). vpw, amortization, hebeler: the real
    return of the annuity. declining: the yearly real decline."""
    floor: Rate | None = None
    """floor_ceiling: least spending as a multiple of the first year's (0.90). vanguard_dynamic: largest yearly real cut
    (0.025). ninety_five: least spending as a multiple of the year before (0.95)."""
    ceiling: Rate | None = None
    """floor_ceiling: most spending as a multiple of the first year's (1.25). vanguard_dynamic: largest yearly real rise
    (0.05)."""
    rules: tuple[GuytonKlingerRule, ...] | None = None
    """guyton_klinger: which of its rules apply; all of them when None."""
    guardrail: Rate | None = None
    """guyton_klinger: how far the current rate may leave the initial one before the rules act (0.20)."""
    adjustment: Rate | None = None
    """guyton_klinger, ratchet: the cut or rise (0.10)."""
    inflation_cap: Rate | None = None
    """guyton_klinger: the largest inflation rise of a year (0.06)."""
    preservation_years: int | None = None
    """guyton_klinger: no cuts in the last so many years (15)."""
    trigger: Rate | None = None
    """ratchet: the multiple of the starting portfolio above which spending rises (1.5)."""
    every_years: int | None = None
    """ratchet: at most one rise in so many years (3)."""
    weight: Rate | None = None
    """endowment (0.70), hebeler (0.75): the weight of the year before, carried on with inflation."""
    end_age: int | None = None
    """vpw: the age at which the payments end (100); without an age the horizon ends them."""
    age: int | None = None
    """vpw, rmd: the age in the first year of spending; the request's own age and retirement when None."""
    bequest: Decimal | None = None
    """amortization: what is to be left at the end, in today's purchasing power (0)."""
    base: Rate | None = None
    """cape: the constant a of a + b/CAPE (0.0175)."""
    slope: Rate | None = None
    """cape: the slope b of a + b/CAPE (0.5)."""
    cape: Rate | None = None
    """cape: the ratio in the first year; needed unless the series has a column `cape`, which is then used."""
    cash_years: Rate | None = None
    """bucket: years of spending kept in cash (2)."""
    cash_return: Rate | None = None
    """bucket: the real yearly return of the cash (0)."""
    floor_amount: Decimal | None = None
    """custom_floor: least spending of a year, in today's purchasing power; needed."""
    ceiling_amount: Decimal | None = None
    """custom_floor: most spending of a year, in today's purchasing power (no limit)."""
