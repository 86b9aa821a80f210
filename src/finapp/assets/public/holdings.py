"""Assets, their valuations, and the lots they were bought in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.money import Rate

AssetKind = Literal[
    "bank",
    "cash",
    "deposit",
    "retirement",
    "stock",
    "fund",
    "bond",
    "gold",
    "property",
    "vehicle",
    "crypto",
    "other",
]
Liquidity = Literal["today", "days", "months", "locked"]
ValueSource = Literal["valuation", "price", "accrued", "cost", "account", "schedule", "stated", "closed", "none"]
EntryKind = Literal["valuation", "lot", "corporate_action", "income"]
Compounding = Literal["simple", "yearly", "half_yearly", "quarterly", "monthly", "daily"]


@dataclass(frozen=True, kw_only=True)
class AssetDetails:
    """What a person states about an asset."""

    name: str
    kind: AssetKind
    currency: str
    account_id: str | None = None
    """The ledger account it is the same as; then it enters net worth once."""
    liquidity: Liquidity
    """How soon it can be money: today, within days, within months, or locked until `locked_until`."""
    locked_until: date | None = None
    owner_share: Rate = Decimal(1)
    """The household's part of it, above 0 to 1."""
    held_by: str = ""
    """Who of the household; empty for all."""
    acquired_on: date | None = None
    closed_on: date | None = None
    """From this day on it is worth nothing to the household: closed, sold or given away."""
    accrual_rate: Rate | None = None
    """Yearly interest that a valuation earns until the next one (deposits, PPF, EPF)."""
    compounding: Compounding = "yearly"
    whole_units: bool = False
    """Only whole units can be sold (shares)."""
    tax_class: str | None = None
    """The class of a tax policy; None: the policy's class for the kind."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Asset(AssetDetails):
    """A stored asset and its value on `as_of`."""

    id: str
    version: int
    as_of: date
    value: Decimal | None
    """All of it, not only the household's share, in `currency`."""
    value_reason: str | None
    """`no_valuation` when nothing is known on the day."""
    valued_on: date | None
    """The day of the valuation, price or ledger row that the value rests on."""
    value_source: ValueSource
    quantity: Rate | None
    """Units held; None for an asset without lots."""
    cost: Decimal | None
    """Of the units held, fees included; None for an asset without lots."""
    ledger_difference: Decimal | None
    """Linked account's balance less the value shown; None without both."""


@dataclass(frozen=True, kw_only=True)
class AssetPage:
    """One page of assets, oldest first."""

    items: tuple[Asset, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewValuation:
    """What an asset was worth at the end of a day: all of it (`value`), or one unit (`unit_price`)."""

    date: date
    value: Decimal | None = None
    unit_price: Rate | None = None


@dataclass(frozen=True, kw_only=True)
class Valuation(NewValuation):
    """A stored valuation."""

    id: str


@dataclass(frozen=True, kw_only=True)
class ValuationPage:
    """One page of an asset's valuations, newest first."""

    items: tuple[Valuation, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class NewLot:
    """A purchase. `cost` is what all units cost without `fees`; both positive or zero."""

    date: date
    quantity: Rate
    cost: Decimal
    fees: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Lot(NewLot):
    """A stored lot with what is left of it after splits and sales up to `as_of`."""

    id: str
    as_of: date
    quantity_left: Rate
    cost_left: Decimal
    """Fees included."""


@dataclass(frozen=True, kw_only=True)
class NewCorporateAction:
    """A split (each unit becomes `ratio` units) or a bonus issue (`ratio` new units for each held, at no cost).

    It acts at the beginning of its day, on the units bought before it.
    """

    date: date
    kind: Literal["split", "bonus"]
    ratio: Rate


@dataclass(frozen=True, kw_only=True)
class CorporateAction(NewCorporateAction):
    """A stored split or bonus."""

    id: str


@dataclass(frozen=True, kw_only=True)
class NewIncome:
    """Money an asset paid: dividend, rent, interest. Positive, in the asset's currency."""

    date: date
    kind: Literal["dividend", "rent", "interest", "other"]
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Income(NewIncome):
    """Stored income."""

    id: str
