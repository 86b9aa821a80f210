"""The words of categorization: what goes in, what comes out, and what a household taught."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.transactions.domain.descriptor import Direction

Source = Literal["rule", "memory", "mcc", "brand", "template", "word", "model", "none"]
"""Which layer spoke."""

MemoryKind = Literal["merchant", "core"]

APPLIES = 0.95
"""A suggestion of this confidence is applied silently."""
SUGGESTS = 0.70
"""A suggestion from here to `APPLIES` is applied and marked for review; below it the product abstains."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a statement row shows. `amount` is signed from the household: out negative, in positive."""

    description: str
    amount: Decimal
    on: date | None = None
    mcc: str | None = None
    """ISO 18245 merchant category code, four digits, where the file has one."""

    @property
    def direction(self) -> Direction:
        """`in` for a credit, `out` for a debit, empty for zero."""
        if self.amount > 0:
            return "in"
        return "out" if self.amount < 0 else ""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of the likeliest categories. Confidences of one suggestion sum to at most 1."""

    category: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What the categorizer says of one row."""

    category: str | None
    """The leaf, or a user's own category; None when it abstained (confidence under `SUGGESTS`)."""
    candidates: tuple[Candidate, ...]
    """Up to three, likeliest first. Empty when nothing at all is known."""
    category_best: str | None
    """The first candidate even when it abstained."""
    confidence: float
    """Calibrated probability that `category_best` is right, 0 to 1."""
    source: Source
    merchant: str
    """Display name of the merchant: the brand, or the payee as printed."""
    merchant_key: str
    """What rows of one merchant share, for grouping and memory."""
    core: str
    """Payee core of the narration."""
    why: str
    """One phrase a person understands: "brand: Tesco, groceries, GB"."""

    @property
    def needs_review(self) -> bool:
        """Whether the row should be marked for a look: applied without certainty, or not applied."""
        return self.confidence < APPLIES


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule a user wrote. Rules are tried in the given order; the first that matches decides."""

    id: str
    category: str
    contains: str = ""
    """Words that must stand in the narration, compared without case; empty matches any."""
    merchant_key: str = ""
    direction: Direction = ""
    at_least: Decimal | None = None
    """Smallest absolute amount."""
    at_most: Decimal | None = None
    """Largest absolute amount."""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One explicit decision of a user about one row: the source of truth of everything learned."""

    description: str
    amount: Decimal
    category: str
    on: date
    currency: str = ""
    """ISO 4217, of the row. With the household's country it tells which knowledge the row was looked up in."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one correction said, as memory keeps it."""

    amount: Decimal
    """Absolute amount of the row."""
    category: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What corrections said of one key. Built by `learning.remember`; never edited."""

    kind: MemoryKind
    key: str
    direction: Direction
    decisions: tuple[Decision, ...]
    """Oldest first, never empty."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Learned:
    """All that a household taught, as plain values. Compared by identity: it is made once and asked often."""

    rules: tuple[Rule, ...] = ()
    memories: tuple[Memory, ...] = ()
    corrections: tuple[Correction, ...] = field(default=(), repr=False)
    """Replayed, oldest first, into the household's delta on the model. Empty means no delta."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Merchant key -> the key of the merchant that the household counts it as."""
    leaves: Mapping[str, str] = field(default_factory=dict)
    """Category of the household's own -> the leaf it stands below, where the model starts from for it."""


NOTHING = Learned()
