"""The answer to how much of what to sell for an amount in hand: the choice with its sales, rounded as money is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finapp.assets.domain.in_hand_across import Chosen, Offer, gains_of, least_tax
from finapp.assets.domain.tax import Gains, TaxPolicy, tax_on
from finapp.assets.public import ClassTax, InHandPlan, InHandQuestion, LeftOut, PlannedSale, SoldLot
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, allocate, from_minor, quantum, rounded, to_minor

VERSION = 1
_TRIES = 100
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Priced:
    """An asset and the price of its unit on the day."""

    asset_id: str
    name: str
    price: Decimal


@dataclass(frozen=True, kw_only=True)
class Market:
    """What can be sold on the day, and how its gains are taxed."""

    currency: str
    policy: TaxPolicy
    priced: Sequence[Priced]
    offers: Sequence[Offer]
    before: Mapping[str, Gains]
    """Realised in the tax year already, by class."""


def plan(question: InHandQuestion, market: Market, left_out: tuple[LeftOut, ...]) -> InHandPlan:
    """The plan with the least tax. Raises Invalid when everything together brings less."""
    cent = quantum(market.currency)
    for extra in range(_TRIES):
        # The search is exact to the fraction of a cent; the sales themselves round prices, fees and taxes to cents.
        chosen = least_tax(market.offers, market.before, question.target_amount + extra * cent)
        made = _answer(question, market, chosen, left_out)
        if made.in_hand >= question.target_amount:
            return made
    raise Invalid("target_amount", "cannot be met with the units held")


def _answer(question: InHandQuestion, market: Market, chosen: Chosen, left_out: tuple[LeftOut, ...]) -> InHandPlan:
    sales = tuple(sale for item in market.priced if (sale := _sale(question, market, chosen, item)) is not None)
    classes = _classes(market, chosen)
    proceeds = sum((sale.proceeds for sale in sales), from_minor(0, market.currency))
    tax = sum((item.tax for item in classes), from_minor(0, market.currency))
    return InHandPlan(
        as_of=question.date,
        currency=market.currency,
        target_amount=rounded(question.target_amount, market.currency),
        in_hand=proceeds - tax,
        proceeds=proceeds,
        tax=tax,
        policy=f"{market.policy.name} from {market.policy.valid_from}",
        proven=chosen.proven,
        sales=sales,
        by_class=classes,
        left_out=left_out,
        basis=_basis(market, sales),
    )


def _classes(market: Market, chosen: Chosen) -> tuple[ClassTax, ...]:
    rules = {offer.rules.name: offer.rules for offer in market.offers}
    found = []
    for name, gains in sorted(gains_of(market.offers, chosen.quantities).items()):
        before = market.before[name]
        tax = tax_on(before + gains, rules[name]) - tax_on(before, rules[name])
        found.append(
            ClassTax(
                name=name,
                short_gain=rounded(gains.short, market.currency),
                long_gain=rounded(gains.long, market.currency),
                tax=rounded(tax, market.currency),
            )
        )
    return tuple(found)


def _sale(question: InHandQuestion, market: Market, chosen: Chosen, item: Priced) -> PlannedSale | None:
    taken = [
        (market.offers[index], quantity)
        for index, quantity in chosen.quantities.items()
        if market.offers[index].asset_id == item.asset_id
    ]
    if not taken:
        return None
    quantity = sum((part for _, part in taken), ZERO)
    gross = rounded(EXACT.multiply(item.price, quantity), market.currency)
    fees = rounded(EXACT.multiply(gross, question.fee_rate), market.currency)
    nets = allocate(to_minor(gross - fees, market.currency), [part for _, part in taken])
    lots = tuple(
        _sold(question, market, offer, part, from_minor(net, market.currency))
        for (offer, part), net in zip(taken, nets, strict=True)
    )
    return PlannedSale(
        asset_id=item.asset_id,
        name=item.name,
        quantity=quantity,
        unit_price=item.price,
        gross=gross,
        fees=fees,
        proceeds=gross - fees,
        gain=sum((lot.gain for lot in lots), from_minor(0, market.currency)),
        lots=lots,
    )


def _sold(question: InHandQuestion, market: Market, offer: Offer, part: Decimal, net: Decimal) -> SoldLot:
    basis = rounded(EXACT.divide(EXACT.multiply(offer.lot.cost, part), offer.lot.quantity), market.currency)
    return SoldLot(
        lot_id=offer.lot.id,
        acquired_on=offer.lot.acquired_on,
        quantity=part,
        proceeds=net,
        basis=basis,
        gain=net - basis,
        days_held=(question.date - offer.lot.acquired_on).days,
        term=offer.term,
    )


def _basis(market: Market, sales: Sequence[PlannedSale]) -> Basis:
    inputs = tuple(
        Input(id=sale.asset_id, kind="valuation", name=sale.name, value=f"{sale.proceeds:f}", source="price")
        for sale in sales
    )
    return Basis(
        formula="assets.in_hand",
        version=VERSION,
        assumptions={
            "search": "mixed-integer program over all lots; in hand is the amount, with whole units up to one more",
            "price": "the last known price of a unit on the day",
            "tax": f"an estimate, by class and tax year with what was realised before; {market.policy.source}",
            "beyond": "nothing is sold only to realise a loss",
        },
        figures={"in_hand": Figure(kind="formula", formula="proceeds of all sales - tax", inputs=inputs)},
    )
