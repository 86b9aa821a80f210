"""Sales of assets: which lots they take, and what they realise."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finapp.kernel.basis import Basis
from finapp.kernel.money import Rate

LotMethod = Literal["fifo", "lifo", "hifo", "average", "lots"]


@dataclass(frozen=True, kw_only=True)
class SoldLot:
    """The part of a lot that a sale takes. gain = proceeds - basis, both after fees."""

    lot_id: str
    acquired_on: date
    quantity: Rate
    proceeds: Decimal
    """Its share of the price less its share of the sale's fees."""
    basis: Decimal
    """What it cost, purchase fees included."""
    gain: Decimal
    days_held: int
    term: Literal["short", "long"]


@dataclass(frozen=True, kw_only=True)
class TermGain:
    """What a sale realises in one holding period."""

    term: Literal["short", "long"]
    quantity: Rate
    proceeds: Decimal
    basis: Decimal
    gain: Decimal


@dataclass(frozen=True, kw_only=True)
class TaxEstimate:
    """An estimate, not advice: the tax on gains of the policy's year so far with this sale, less without it."""

    label: Literal["estimate"] = "estimate"
    policy: str
    """Its name and the day its rules are valid from."""
    year_from: date
    """First day of the tax year."""
    tax: Decimal
    short_rate: Rate
    long_rate: Rate
    long_exemption: Decimal
    """Of long-term gains in the year, before this and other sales."""
    exemption_used_before: Decimal


@dataclass(frozen=True, kw_only=True)
class NewLiquidation:
    """A sale. Give `proceeds` or `unit_price` for what the buyer paid before `fees`."""

    asset_id: str
    date: date
    quantity: Rate | None = None
    """None: so much that `target_amount` is in hand."""
    target_amount: Decimal | None = None
    """Money in hand after fees and estimated tax."""
    proceeds: Decimal | None = None
    unit_price: Rate | None = None
    fees: Decimal = Decimal(0)
    fee_rate: Rate = Decimal(0)
    """Fees in proportion to the proceeds, added to `fees`."""
    method: LotMethod | None = None
    """None: first in, first out; with a `target_amount`, the lots that cost the least tax."""
    lot_ids: tuple[str, ...] = ()
    """For the method `lots`: taken in this order."""
    lot_quantities: tuple[Rate, ...] = ()
    """How much of each of `lot_ids`; empty: each whole, the last as far as needed."""
    policy: str | None = None
    """Tax policy: `india`, `plain`; None: `india` for rupees, otherwise `plain`."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Disposal:
    """What a sale does, previewed or recorded. proceeds - basis = gain = sum over `lots`."""

    asset_id: str
    currency: str
    as_of: date
    date: date
    method: LotMethod
    quantity: Rate
    unit_price: Rate
    gross: Decimal
    """What the buyer pays."""
    fees: Decimal
    proceeds: Decimal
    """gross - fees."""
    lots: tuple[SoldLot, ...]
    """The parts taken."""
    basis: Decimal
    """What the parts taken cost, purchase fees included."""
    gain: Decimal
    by_term: tuple[TermGain, ...]
    tax_estimate: TaxEstimate | None
    tax_estimate_reason: str | None
    in_hand: Decimal | None
    """proceeds - estimated tax."""
    quantity_left: Rate
    basis_left: Decimal
    derivation: Basis
    """How it came about; the word `basis` is the cost here."""


@dataclass(frozen=True, kw_only=True)
class Liquidation(Disposal):
    """A recorded sale, as it stands among everything entered since."""

    id: str
    version: int
    note: str


@dataclass(frozen=True, kw_only=True)
class LiquidationPage:
    """One page of sales, newest first."""

    items: tuple[Liquidation, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class InHandQuestion:
    """An amount wanted in hand after fees and estimated tax, from whichever assets cost the least tax."""

    target_amount: Decimal
    date: date
    asset_ids: tuple[str, ...] = ()
    """Only from these; empty: from everything in the household's currency that was bought in lots and can be sold."""
    fee_rate: Rate = Decimal(0)
    """Fees in proportion to the proceeds of each sale."""
    policy: str | None = None
    """Tax policy: `india`, `plain`; None: `india` for rupees, otherwise `plain`."""


@dataclass(frozen=True, kw_only=True)
class PlannedSale:
    """The sale of one asset's lots within a plan; what it is taxed depends on the others."""

    asset_id: str
    name: str
    quantity: Rate
    unit_price: Rate
    gross: Decimal
    fees: Decimal
    proceeds: Decimal
    """gross - fees."""
    gain: Decimal
    lots: tuple[SoldLot, ...]


@dataclass(frozen=True, kw_only=True)
class ClassTax:
    """What a plan adds to the gains and the tax of one tax class in the policy's year."""

    name: str
    short_gain: Decimal
    long_gain: Decimal
    tax: Decimal


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An asset that the plan could not sell."""

    asset_id: str
    name: str
    reason: Literal["locked", "no_price", "other_currency", "not_held"]


@dataclass(frozen=True, kw_only=True)
class InHandPlan:
    """Which lots of which assets to sell so that at least `target_amount` is in hand. An estimate, not advice."""

    as_of: date
    currency: str
    target_amount: Decimal
    in_hand: Decimal
    """proceeds of all sales - tax."""
    proceeds: Decimal
    tax: Decimal
    label: Literal["estimate"] = "estimate"
    policy: str
    proven: bool
    """Whether no other choice is taxed less, proven within ten seconds of search."""
    sales: tuple[PlannedSale, ...]
    by_class: tuple[ClassTax, ...]
    left_out: tuple[LeftOut, ...]
    basis: Basis
