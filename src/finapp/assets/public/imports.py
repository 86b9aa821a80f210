"""Holdings and prices from a file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate

FileKind = Literal["holdings", "prices"]


@dataclass(frozen=True, kw_only=True)
class HoldingsFile:
    """A delimited text with a header row.

    `holdings` has a column for the asset (symbol, scrip, security, name, isin), date and quantity, and price or amount;
    optionally side (buy or sell), fees (brokerage, charges ...; several are added up), currency. `prices` has asset,
    date and price (nav, close).
    """

    kind: FileKind
    text: str
    asset_kind: Literal["stock", "fund", "bond", "gold", "crypto", "other"] = "stock"
    """Of assets that are not known by name yet; they are entered."""
    currency: str | None = None
    """Of rows that state none; None: the household's."""
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One row of the file, understood."""

    line: int
    asset: str
    date: date
    side: Literal["buy", "sell", "price"]
    quantity: Rate | None
    price: Rate | None
    amount: Decimal | None
    """What all units came to, where it is stated and goes with the price."""
    fees: Decimal
    currency: str | None


@dataclass(frozen=True, kw_only=True)
class FileRowOutcome:
    """What became of a row."""

    line: int
    outcome: Literal["imported", "duplicate", "rejected"]
    asset_id: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class HoldingsImported:
    """What became of a file; imported + duplicates + rejected = rows."""

    rows: int
    imported: int
    duplicates: int
    rejected: int
    date_order: Literal["iso", "day_first", "month_first"]
    date_order_sure: bool
    """False when no day above 12 told which number is the month; day first was taken."""
    outcomes: tuple[FileRowOutcome, ...]
    dry_run: bool
