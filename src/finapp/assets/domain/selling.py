"""From what a person asks of a sale to the sale itself: a stated quantity, or as much as brings an amount in hand."""

from decimal import Decimal

from finapp.assets.domain.disposal import Ground, check_sale, dispose, price_of, sale_of
from finapp.assets.domain.in_hand import Need, least_tax
from finapp.assets.domain.lots import Sale, replay
from finapp.assets.public import Disposal, NewLiquidation
from finapp.kernel.errors import Invalid
from finapp.kernel.money import quantum

_STEP = Decimal("1e-8")
_ROUNDING = 2
"""Minor units that rounding price, fees and tax can add to what is in hand, half of one each."""


def plan_sale(new: NewLiquidation, ground: Ground, market: Decimal | None) -> tuple[Sale, Disposal]:
    """The sale and what it does; `market` is the unit price known on the day. Raises Invalid with the field."""
    check_sale(new, ground)
    if new.quantity is not None:
        return _sell(new, ground, market, new.quantity)
    if new.method is None and not new.lot_ids:
        return _sell_least_taxed(new, ground, market)
    return _sell_until_in_hand(new, ground, market)


def _sell(new: NewLiquidation, ground: Ground, market: Decimal | None, quantity: Decimal) -> tuple[Sale, Disposal]:
    price = price_of(new, quantity, market, ground.currency)
    sale = sale_of(new, quantity, price)
    return sale, dispose(ground, sale, price)


def _target(new: NewLiquidation) -> Decimal:
    if new.target_amount is None:
        raise Invalid("target_amount", "is needed")
    return new.target_amount


def _sell_least_taxed(new: NewLiquidation, ground: Ground, market: Decimal | None) -> tuple[Sale, Disposal]:
    if ground.policy is None:
        raise Invalid("policy", "has no rules for the day: give a quantity")
    if not ground.rules.set_off:
        raise Invalid("method", "is needed: this class allows no set-off, so name the method")
    unit = new.unit_price if new.unit_price is not None else market
    if unit is None or unit <= 0:
        raise Invalid("unit_price", "is needed: no price of the asset is known on the day")
    book = replay(ground.happenings, ground.currency, until=new.date)
    lots = [(lot, ground.rules.term_of(lot.acquired_on, new.date)) for lot in book.open]
    cent, target = quantum(ground.currency), _target(new)
    for extra in range(100):
        # The search is exact to the fraction of a cent; the sale itself rounds price, fees and tax to cents.
        need = Need(
            target=target + extra * cent,
            slack=_ROUNDING * cent,
            unit_net=unit * (1 - new.fee_rate),
            fixed_fees=new.fees,
            rules=ground.rules,
            before=ground.before,
            whole_units=ground.whole_units,
        )
        chosen = least_tax(need, lots)
        made = _sell_chosen(new, ground, market, chosen)
        if made[1].in_hand is not None and made[1].in_hand >= target:
            return made
    raise Invalid("target_amount", "cannot be met with the units held")


def _sell_chosen(
    new: NewLiquidation, ground: Ground, market: Decimal | None, chosen: tuple[tuple[str, Decimal], ...]
) -> tuple[Sale, Disposal]:
    quantity = sum((part for _, part in chosen), Decimal(0))
    price = price_of(new, quantity, market, ground.currency)
    sale = Sale(
        id="preview",
        date=new.date,
        quantity=quantity,
        net=price.gross - price.fees,
        method="lots",
        lot_ids=tuple(lot_id for lot_id, _ in chosen),
        lot_quantities=tuple(part for _, part in chosen),
    )
    return sale, dispose(ground, sale, price)


def _sell_until_in_hand(new: NewLiquidation, ground: Ground, market: Decimal | None) -> tuple[Sale, Disposal]:
    """The fewest units, by the stated method, that bring the target; more units never bring less."""
    target = _target(new)
    step = Decimal(1) if ground.whole_units else _STEP
    held = replay(ground.happenings, ground.currency, until=new.date).quantity
    if new.lot_ids:
        book = replay(ground.happenings, ground.currency, until=new.date)
        held = sum((lot.quantity for lot in book.open if lot.id in new.lot_ids), Decimal(0))
    low, high = 0, int(held / step)
    best = _sell(new, ground, market, min(high * step, held)) if high else None
    if best is None or _in_hand(best[1]) < target:
        raise Invalid("target_amount", "is more than selling everything brings")
    while low + 1 < high:
        middle = (low + high) // 2
        made = _sell(new, ground, market, middle * step)
        if _in_hand(made[1]) >= target:
            high, best = middle, made
        else:
            low = middle
    return best


def _in_hand(disposal: Disposal) -> Decimal:
    return disposal.proceeds if disposal.in_hand is None else disposal.in_hand
