"""What the database of another program holds besides transactions: things owned and debts, for whoever keeps them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.events import Event
from finapp.kernel.money import Rate


@dataclass(frozen=True, kw_only=True)
class FoundHolding:
    """One thing owned, or one debt, as an import found it."""

    id: str | None
    """Under which it is kept among the assets or liabilities; None when it is not taken over."""
    kind: Literal["asset", "liability"]
    name: str
    word: str
    """The other program's word for what it is (`mutual_fund`, `home loan`); may be blank."""
    value: Decimal
    """What it is worth, or what is owed; positive, in `currency`."""
    currency: str
    date: date
    """The day the value is of: as the file says, else that of the import."""
    annual_rate: Rate | None
    """Interest a year, as a fraction."""
    outcome: Literal["new", "known"]
    """`known`: an earlier import has brought it."""
    remark: str | None
    """How the value was changed to be kept, such as rounding."""


@dataclass(frozen=True, kw_only=True)
class HoldingsFound(Event):
    """An import has brought things owned and debts."""

    import_id: str
    person: str
    items: tuple[FoundHolding, ...]


@dataclass(frozen=True, kw_only=True)
class HoldingsWithdrawn(Event):
    """An import that had brought things owned and debts was taken back."""

    import_id: str
    ids: tuple[str, ...]
