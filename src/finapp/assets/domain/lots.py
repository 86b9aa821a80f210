"""Tax lots: what is held, what a sale takes, what it realises. Order of insertion never matters.

Purchase fees raise the basis, sale fees cut the proceeds (IRS Publication 551; Indian Income-tax Act, section 48).
The basis of a part of a lot is pro rata, rounded to the minor unit, and the rest stays with the lot, so that basis
sold and basis left always add up to what was paid.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from finapp.assets.domain.checks import LARGEST_QUANTITY, QUANTITY_DECIMALS
from finapp.assets.public import CorporateAction, LotMethod, NewLot
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, allocate, quantum

_UNIT = Decimal(1).scaleb(-QUANTITY_DECIMALS)
_MOST = LARGEST_QUANTITY * 10**6


@dataclass(frozen=True, kw_only=True)
class Purchase(NewLot):
    """A lot as bought, with its id."""

    id: str


@dataclass(frozen=True, kw_only=True)
class Sale:
    """A sale: `net` is what arrives after fees."""

    id: str
    date: date
    quantity: Decimal
    net: Decimal
    method: LotMethod
    lot_ids: tuple[str, ...] = ()
    lot_quantities: tuple[Decimal, ...] = ()
    """How much of each of `lot_ids`; empty: each whole, the last as far as needed."""


@dataclass(kw_only=True)
class OpenLot:
    """What is left of a lot."""

    id: str
    acquired_on: date
    quantity: Decimal
    cost: Decimal
    """Fees included, in the asset's currency."""
    unit: Decimal = field(init=False)
    """What a unit cost when the lot was bought, split or pooled: selling a part does not change it."""

    def __post_init__(self) -> None:
        self.reprice()

    def reprice(self) -> None:
        """Takes the cost of a unit anew."""
        self.unit = EXACT.divide(self.cost, self.quantity)

    def __lt__(self, other: "OpenLot") -> bool:
        return (self.acquired_on, self.unit, self.quantity, self.id) < (
            other.acquired_on,
            other.unit,
            other.quantity,
            other.id,
        )


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The part of a lot that a sale took."""

    sale_id: str
    lot_id: str
    acquired_on: date
    sold_on: date
    quantity: Decimal
    basis: Decimal
    net: Decimal


class Held(NamedTuple):
    """Units and their cost from `since` on."""

    since: date
    quantity: Decimal
    cost: Decimal


@dataclass(kw_only=True)
class LotBook:
    """All lots of an asset after every event."""

    open: list[OpenLot] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    steps: list[Held] = field(default_factory=list)

    @property
    def quantity(self) -> Decimal:
        """Units held."""
        return sum((lot.quantity for lot in self.open), Decimal(0))

    @property
    def cost(self) -> Decimal:
        """What the units held cost, fees included."""
        return sum((lot.cost for lot in self.open), Decimal(0))


Happening = CorporateAction | Purchase | Sale


def replay(happenings: Iterable[Happening], currency: str, until: date | None = None) -> LotBook:
    """The book after everything up to `until` (all when None), in order of date.

    On one day corporate actions come first, on the units held before it, then purchases, then sales. Raises Invalid
    for `quantity` when a sale takes more than is held on its day.
    """
    book = LotBook()
    for happening in sorted(happenings, key=_order):
        if until is not None and happening.date > until:
            break
        if isinstance(happening, Purchase):
            _buy(book, happening)
        elif isinstance(happening, Sale):
            _sell(book, happening, currency)
        else:
            _act(book, happening, currency)
        _note(book, happening)
    return book


def _order(happening: Happening) -> tuple[date, int, str]:
    rank = 1 if isinstance(happening, Purchase) else 2 if isinstance(happening, Sale) else 0
    return happening.date, rank, happening.id


def _note(book: LotBook, happening: Happening) -> None:
    last = book.steps[-1] if book.steps else Held(since=date.min, quantity=Decimal(0), cost=Decimal(0))
    quantity, cost = last.quantity, last.cost
    if isinstance(happening, Purchase):
        quantity, cost = quantity + happening.quantity, cost + happening.cost + happening.fees
    elif isinstance(happening, Sale):
        basis = sum((part.basis for part in _latest(book, happening.id)), Decimal(0))
        quantity, cost = quantity - happening.quantity, cost - basis
    else:
        quantity = book.quantity
    book.steps.append(Held(since=happening.date, quantity=quantity, cost=cost))


def _latest(book: LotBook, sale_id: str) -> Iterable[Taken]:
    for part in reversed(book.taken):
        if part.sale_id != sale_id:
            return
        yield part


def _buy(book: LotBook, lot: Purchase) -> None:
    insort(
        book.open,
        OpenLot(id=lot.id, acquired_on=lot.date, quantity=lot.quantity, cost=lot.cost + lot.fees),
    )


def _act(book: LotBook, action: CorporateAction, currency: str) -> None:
    """A split multiplies the units and leaves the cost; a bonus is a lot of its own at no cost, held from its day."""
    if action.kind == "split":
        for lot in book.open:
            lot.quantity = _multiplied(lot.quantity, action)
            lot.reprice()
        book.open.sort()
        return
    units = _multiplied(book.quantity, action) if book.open else Decimal(0)
    if units > 0:
        insort(book.open, OpenLot(id=action.id, acquired_on=action.date, quantity=units, cost=0 * quantum(currency)))


def _multiplied(quantity: Decimal, action: CorporateAction) -> Decimal:
    product = EXACT.multiply(quantity, action.ratio)
    if not _UNIT <= product <= _MOST:
        raise Invalid("ratio", f"makes {quantity:f} units on {action.date} too few or too many to be counted")
    return _exact(product)


def _exact(quantity: Decimal) -> Decimal:
    return quantity.quantize(_UNIT, context=EXACT).normalize(EXACT)


def _sell(book: LotBook, sale: Sale, currency: str) -> None:
    held = book.quantity
    if sale.quantity > held:
        raise Invalid("quantity", f"{sale.quantity:f} is more than the {held:f} held on {sale.date}")
    if sale.method == "average":
        _pool(book, currency)
    parts = []
    left, wanted = sale.quantity, dict(zip(sale.lot_ids, sale.lot_quantities, strict=False))
    for lot in _in_order(book.open, sale):
        if left == 0:
            break
        quantity = min(left, lot.quantity, wanted.get(lot.id, lot.quantity))
        basis = _part(lot, quantity, currency)
        lot.quantity, lot.cost, left = lot.quantity - quantity, lot.cost - basis, left - quantity
        parts.append((lot, quantity, basis))
    if left > 0:
        raise Invalid("lot_ids", f"the chosen lots hold {left:f} units less than the sale takes")
    book.open[:] = [lot for lot in book.open if lot.quantity > 0]
    unit = quantum(currency)
    nets = allocate(int(sale.net / unit), [quantity for _, quantity, _ in parts])
    for (lot, quantity, basis), net in zip(parts, nets, strict=True):
        book.taken.append(
            Taken(
                sale_id=sale.id,
                lot_id=lot.id,
                acquired_on=lot.acquired_on,
                sold_on=sale.date,
                quantity=quantity,
                basis=basis,
                net=net * unit,
            )
        )


def _part(lot: OpenLot, quantity: Decimal, currency: str) -> Decimal:
    if quantity == lot.quantity:
        return lot.cost
    share = EXACT.divide(EXACT.multiply(lot.cost, quantity), lot.quantity)
    return share.quantize(quantum(currency), context=EXACT)


def _pool(book: LotBook, currency: str) -> None:
    """Spreads the cost of all units evenly over them (average cost); the sum does not change."""
    unit = quantum(currency)
    costs = allocate(int(book.cost / unit), [lot.quantity for lot in book.open])
    for lot, cost in zip(book.open, costs, strict=True):
        lot.cost = cost * unit
        lot.reprice()


def _in_order(lots: Sequence[OpenLot], sale: Sale) -> list[OpenLot]:
    if sale.method == "lifo":
        return sorted(lots, key=lambda lot: (-lot.acquired_on.toordinal(), lot.unit, lot.id))
    if sale.method == "hifo":
        return sorted(lots, key=lambda lot: (-lot.unit, lot.acquired_on, lot.id))
    if sale.method == "lots":
        by_id = {lot.id: lot for lot in lots}
        return [by_id[lot_id] for lot_id in sale.lot_ids if lot_id in by_id]
    return list(lots)
