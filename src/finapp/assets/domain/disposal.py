"""What a sale takes and realises, before or after it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from finapp.assets.domain import checks
from finapp.assets.domain.lots import Happening, LotBook, Sale, Taken, replay
from finapp.assets.domain.tax import Gains, TaxClass, TaxPolicy, gains_of, tax_on
from finapp.assets.public import Disposal, Liquidation, NewLiquidation, SoldLot, TaxEstimate, TermGain
from finapp.kernel.basis import Basis, Figure, Input
from finapp.kernel.errors import Invalid
from finapp.kernel.money import EXACT, from_minor, rounded

VERSION = 1
PREVIEW = "preview"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a sale stands on: the asset's lots, and how its gains are taxed this year."""

    asset_id: str
    currency: str
    happenings: Sequence[Happening]
    rules: TaxClass
    policy: TaxPolicy | None
    before: Gains
    """Realised in the same class and tax year already."""
    whole_units: bool = False


@dataclass(frozen=True, kw_only=True)
class Price:
    """What a sale brings and costs."""

    gross: Decimal
    fees: Decimal
    unit_price: Decimal


def check_sale(new: NewLiquidation, ground: Ground) -> None:
    """Raises Invalid for a sale that cannot be."""
    checks.check_date("date", new.date)
    if (new.quantity is None) == (new.target_amount is None):
        raise Invalid("quantity", "give either quantity or target_amount")
    if new.quantity is not None:
        checks.check_quantity("quantity", new.quantity)
        if ground.whole_units and new.quantity != new.quantity.to_integral_value():
            raise Invalid("quantity", "must be whole: the asset has whole units only")
    if new.target_amount is not None:
        checks.check_amount("target_amount", new.target_amount)
    _check_price(new)
    _check_lots(new)


def _check_price(new: NewLiquidation) -> None:
    if new.proceeds is not None and new.unit_price is not None:
        raise Invalid("proceeds", "give either proceeds or unit_price")
    if new.target_amount is not None and new.proceeds is not None:
        raise Invalid("proceeds", "give unit_price with a target_amount")
    for field in ("proceeds", "unit_price"):
        if getattr(new, field) is not None:
            checks.check_amount(field, getattr(new, field), zero=True)
    checks.check_amount("fees", new.fees, zero=True)
    if not 0 <= new.fee_rate < 1:
        raise Invalid("fee_rate", "must be at least 0 and below 1")


def _check_lots(new: NewLiquidation) -> None:
    if len(set(new.lot_ids)) < len(new.lot_ids):
        raise Invalid("lot_ids", "names a lot twice")
    if new.lot_ids and new.method not in (None, "lots"):
        raise Invalid("lot_ids", "are for the method lots")
    if new.method == "lots" and not new.lot_ids:
        raise Invalid("lot_ids", "are needed for the method lots")
    if new.lot_quantities and len(new.lot_quantities) != len(new.lot_ids):
        raise Invalid("lot_quantities", "must be as many as lot_ids")
    for quantity in new.lot_quantities:
        checks.check_quantity("lot_quantities", quantity)


def price_of(new: NewLiquidation, quantity: Decimal, market: Decimal | None, currency: str) -> Price:
    """What `quantity` units bring: by the proceeds or unit price stated, else the market's."""
    unit = new.unit_price if new.unit_price is not None else market
    if new.proceeds is not None:
        gross = new.proceeds
        unit = EXACT.divide(gross, quantity)
    elif unit is None:
        raise Invalid("unit_price", "is needed: no price of the asset is known on the day")
    else:
        gross = rounded(EXACT.multiply(unit, quantity), currency)
    fees = new.fees + rounded(gross * new.fee_rate, currency)
    if fees > gross:
        raise Invalid("fees", "must not exceed the proceeds")
    return Price(gross=gross, fees=fees, unit_price=unit)


def sale_of(new: NewLiquidation, quantity: Decimal, price: Price, sale_id: str = PREVIEW) -> Sale:
    """The sale as the lots see it."""
    return Sale(
        id=sale_id,
        date=new.date,
        quantity=quantity,
        net=price.gross - price.fees,
        method=new.method or ("lots" if new.lot_ids else "fifo"),
        lot_ids=new.lot_ids,
        lot_quantities=new.lot_quantities,
    )


def dispose(ground: Ground, sale: Sale, price: Price) -> Disposal:
    """What a sale does. Raises Invalid for more than is held, now or by a later sale that it would starve."""
    book = replay([*ground.happenings, sale], ground.currency)
    left = replay([*ground.happenings, sale], ground.currency, until=sale.date)
    parts = [part for part in book.taken if part.sale_id == sale.id]
    return _answer(ground, sale, price, parts, left)


def _answer(ground: Ground, sale: Sale, price: Price, parts: Sequence[Taken], left: LotBook) -> Disposal:
    rules, net = ground.rules, price.gross - price.fees
    basis = sum((part.basis for part in parts), Decimal(0))
    estimate = _estimate(ground, gains_of(parts, rules), sale.date)
    return Disposal(
        asset_id=ground.asset_id,
        currency=ground.currency,
        as_of=sale.date,
        date=sale.date,
        method=sale.method,
        quantity=sale.quantity,
        unit_price=price.unit_price,
        gross=price.gross,
        fees=price.fees,
        proceeds=net,
        lots=tuple(_sold(part, rules) for part in parts),
        basis=basis,
        gain=net - basis,
        by_term=_by_term(parts, rules),
        tax_estimate=estimate,
        tax_estimate_reason=None if estimate is not None else "no_policy_for_the_day",
        in_hand=None if estimate is None else net - estimate.tax,
        quantity_left=left.quantity,
        basis_left=left.cost + from_minor(0, ground.currency),
        derivation=_derivation(sale, ground),
    )


def _estimate(ground: Ground, gains: Gains, day: date) -> TaxEstimate | None:
    policy, rules = ground.policy, ground.rules
    if policy is None:
        return None
    tax = tax_on(ground.before + gains, rules) - tax_on(ground.before, rules)
    long_before = max(ground.before.long + min(ground.before.short, Decimal(0)), Decimal(0))
    return TaxEstimate(
        policy=f"{policy.name} from {policy.valid_from}: {rules.name}",
        year_from=policy.year_of(day),
        tax=rounded(tax, ground.currency),
        short_rate=rules.short_rate,
        long_rate=rules.long_rate,
        long_exemption=rounded(rules.long_exemption, ground.currency),
        exemption_used_before=rounded(min(long_before, rules.long_exemption), ground.currency),
    )


def _sold(part: Taken, rules: TaxClass) -> SoldLot:
    return SoldLot(
        lot_id=part.lot_id,
        acquired_on=part.acquired_on,
        quantity=part.quantity,
        proceeds=part.net,
        basis=part.basis,
        gain=part.net - part.basis,
        days_held=(part.sold_on - part.acquired_on).days,
        term=rules.term_of(part.acquired_on, part.sold_on),
    )


def _by_term(parts: Sequence[Taken], rules: TaxClass) -> tuple[TermGain, ...]:
    sold = [_sold(part, rules) for part in parts]
    return tuple(
        TermGain(
            term=term,
            quantity=sum((lot.quantity for lot in sold if lot.term == term), Decimal(0)),
            proceeds=sum((lot.proceeds for lot in sold if lot.term == term), Decimal(0)),
            basis=sum((lot.basis for lot in sold if lot.term == term), Decimal(0)),
            gain=sum((lot.gain for lot in sold if lot.term == term), Decimal(0)),
        )
        for term in ("short", "long")
        if any(lot.term == term for lot in sold)
    )


def _derivation(sale: Sale, ground: Ground) -> Basis:
    lots = tuple(
        Input(id=happening.id, kind="assumption", name=type(happening).__name__.lower(), value=None, source="own")
        for happening in ground.happenings
        if happening.id in sale.lot_ids
    )
    return Basis(
        formula="assets.disposal",
        version=VERSION,
        assumptions={
            "method": sale.method,
            "fees": "purchase fees raise the basis, sale fees cut the proceeds, both pro rata by units",
            "average": "the cost of all units held is spread evenly; units leave oldest first",
            "term": _term(ground.rules),
            "tax": "an estimate: the year's tax in this class with the sale less without it"
            + (f"; {ground.policy.source}" if ground.policy else ""),
        },
        figures={"gain": Figure(kind="formula", formula="gross - fees - basis of the parts taken", inputs=lots)},
    )


def _term(rules: TaxClass) -> str:
    since = rules.short_if_acquired_from
    always = "" if since is None else f"; always short when acquired from {since} on"
    return f"long after {rules.long_after_months} months, the anniversary itself is short{always}"


def recorded(disposal: Disposal, liquidation_id: str, version: int, note: str) -> Liquidation:
    """A sale that has been stored."""
    figures = {field.name: getattr(disposal, field.name) for field in fields(Disposal)}
    return Liquidation(**figures, id=liquidation_id, version=version, note=note)
